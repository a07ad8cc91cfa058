"""Addresses of pages, and what becomes of those where no page is any more."""

from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri

from articles.models import Address, Article, Correction, CorrectionKind, Status
from articles.models.prepared import PreparedInstances


def absolute(path: str) -> str:
    """The full address, fit for a feed or sitemap, of a path on this site; others unchanged."""
    return _uri(f"{settings.SITE_URL}{path}" if path.startswith("/") else path)


@lru_cache(maxsize=20_000)
def _uri(iri: str) -> str:
    return iri_to_uri(iri)


def elsewhere(request: HttpRequest, below: str = "") -> HttpResponse:
    """The answer at an address where no public article is.

    A permanent redirect when an article once had it, the notice of withdrawal with status 410
    when that article is withdrawn. Raises Http404 in all other cases. ``below`` is the part of
    the path that follows the article's own, such as ``history/``.
    """
    article = _once_at(request.path_info if below else request.get_full_path_info(), below)
    if article is None and request.GET:
        article = _once_at(request.path_info, below)
    if article is None or not article.path:
        raise Http404
    if article.status == Status.WITHDRAWN:
        return gone(request, article)
    if not article.is_public() or article.path + below == request.path_info:
        raise Http404
    return _asked_again(HttpResponsePermanentRedirect(iri_to_uri(article.path + below)))


def gone(request: HttpRequest, article: Article) -> HttpResponse:
    """The page that says an article was withdrawn, when and why."""
    notice = Correction.objects.filter(article=article, kind=CorrectionKind.WITHDRAWAL).first()
    context = {"article": article, "notice": notice}
    return _asked_again(render(request, "410.html", context, status=410))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 404: old addresses of any form lead on, the rest gets a search box."""
    # Where a view was found, it has itself looked for what it could not show.
    if request.resolver_match is None:
        try:
            return elsewhere(request)
        except Http404:
            pass
    return render(request, "404.html", status=404)


def _asked_again(response: HttpResponse) -> HttpResponse:
    """Browsers keep a 301 or 410 for good when nothing is said (RFC 9111, section 4.2.2), and
    would send a reader round in circles once an article moves back, or hide one published again.
    """
    patch_cache_control(response, no_cache=True)
    return response


def _once_at(path: str, below: str) -> Article | None:
    for address in _addresses(path.removesuffix(below)):
        return address.article
    return None


_addresses: PreparedInstances[Address] = PreparedInstances(
    str,
    lambda path: (
        Address.objects.filter(path=path)
        .select_related("article")
        .only("article__path", "article__status", "article__public_from", "article__headline")
        .order_by("pk")[:1]
    ),
)
