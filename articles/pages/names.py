"""Names for whoever types into a search box: a few lines of JSON for each pause of typing."""

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control

from articles.pages.addresses import page_address
from articles.search.finding.names import Named, suggest

LONGEST = 100
"""Letters that may be typed; no name that can be found so has more."""

# In seconds: whom an article names is offered soon after, and from then on no longer.
_FRESH = 60
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
    first. 400 for a text of more than ``LONGEST`` letters."""
    text = request.GET.get("q", "")
    if len(text) > LONGEST:
        message = f"This is longer than any name: give at most {LONGEST} letters."
        return JsonResponse({"q": [message]}, status=400)
    response = JsonResponse({"names": [_line(one) for one in suggest(text)]})
    patch_cache_control(response, public=True, max_age=_FRESH)
    return response


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
