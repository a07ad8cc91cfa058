"""What several of the pages answer with."""

from typing import TypeVar

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render

from articles.models import Address, CorrectionKind, Status

Response = TypeVar("Response", bound=HttpResponseBase)


class HttpResponseSeeOther(HttpResponseRedirect):
    """Fetch the result of this POST over there, by GET."""

    status_code = 303


def for_one_reader(response: Response) -> Response:
    """The response, of which nobody keeps a copy, that no search engine lists, and whose links do
    not tell the address, which is a key, to where they lead."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def elsewhere(request: HttpRequest, path: str, below: str) -> HttpResponse:
    """The answer for a path where no public article is: moved, or withdrawn.

    ``below`` is what follows the article's path in the address asked for, such as ``comments/``.
    Raises Http404 when there is nothing to tell.
    """
    address = Address.objects.filter(path=path).select_related("article").first()
    if address is not None and address.article.status == Status.WITHDRAWN:
        notice = address.article.corrections.filter(kind=CorrectionKind.WITHDRAWAL).first()
        context = {"article": address.article, "notice": notice}
        return render(request, "410.html", context, status=410)
    if address is None or not address.article.is_public() or address.article.path == path:
        raise Http404
    return HttpResponsePermanentRedirect(f"{address.article.path}{below}", preserve_request=True)
