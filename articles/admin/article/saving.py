"""What happens when an article's form is saved, and where its editor gets from there."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles import editing
from articles.admin.article.changelist import ArticleListAdmin
from articles.admin.article.notes import DeskNotes
from articles.admin.base import editor
from articles.editing.rules import Action
from articles.linking import link
from articles.models import Article, Status


class ArticleSavingAdmin(ArticleListAdmin):
    """Saves by the verbs of ``articles.editing``."""

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        before = Article.objects.filter(pk=obj.pk).values_list("body", flat=True).first()
        if not change:
            obj.created_by = editor(request)
        editing.prepare(obj)
        editing.store(obj)
        form.changes_body = obj.body != before

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, DeskNotes):
            formset.by = editor(request)
        super().save_formset(request, form, formset, change)

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
            editing.record(
                [article],
                by=editor(request),
                reason=reason,
                minor=form.cleaned_data["is_minor"],
                verb=Action.EDIT if change else Action.CREATE,
            )
        editing.close_session(article if change else None, editor(request))

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
        remarks = editing.check(article) if article.public_from else []
        if remarks:
            looks = " ".join(found.message for found in remarks)
            said = format_html("{} Worth a look: {}", said, looks)
        messages.success(request, said)
        return HttpResponseRedirect(self._address("change", request, article))

    def _address(self, page: str, request: HttpRequest, article: Article) -> str:
        url = reverse(f"{self.admin_site.name}:articles_article_{page}", args=[article.pk])
        filters: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return str(add_preserved_filters(filters, url))
