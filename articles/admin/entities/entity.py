"""What the pages of places, people and organisations have in common: their other names."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import DeskInline, Row
from articles.admin.choices import KnownRows
from articles.admin.entities.asking import AskingForm
from articles.admin.entities.named import NamedAdmin, SluggedForm
from articles.admin.relinking.offers import offer_to_link
from articles.models import Entity
from articles.models.vocabulary import wikidata_id
from articles.text.folding import fold
from articles.text.language import direction
from articles.vocabulary import outside_ids
from articles.vocabulary.doubts import Doubt, doubts_of_name
from articles.vocabulary.names import preference_faults


class EntityAdmin(NamedAdmin[Row]):
    """An entity with other names."""

    def called(self, words: str) -> Q:
        """By any of its names, in whatever spelling or script, whatever its case and accents."""
        folded = fold(words)
        named = self.model._default_manager.filter(
            Q(names__folded__startswith=folded) | Q(names__folded__contains=f" {folded}")
        )
        return super().called(words) | Q(pk__in=named.values("pk"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        offer_to_link(request, form, formsets, is_new=not change)


class WikidataField(forms.CharField):
    """The number of an item at Wikidata, which may come with its whole address."""

    def to_python(self, value: Any) -> Any:
        return outside_ids.number_at_wikidata(super().to_python(value) or "")


class EntityForm(SluggedForm):
    """The form of an entity: its name, and the numbers by which others know it."""

    wikidata_id = WikidataField(
        label="Wikidata",
        required=False,
        validators=[wikidata_id],
        help_text="The number of its item at Wikidata, such as Q1362, or the item’s address.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for column in outside_ids.NAMES:
            if column in self.changed_data and data.get(column):
                setattr(self.instance, column, data[column])
                if other := outside_ids.claimed_by(self.instance, column):
                    self.add_error(column, _claimed(other, data[column]))
        return data

    def doubts(self) -> Iterator[Doubt]:
        if "name" in self.changed_data:
            known = getattr(self.instance, "is_common_word", False)
            yield from doubts_of_name(self.instance, self.instance.name, is_common_word=known)


def _claimed(other: Entity, number: object) -> SafeString:
    address = reverse(f"admin:articles_{other._meta.model_name}_change", args=[other.pk])
    return format_html(
        '{} is the number of <a href="{}">{}</a> already. If both are the same, merge them.',
        number,
        address,
        other,
    )


class NameForm(AskingForm):
    """One other name of an entity."""

    entity: Entity

    def doubts(self) -> Iterator[Doubt]:
        named = self.instance
        if {"name", "is_common_word"} & set(self.changed_data):
            yield from doubts_of_name(self.entity, named.name, is_common_word=named.is_common_word)


class NameRows(KnownRows):
    """The other names of an entity; each is written in the direction of its language."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.entity = self.instance
        language = form.instance.language
        form.fields["name"].widget.attrs |= {
            "dir": direction(language) if language else "auto",
            **({"lang": language} if language else {}),
        }

    def clean(self) -> None:
        super().clean()
        said = [(form, getattr(form, "cleaned_data", {})) for form in self.forms]
        kept = [form for form, data in said if data and not data.get("DELETE")]
        for number, field, fault in preference_faults(form.instance for form in kept):
            kept[number].add_error(field, fault)


class NameInline(DeskInline[Row]):
    """Other names, spellings and scripts."""

    form = NameForm
    formset = NameRows
    extra = 1  # so that one can be added without scripts
    fields = ["name", "language", "is_preferred", "is_common_word"]
    verbose_name = "name"
    verbose_name_plural = "other names, spellings and scripts"
