"""Which places, people and organisations a handful of articles name, the most frequent first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from articles.listings import Listing
from articles.models import EntityKind, Mention
from articles.models.prepared import PreparedRows
from articles.pages.addresses import page_address


@dataclass(frozen=True, slots=True)
class Appearance:
    name: str
    address: str
    count: int


class Appearances(NamedTuple):
    places: list[Appearance]
    people: list[Appearance]
    organisations: list[Appearance]


class Company(NamedTuple):
    """What is named in the newest ``articles`` of a list, and whether those are all it has."""

    named: Appearances
    articles: int
    is_all: bool


NEWEST = 100
"""The newest articles of a list that tell with whom and what somebody appears."""


def company(
    listing: Listing, count: int, without: Collection[tuple[EntityKind, int]], size: int = 10
) -> Company:
    """Who and what is named together with what ``listing``, of ``count`` articles, is of.

    It takes two queries, however long the list.
    """
    articles = listing.newest_ids(NEWEST)
    named = appearances(articles, without=without, size=size)
    return Company(named, len(articles), count <= len(articles))


def appearances(
    article_ids: Iterable[int],
    *,
    without: Collection[tuple[EntityKind, int]] = (),
    size: int = 10,
) -> Appearances:
    """Who and what is named in these articles, at most ``size`` of each kind, in one query.

    ``count`` is the number of articles; what stands in ``without``, by kind and id, is left out.
    """
    ids = list(article_ids)
    counts: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in _KINDS}
    seen: set[tuple[int, str, int]] = set()
    for article, kind, *keys_names_slugs in _mentions(*ids) if ids else ():
        key, name, slug = keys_names_slugs[_KINDS.index(kind) :: len(_KINDS)]
        if (kind, key) not in without and (article, kind, key) not in seen:
            seen.add((article, kind, key))
            counts[kind][name, slug] += 1
    return Appearances(
        *(
            [
                Appearance(name, page_address(kind, slug), count)
                for (name, slug), count in sorted(
                    counts[kind].items(), key=lambda item: (-item[1], item[0])
                )[:size]
            ]
            for kind in _KINDS
        )
    )


_KINDS: tuple[str, ...] = tuple(EntityKind.values)

_mentions = PreparedRows(
    int,
    lambda *ids: (
        Mention.objects.shown()
        .filter(article__in=ids)
        .order_by()
        .values_list(
            "article",
            "kind",
            *(f"{kind}{part}" for part in ("", "__name", "__slug") for kind in _KINDS),
        )
    ),
)
