"""Keeping search engines away from what was taken out of them."""

from django.http import HttpResponse

from articles.models import Article


def unless_deindexed(response: HttpResponse, article: Article) -> HttpResponse:
    """``response``, a page about ``article``, which search engines leave alone if the article was
    taken out of them (RFC 9309 has no such word; Google and Bing read this header)."""
    if article.deindexed_at:
        response["X-Robots-Tag"] = "noindex"
    return response
