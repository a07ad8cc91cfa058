"""An article that is not public, for who was given a link to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.editing.preview import shared_article
from articles.pages.article import story_context


def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The article as it stands now; nobody may keep or index the page, nor learn its address."""
    shared = shared_article(token)
    if shared is None:
        raise Http404("the link has ended, or never led anywhere")
    article, link = shared
    # What has no date yet is shown as it would be if it were published now.
    article.published_at = article.published_at or timezone.now()
    if not article.is_public():
        article.revision = article.comment_count = 0  # it has no history before readers yet
    context = {**story_context(article), "link": link, "is_public": article.is_public()}
    del context["canonical"], context["feed"]
    response = render(request, "articles/pages/preview.html", context)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
