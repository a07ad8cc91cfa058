"""What the addresses of articles may carry."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from articles.search import Order
from articles.search.finding.facets import FACETS


def _parameter(
    name: str, description: str, enum: list[str] | None = None, kind: type | OpenApiTypes = str
) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description, enum=enum)


def _entity(name: str, articles: str) -> OpenApiParameter:
    return _parameter(
        name,
        f"Articles {articles}, by slug or id. `a,b` is both of them, `a|b` either, `-a` not that.",
    )


ARTICLE_FIELDS = [
    _parameter("fields", "Only these keys, such as `headline,html_url`."),
    _parameter("include", "More than the list has by itself: `body`, `comments`, `revisions`."),
]
ARTICLE_PARAMETERS = [
    _parameter(
        "q",
        "What a person types to find it, never an error: words in any form, "
        '`"words in quotes"`, `this OR that`, `-not`, `beg*`, `this NEAR that`, `headline:this`, '
        "and fields with the names of the parameters below, `place:quetta before:2020`.",
    ),
    _entity("place", "about a place, or that mention it; the places inside it included"),
    _entity("dateline", "filed from a place"),
    _entity("person", "that name a person"),
    _entity("organisation", "that name an organisation"),
    _entity("tag", "with a tag"),
    _entity("section", "of a section"),
    _entity("author", "by an author"),
    _parameter("language", "In a language, such as `en`, `en|ur` or `-ur`."),
    _parameter("from", "Published on this date or later: YYYY, YYYY-MM or YYYY-MM-DD."),
    _parameter("to", "Published on this date or earlier: YYYY, YYYY-MM or YYYY-MM-DD."),
    _parameter("order", "`relevance` needs `q`.", enum=list(Order)),
    _parameter(
        "updated_since",
        "Changed, or made public by the clock, at this time or later, in the order of that: a date "
        "or an ISO 8601 time. Of what is no longer there only `changes/` tells.",
    ),
    _parameter("path", "The article that has, or once had, this public address."),
    *ARTICLE_FIELDS,
    _parameter("facets", f"Counts to narrow by, of: `{','.join(FACETS)}`."),
]
