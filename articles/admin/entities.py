"""What the pages of places, people, organisations, sections, tags and authors have in common."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from articles import editing
from articles.admin.base import DeskAdmin, DeskInline, Row, editor
from articles.admin.choices import KnownChoicesForm
from articles.text.folding import fold
from articles.text.slugs import slugify


class SluggedForm(KnownChoicesForm):
    """Makes the slug from the name where none is given."""

    slug = forms.CharField(
        max_length=200,
        required=False,
        help_text="The last part of the page’s address; made from the name when left empty. "
        "A change breaks links that others have set to the page.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed = slugify(data.get("slug", ""), max_length=200)
        if typed or "name" not in data:
            data["slug"] = typed
        else:
            data["slug"] = self._free_slug(slugify(data["name"]) or "unnamed")
        return data

    def _free_slug(self, wanted: str) -> str:
        others = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        slug, number = wanted, 1
        while others.filter(slug=slug).exists():
            number += 1
            slug = f"{wanted}-{number}"
        return slug


class NamedAdmin(DeskAdmin[Row]):
    """An entity of which articles make use: a new name and a deletion reach their lists and
    search entries."""

    form = SluggedForm
    search_fields = ["name"]
    search_help_text = "The beginning of a name."
    ordering = ["name", "id"]
    sortable_by = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        term = search_term.strip()
        return (queryset.filter(self.called(term)) if term else queryset), False

    def called(self, beginning: str) -> Q:
        """Those whose name begins so."""
        return Q(name__istartswith=beginning)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and "name" in form.changed_data and not editing.follow_rename(form.instance):
            messages.warning(
                request,
                "It stands in very many articles: the older ones are found by the former name "
                "until manage.py rebuild_search has run.",
            )

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Without listing whatever hangs on it, which may be half the archive."""
        entities = list(objs)
        permitted = self.has_delete_permission(request)
        touched = sum(editing.named_in(entity) for entity in entities)
        return (
            [str(entity) for entity in entities],
            {
                str(self.opts.verbose_name_plural): len(entities),
                "links to it from public articles": touched,
            },
            set() if permitted else {str(self.opts.verbose_name)},
            [f"{entity}: {reason}" for entity in entities for reason in editing.obstacles(entity)],
        )

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        editing.delete_entity(obj, by=editor(request))


class EntityAdmin(NamedAdmin[Row]):
    """An entity with other names."""

    def called(self, beginning: str) -> Q:
        named = self.model._default_manager.filter(names__folded__startswith=fold(beginning))
        return Q(name__istartswith=beginning) | Q(pk__in=named.values("pk"))


class NameInline(DeskInline[Row]):
    """Other names, spellings and scripts."""

    fields = ["name", "language"]
    verbose_name = "name"
    verbose_name_plural = "other names, spellings and scripts"
