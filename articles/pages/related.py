"""What came before an article and what followed it, and in which words a page says why."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from articles import listings
from articles.listings import Listed, RelatedArticle
from articles.models import Article, ListingKind
from articles.text.spans import span_in_words

_MOST_NAMES = 3


class RelatedLine(NamedTuple):
    headline: str
    address: str
    language: str
    reason: str


class RelatedLines(NamedTuple):
    earlier: list[RelatedLine]
    later: list[RelatedLine]


def related_lines(
    article: Article, names: Mapping[Listed, str], without: Collection[str]
) -> RelatedLines:
    """The articles related to a public one, but for those at the addresses ``without``.

    ``names`` calls the places, people and organisations that it names.
    """
    if article.public_from is None:
        return RelatedLines([], [])
    if article.dateline_place:
        filed_from = ListingKind.DATELINE_ITSELF, article.dateline_place.pk
        names = {**names, filed_from: article.dateline_place.name}
    earlier, later = listings.related(article.pk, article.public_from)
    day = timezone.localdate(article.public_from)
    return RelatedLines(
        *(
            [
                RelatedLine(one.headline, one.path, one.language, _reason(one, day, names))
                for one in some
                if one.path not in without
            ]
            for some in (earlier, later)
        )
    )


def _reason(one: RelatedArticle, day: date, names: Mapping[Listed, str]) -> str:
    """Such as "Also about Mastung and Sarfraz Bugti, three weeks earlier" than ``day``."""
    named = [key for key in one.shared if key[0] != ListingKind.DATELINE_ITSELF]
    called = list(dict.fromkeys(names[key] for key in named or one.shared if key in names))
    span = span_in_words((timezone.localdate(one.public_from) - day).days)
    if not called:
        return span.capitalize()
    return f"Also {'about' if named else 'from'} {_listed(called[:_MOST_NAMES])}, {span}"


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
