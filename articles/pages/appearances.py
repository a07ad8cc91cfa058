"""Which places, people and organisations a handful of articles name, the most frequent first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from articles.models import Entity, EntityKind, Mention
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


def appearances(
    article_ids: Iterable[int], *, without: Entity | None = None, size: int = 10
) -> Appearances:
    """Who and what is named in these articles, at most ``size`` of each kind, in one query.

    ``count`` is the number of articles; ``without`` is left out, being the one asked about.
    """
    counts: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in EntityKind.values}
    left_out = (type(without).__name__.lower(), without.pk) if without else None
    seen = set()
    for article, kind, *keys_names_slugs in (
        Mention.objects.shown()
        .filter(article__in=list(article_ids))
        .values_list(
            "article",
            "kind",
            *(f"{kind}{part}" for part in ("", "__name", "__slug") for kind in EntityKind.values),
        )
    ):
        index = EntityKind.values.index(kind)
        key, name, slug = keys_names_slugs[index :: len(EntityKind.values)]
        if (kind, key) != left_out and (article, kind, key) not in seen:
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
            for kind in EntityKind.values
        )
    )
