"""The record of an article's changes in place of the admin's own log. Nobody edits that."""

from django.http import HttpRequest, HttpResponse

from articles.admin.article.desk_page import article_page, draw
from articles.editing.rules import Action
from articles.models import Article

SHOWN = 200
"""The newest revisions; the public history has the others."""


@article_page(Action.READ)
def history(request: HttpRequest, article: Article) -> HttpResponse:
    """Who changed an article, when and why."""
    revisions = article.revisions.defer("snapshot").select_related("editor")[:SHOWN]
    public_path = article.path if article.is_public() else ""
    return draw(
        request, "object_history", article, "History", revisions=revisions, public_path=public_path
    )
