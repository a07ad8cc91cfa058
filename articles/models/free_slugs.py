"""Slugs that no row has yet."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from django.db.models import Manager, Q, QuerySet

from articles.text.slugs import slugify

_UNNAMED = "unnamed"


def free_slug(rows: "QuerySet[Any] | Manager[Any]", name: str, longest: int = 80) -> str:
    """A slug for ``name`` that none of ``rows`` has: two queries at most."""
    return free_slugs(rows, [name], longest)[0]


def free_slugs(
    rows: "QuerySet[Any] | Manager[Any]", names: Sequence[str], longest: int = 80
) -> list[str]:
    """A slug for each of ``names`` that none of ``rows`` has, nor another of them; with a number
    where the plain one, of ``longest`` characters, is taken. Two queries at most."""
    bases = [slugify(name, longest) or _UNNAMED for name in names]
    taken = set(rows.filter(slug__in=bases).values_list("slug", flat=True))
    if taken:
        numbered = Q()
        for slug in taken:
            numbered |= Q(slug__startswith=f"{slug}-")
        taken |= set(rows.filter(numbered).values_list("slug", flat=True))
    slugs = []
    for base in bases:
        slug = next(slug for slug in _numbered(base) if slug not in taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in count(2))
