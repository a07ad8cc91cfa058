"""Where the page of a place, a person, a tag and so on has gone, when it had another address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from articles.search.asking.vocabulary import led_on

View = Callable[..., HttpResponse]


def leading_on(view: View, parameter: str) -> View:
    """``view``, of the page or feed at a slug; from a slug that the entry no longer has, or that
    is now part of another entry, a permanent redirect to the address it has now.

    ``parameter`` names the kind, as a search does. What comes after the ``?`` is kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **more)
        except Http404:
            entry = led_on(parameter, slug)
            if entry is None or request.resolver_match is None:
                raise
        name = request.resolver_match.view_name
        query = request.META.get("QUERY_STRING", "")
        address = reverse(name, kwargs={**more, "slug": entry.slug})
        moved = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        # A browser asks again, for the two may be split again, or the slug be another's.
        patch_cache_control(moved, no_cache=True)
        return moved

    return answer
