"""What several of the pages ask of a request, and answer it with."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig
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
View = Callable[..., HttpResponseBase]


class HttpResponseSeeOther(HttpResponseRedirect):
    """Fetch the result of this POST over there, by GET."""

    status_code = 303


def refusing_what_is_too_big(view: View) -> View:
    """The view, with an answer for what is larger than the site reads: no form takes as much. What
    says that it is, files too, is not read at all."""

    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _is_too_big(request):
            return render(request, "articles/comments/too_big.html", status=413)
        return view(request, *args, **kwargs)

    return bounded


def _is_too_big(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or ""
    # A length that is no number says nothing, as to Django itself.
    if length.isdecimal() and int(length[:20]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return True
    try:
        _ = request.POST
    except RequestDataTooBig:
        return True
    return False


def signed_in(request: HttpRequest) -> User | None:
    """The login behind a request from one of our own pages.

    The token of a reader's form is not tied to a session, so another site could have a moderator's
    browser post a form that it fetched itself. Browsers do not send the session's cookie
    (SameSite=Lax) with such a request, and say where it comes from; either would do.
    """
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return request.user if from_here and isinstance(request.user, User) else None


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
