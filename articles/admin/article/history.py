"""The record of an article's changes in place of the admin's own log."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.admin.base import DeskAdmin
from articles.models import Article

SHOWN = 200
"""The newest revisions; the public history has the others."""


class RevisionsAdmin(DeskAdmin[Article]):
    """Shows who changed an article, when and why. Nobody edits that."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404(f"There is no article {object_id}.")
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        revisions = article.revisions.defer("snapshot").select_related("editor")[:SHOWN]
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": str(article),
            "opts": self.opts,
            "original": article,
            "revisions": revisions,
            "public_path": article.path if article.is_public() else "",
        }
        return TemplateResponse(request, "admin/articles/article/object_history.html", context)
