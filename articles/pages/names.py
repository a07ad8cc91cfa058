"""Names for whoever types into a search box: a few lines of JSON for each pause of typing."""

import math

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control

from articles.comments import networks
from articles.models.page_address import page_address
from articles.search.finding.names import Named, suggest
from newsroom import counters

LONGEST = 100
"""Letters that may be typed; no name that can be found so has more."""

REQUESTS_A_MINUTE = 300
"""Of one network: as many pauses as a reading room makes that types all at once."""

# In seconds: whom an article names is offered soon after, and from then on no longer.
_FRESH = 60
_MINUTE = 60
# What each is to a reader, as the pages call it.
_WORDS = {
    "place": "Place",
    "person": "Person",
    "organisation": "Organisation",
    "tag": "Topic",
    "section": "Section",
    "author": "Author",
}


def search_names(request: HttpRequest) -> JsonResponse:
    """What has a name with a word that begins as ``q``: at most eight, the most written about
    first. 400 for a text of more than ``LONGEST`` letters, 429 for who asks too often."""
    network = networks.network_of(request.META.get("REMOTE_ADDR", ""))
    count = counters.take(f"names:{network}", 1, most=REQUESTS_A_MINUTE, seconds=_MINUTE)
    if count and not count.taken:
        return _too_often(math.ceil(count.seconds))
    text = request.GET.get("q", "")
    if len(text) > LONGEST:
        message = f"This is longer than any name: give at most {LONGEST} letters."
        return JsonResponse({"q": [message]}, status=400)
    response = JsonResponse({"names": [_line(one) for one in suggest(text)]})
    patch_cache_control(response, public=True, max_age=_FRESH)
    return response


def _too_often(seconds: int) -> JsonResponse:
    message = f"Too many names were asked for. Ask again in {seconds} seconds."
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return JsonResponse({"detail": message}, status=429, headers=headers)


def word_for(parameter: str) -> str:
    """What a reader calls that which ``parameter`` narrows a search to."""
    return _WORDS[parameter]


def _line(one: Named) -> dict[str, str | int]:
    return {
        "name": one.choice.name,
        "also": one.also,
        "kind": word_for(one.parameter),
        "count": one.count,
        "url": page_address(one.parameter, one.choice.slug),
        "parameter": one.parameter,
        "slug": one.choice.slug,
    }
