"""What the pages of places, people, organisations, sections, tags and authors have in common."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import vocabulary
from articles.admin.base import NONE, DeskAdmin, Row, editor
from articles.admin.entities.asking import AskingForm, questions_of
from articles.admin.entities.overview import overview, public_page
from articles.admin.entities.tools import tools_for
from articles.models import EntityName, ListingKind, ListingTotal, VocabularyQuerySet
from articles.text.characters import printable
from articles.vocabulary.slugs import slug_for

LONGEST = 100
"""Characters of what is searched for that are looked at."""

_MOST_ARTICLES = F("standing").desc(nulls_last=True)


class SluggedForm(AskingForm):
    """Makes the slug from the name where none is given."""

    slug = forms.CharField(
        max_length=200,
        required=False,
        help_text="The last part of the page’s address; made from the name when left empty. "
        "Links to the former one go on working.",
        error_messages={
            "unique": "Another one has this address already. Write a different one, or leave it "
            "empty to have one made."
        },
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed, name = data.get("slug", ""), data.get("name", "")
        try:
            data["slug"] = slug_for(self.instance, typed, name=name, present=self.instance.slug)
        except ValidationError as fault:
            self.add_error("slug", fault)
        return data


class NamedAdmin(DeskAdmin[Row]):
    """An entity of which articles make use: a new name and a deletion reach their lists and
    search entries. The list says how many articles stand under each, and leads to them."""

    listing: ListingKind
    parameter: str
    """What narrows the list of articles to those under one of these."""

    form = SluggedForm
    search_fields = ["name"]
    search_help_text = "The beginning of a name, or of a word in it."
    change_form_template = "admin/articles/entity/change_form.html"
    ordering = ["name", "id"]
    then_by: Sequence[str] = ("name", "pk")
    """The order of choices that stand in equally many articles."""
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        """With how many articles stand under each; those merged into others left out."""
        total = ListingTotal.objects.filter(kind=self.listing, key=OuterRef("pk")).values("count")
        rows = super().get_queryset(request)
        if isinstance(rows, VocabularyQuerySet):
            rows = rows.current()
        known: QuerySet[Row] = rows.annotate(standing=Subquery(total[:1]))  # type: ignore[assignment]
        return known

    def detail(self, row: Row) -> str:
        """What tells ``row`` from its namesakes."""
        return ""

    def label(self, row: Row) -> str:
        detail, number = self.detail(row), getattr(row, "standing", 0) or 0
        named = f"{row} ({detail})" if detail else str(row)
        return f"{named} · {number:,} article{'' if number == 1 else 's'}" if number else named

    @admin.display(description="articles")
    def article_count(self, row: Row) -> SafeString:
        """Public ones, those scheduled included."""
        if not (number := getattr(row, "standing", 0)):
            return NONE
        address = reverse("admin:articles_article_changelist")
        return format_html(
            '<a href="{}?{}={}">{}</a>', address, self.parameter, row.pk, f"{number:,}"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """Those that are called so; among the choices of an autocomplete the best known first."""
        term = " ".join(printable(search_term).split())[:LONGEST]
        found = queryset.filter(self.called(term)) if term else queryset
        is_choice = request.path == reverse("admin:autocomplete")
        return (self._best_known_first(found) if is_choice else found), False

    def best_known(self, request: HttpRequest, words: str) -> QuerySet[Row]:
        """Those that are called so, the best known first."""
        found, _ = self.get_search_results(request, self.get_queryset(request), words)
        return self._best_known_first(found)

    def _best_known_first(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        return rows.order_by(_MOST_ARTICLES, *self.then_by)

    def called(self, words: str) -> Q:
        """Those with a name that begins so, or of which a later word does."""
        return Q(name__istartswith=words) | Q(name__icontains=f" {words}")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if row := context["original"]:
            context["tools"] = tools_for(request, row)
            context["overview"] = overview(row, self.listing, self.parameter, editor(request))
        context["questions"] = questions_of(context)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            vocabulary.keep_address(obj, form.initial["slug"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        is_renamed = not {"name", "slug"}.isdisjoint(form.changed_data) or any(
            issubclass(names.model, EntityName) and names.has_changed() for names in formsets
        )
        if change and is_renamed and not vocabulary.follow_rename(form.instance):
            messages.warning(
                request,
                "It stands in very many articles: the older ones are found by the former name "
                "until the worker has come to them, which takes some minutes.",
            )

    def view_on_site(self, row: Row) -> str | None:
        return public_page(row, self.listing) or None

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """From what was merged into another to that one."""
        shells: QuerySet[Any] = self.model._default_manager.all()
        if isinstance(shells, VocabularyQuerySet) and object_id.isdecimal():
            shell = shells.filter(pk=object_id).exclude(merged_into=None).first()
            if shell is not None:
                messages.info(request, f"“{shell}” has been merged into this.")
                page = f"admin:articles_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(page, args=[shell.merged_into_id]))
        answer: HttpResponse = super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]
            request, opts, object_id
        )
        return answer

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Without listing whatever hangs on it, which may be half the archive."""
        entities = list(objs)
        permitted = self.has_delete_permission(request)
        touched = sum(vocabulary.named_in(entity) for entity in entities)
        return (
            [str(entity) for entity in entities],
            {
                str(self.opts.verbose_name_plural): len(entities),
                "links to it from public articles": touched,
            },
            set() if permitted else {str(self.opts.verbose_name)},
            [
                f"{entity}: {reason}"
                for entity in entities
                for reason in vocabulary.obstacles(entity)
            ],
        )

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        vocabulary.delete_entity(obj, by=editor(request))
