"""The page an article is edited on, and the list of articles."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from js_asset import Media

from articles import editing
from articles.admin.article.body_editor import INLINE_STYLE
from articles.admin.article.changelist import ArticleListAdmin
from articles.admin.article.form import ArticleForm
from articles.admin.article.history import history
from articles.admin.article.mentions import (
    OrganisationMentionInline,
    PersonMentionInline,
    PlaceMentionInline,
)
from articles.admin.article.parts import BylineInline, CorrectionInline, TagSuggestionInline
from articles.admin.article.urls import PAGES
from articles.admin.base import editor
from articles.admin.images import picture
from articles.editing import rules
from articles.editing.rules import Action
from articles.linking import link
from articles.models import Article, SourceDocument, Status, Tagging


class Verb(NamedTuple):
    """A button of the page: its name in the form, and what it says."""

    name: str
    label: str


VERBS = {
    Status.DRAFT: [
        Verb("_save", "Save draft"),
        Verb("_submit", "Submit for review"),
        Verb("_publish", "Publish"),
    ],
    Status.IN_REVIEW: [Verb("_save", "Save"), Verb("_publish", "Publish")],
    Status.SCHEDULED: [Verb("_save", "Save"), Verb("_publish_now", "Publish now")],
    Status.PUBLISHED: [Verb("_save", "Save")],
    Status.WITHDRAWN: [Verb("_save", "Save"), Verb("_publish", "Publish again")],
}


@admin.register(Article)
class ArticleAdmin(ArticleListAdmin):
    form = ArticleForm
    autocomplete_fields = ["dateline_place", "lead_image"]
    readonly_fields = ["status", "address", "picture", "source", "source_id", "original"]
    fieldsets = [
        (None, {"fields": ["headline", "headline_is_drawn", "summary", "body"]}),
        (
            "Dateline",
            {
                "fields": [
                    ("dateline_place", "dateline_date"),
                    ("dateline_text", "dateline_year_is_guess"),
                ]
            },
        ),
        ("In the paper", {"fields": [("section", "language"), "tags", ("lead_image", "picture")]}),
        (
            "Publication",
            {
                "fields": [
                    ("status", "address"),
                    ("published_at", "embargo_until"),
                    ("slug", "comment_policy"),
                ]
            },
        ),
        ("Source", {"fields": ["source", "source_id", "original"], "classes": ["collapse"]}),
    ]
    inlines = [
        BylineInline,
        TagSuggestionInline,
        PlaceMentionInline,
        PersonMentionInline,
        OrganisationMentionInline,
        CorrectionInline,
    ]

    class Media:
        js = ["js/admin-editor.js"]

    # The page

    @method_decorator(csp_update({"style-src": [INLINE_STYLE]}))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request)
        return articles.select_related("section", "dateline_place", "lead_image")

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        tag = Tagging._meta.get_field("tag")
        form.base_fields["tags"].widget = RelatedFieldWidgetWrapper(
            AutocompleteSelectMultiple(tag, self.admin_site),
            tag.remote_field,
            self.admin_site,
            can_add_related=request.user.has_perm("articles.add_tag"),
        )
        return form

    @admin.display(description="address")
    def address(self, article: Article) -> SafeString | str:
        if not article.path:
            return "none until it is published"
        return format_html('<a href="{0}">{0}</a>', article.path)

    @admin.display(description="")
    def picture(self, article: Article) -> SafeString | str:
        return picture(article.lead_image, "preview") if article.lead_image else ""

    @admin.display(description="as it came in")
    def original(self, article: Article) -> str:
        document = SourceDocument.objects.filter(article=article.pk).defer("content").first()
        if document is None:
            return "-"
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
        status = Status(article.status) if article else Status.DRAFT
        context["verbs"] = VERBS[status]
        context["title"] = "Edit the article" if article else "New article"
        context["can_withdraw"] = article is not None and rules.may(
            editor(request), Action.WITHDRAW, article
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers may have seen is withdrawn, never deleted."""
        if obj is not None and (obj.path or obj.status not in {Status.DRAFT, Status.IN_REVIEW}):
            return False
        return super().has_delete_permission(request, obj)

    # Saving

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        before = Article.objects.filter(pk=obj.pk).values_list("body", flat=True).first()
        editing.prepare(obj)
        editing.store(obj)
        form.changes_body = obj.body != before

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        article = form.instance
        if form.changes_body:
            link([article])
        reason = form.cleaned_data["reason"]
        if "_publish_now" in request.POST:
            editing.publish(article, by=editor(request), at=timezone.now(), reason=reason)
        elif "_publish" in request.POST:
            editing.publish(article, by=editor(request), reason=reason)
        elif "_submit" in request.POST and article.status == Status.DRAFT:
            editing.submit(article, by=editor(request), reason=reason)
        else:
            minor = form.cleaned_data["is_minor"]
            editing.record([article], by=editor(request), reason=reason, minor=minor)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._stay(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stay(request, obj)

    def _stay(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Back to the article's page, with word of what became of it."""
        article.refresh_from_db(fields=["public_from"])
        if article.is_public():
            said = format_html('Saved; <a href="{}">readers see it</a>.', article.path)
        elif article.public_from:
            moment = timezone.localtime(article.public_from)
            said = format_html("Saved; readers see it from {} on.", f"{moment:%Y-%m-%d %H:%M}")
        else:
            said = format_html("Saved; it is {}.", article.get_status_display())
        messages.success(request, said)
        return HttpResponseRedirect(self._address("change", request, article))

    def _address(self, page: str, request: HttpRequest, article: Article) -> str:
        url = reverse(f"{self.admin_site.name}:articles_article_{page}", args=[article.pk])
        filters: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return str(add_preserved_filters(filters, url))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return history(request, int(object_id))

    def get_urls(self) -> list[URLPattern]:
        added = [
            path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for route, view, name in PAGES
        ]
        return [*added, *super().get_urls()]
