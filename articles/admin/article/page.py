"""The page an article is edited on."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from js_asset import Media

from articles import editing
from articles.admin.article import conflict, sessions
from articles.admin.article.correction import printed_notes
from articles.admin.article.discussion import numbers_of
from articles.admin.article.form import ArticleForm
from articles.admin.article.mentions import (
    OrganisationMentionInline,
    PersonMentionInline,
    PlaceMentionInline,
)
from articles.admin.article.notes import DeskNoteInline, WireDetailsInline
from articles.admin.article.parts import BylineInline, TagSuggestionInline
from articles.admin.article.saving import ArticleSavingAdmin
from articles.admin.article.urls import PAGES
from articles.admin.article.verbs import steps, verbs
from articles.admin.base import editor
from articles.admin.choices import KnownAutocompleteMultiple
from articles.admin.images import picture
from articles.editing import rules
from articles.editing.checks import NamesAndTags
from articles.editing.rules import Action
from articles.models import Article, Mention, MentionState, Tagging, TagSuggestion
from articles.templatetags.moments import short_day

MARKS = ("headline_is_drawn", "dateline_year_is_guess")
"""The fields that an editor unticks once they have looked."""


@admin.register(Article)
class ArticleAdmin(ArticleSavingAdmin):
    form = ArticleForm
    autocomplete_fields = ["dateline_place", "lead_image", "section", "updates"]
    readonly_fields = [
        "status",
        "address",
        "notes",
        "discussion",
        "picture",
        "source",
        "source_id",
        "original",
    ]
    fieldsets = [
        (None, {"fields": ["headline", "headline_is_drawn", "summary", "body"]}),
        (
            "Publication",
            {
                "fields": [
                    ("status", "assigned_to"),
                    "address",
                    "notes",
                    "published_at",
                    "embargo_until",
                    "slug",
                    "comment_policy",
                    "discussion",
                ]
            },
        ),
        (
            "Dateline",
            {
                "fields": [
                    "dateline_place",
                    "dateline_date",
                    "dateline_year_is_guess",
                    "dateline_text",
                ]
            },
        ),
        (
            "In the paper",
            {"fields": ["section", "tags", "lead_image", "picture", "language", "updates"]},
        ),
        ("Source", {"fields": ["source", "source_id", "original"], "classes": ["collapse"]}),
    ]
    inlines = [
        BylineInline,
        TagSuggestionInline,
        PlaceMentionInline,
        PersonMentionInline,
        OrganisationMentionInline,
        DeskNoteInline,
        WireDetailsInline,
    ]

    class Media:
        js = [
            Script("js/admin-session.js", defer=True),
            Script("js/admin-checks.js", type="module"),
        ]

    # Who may do what, which ``rules`` decides

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.is_permitted(request.user, Action.READ)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return rules.is_permitted(request.user, Action.READ, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.is_permitted(request.user, Action.CREATE)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return rules.is_permitted(request.user, Action.EDIT)
        return rules.may(request.user, Action.EDIT, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only from the bin; what readers may have seen is withdrawn, never deleted."""
        if obj is None:
            return rules.is_permitted(request.user, Action.DELETE)
        return rules.may(request.user, Action.DELETE, obj)

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        editing.delete(obj, by=editor(request))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Without listing the rows that make up an article."""
        articles = list(objs)
        permitted = all(self.has_delete_permission(request, article) for article in articles)
        return (
            [str(article) for article in articles],
            {str(self.opts.verbose_name_plural): len(articles)},
            set() if permitted else {str(self.opts.verbose_name)},
            [],
        )

    # The page

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id and request.method == "GET" and object_id.isdecimal():
            article = self.get_object(request, object_id)
            if (
                article is not None
                and self.has_view_permission(request, article)
                and not self.has_change_permission(request, article)
            ):
                return HttpResponseRedirect(self._address("read", request, article))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        if request.method != "POST":
            kept: dict[str, Article | None] = request.__dict__.setdefault("_articles", {})
            if object_id not in kept:
                kept[object_id] = super().get_object(request, object_id, from_field)
            return kept[object_id]
        if object_id.isdecimal():
            # Who saves comes after whoever is saving now, and sees what they saved.
            list(Article.objects.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request)
        return articles.select_related(
            "section",
            "dateline_place",
            "lead_image",
            "updates",
            "source_document",
            "wire_details",
        ).defer("updates__body", "source_document__content")

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Without the marks of what a machine guessed, where it guessed nothing."""
        unmarked = {name for name in MARKS if not getattr(obj, name, False)}
        return [
            (
                title,
                {**options, "fields": [each for each in options["fields"] if each not in unmarked]},
            )
            for title, options in self.fieldsets
        ]

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        tag = Tagging._meta.get_field("tag")
        form.base_fields["tags"].widget = RelatedFieldWidgetWrapper(
            KnownAutocompleteMultiple(tag, self.admin_site),
            tag.remote_field,
            self.admin_site,
            can_add_related=request.user.has_perm("articles.add_tag"),
        )
        return form

    @admin.display(description="address")
    def address(self, article: Article) -> SafeString | str:
        if not article.path:
            return "none until it is published"
        link = format_html('<a href="{0}">{0}</a>', article.path)
        if article.deindexed_at:
            since = short_day(article.deindexed_at)
            return format_html('{} <span class="flag">out of search since {}</span>', link, since)
        return link

    @admin.display(description="public notes")
    def notes(self, article: Article) -> SafeString | str:
        return printed_notes(article) if article.pk else "none"

    @admin.display(description="comments")
    def discussion(self, article: Article) -> SafeString | str:
        return numbers_of(article) if article.pk else "none"

    @admin.display(description="")
    def picture(self, article: Article) -> SafeString | str:
        return picture(article.lead_image, "preview") if article.lead_image else ""

    @admin.display(description="as it came in")
    def original(self, article: Article) -> str:
        if not hasattr(article, "source_document"):
            return "-"
        document = article.source_document
        return f"{document.name} ({document.format}), {document.received_at:%Y-%m-%d %H:%M}"

    def view_on_site(self, row: Article) -> str | None:
        return row.path if row.is_public() else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map is an inline script.
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        article = kwargs.get("obj")
        form = context["adminform"].form
        if getattr(form, "is_overtaken", False) and not form.errors:
            return conflict.page(request, form)
        context |= {
            "title": "Edit the article" if article else "New article",
            "verbs": verbs(editor(request), article),
            "steps": steps(editor(request), article) if article else [],
            "session": sessions.state(request, article, form),
            "checks": editing.check(article, _names_and_tags(context)) if article else [],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        added = [
            path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for route, view, name in PAGES
        ]
        return [*added, *super().get_urls()]


def _names_and_tags(context: dict[str, Any]) -> NamesAndTags:
    """How many the page shows of those that an editor should look at."""
    rows = [
        row for shown in context["inline_admin_formsets"] for row in shown.formset.get_queryset()
    ]
    names = [row for row in rows if isinstance(row, Mention)]
    return NamesAndTags(
        names=sum(name.state == MentionState.SUGGESTED for name in names),
        tags=sum(isinstance(row, TagSuggestion) for row in rows),
        adrift=sum(name.is_adrift and name.state == MentionState.CONFIRMED for name in names),
    )
