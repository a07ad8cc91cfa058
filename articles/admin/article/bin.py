"""Putting a draft into the bin, and taking it out again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import editing
from articles.admin.article.desk_page import article_page, back_to
from articles.admin.base import editor
from articles.editing.rules import Action
from articles.models import Article


@require_POST
@article_page(Action.BIN)
def put_in_bin(request: HttpRequest, article: Article) -> HttpResponse:
    """At once, for it can be undone at once."""
    editing.put_in_bin(article, by=editor(request))
    page = reverse("admin:articles_article_read", args=[article.pk])
    messages.success(
        request, format_html('<a href="{}">“{}”</a> is in the bin.', page, article.headline)
    )
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


@require_POST
@article_page(Action.RESTORE)
def restore(request: HttpRequest, article: Article) -> HttpResponse:
    """Out of the bin, as a draft."""
    editing.restore(article, by=editor(request))
    messages.success(request, "It is out of the bin, and a draft again.")
    return back_to(article)
