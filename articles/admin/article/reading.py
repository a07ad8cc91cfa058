"""An article for those of the staff who may read but not change it, or while it is in the bin."""

from django.http import HttpRequest, HttpResponse

from articles.admin.article.desk_page import article_page, draw
from articles.admin.article.verbs import steps
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.rules import Action
from articles.models import Article
from articles.text.language import direction


@article_page(Action.READ)
def read(request: HttpRequest, article: Article) -> HttpResponse:
    """Its text, and what can be done with it."""
    return draw(
        request,
        "read",
        article,
        "Read",
        direction=direction(article.language),
        authors=[byline.author.name for byline in article.bylines.select_related("author")],
        steps=steps(editor(request), article),
        can_edit=rules.may(editor(request), Action.EDIT, article),
        public_path=article.path if article.is_public() else "",
    )
