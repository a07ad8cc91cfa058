"""Finds articles that the search index does not hold: those that no reader sees yet, or any more.

They are few, and looked through by the words of their headlines, the latest change first.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import (
    Article,
    Byline,
    Containment,
    Mention,
    MentionRole,
    Status,
    Tagging,
)
from articles.search import Criteria
from articles.search.words.query import Query, Term
from articles.search.words.tokens import starts_with, words

LOOKED_THROUGH = 2_000
"""The articles in each state that are looked through."""

_STATES = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN, Status.BIN)
_NAMED = Mention.objects.shown().exclude(role=MentionRole.FILED_FROM)

Keys = Sequence[Any]
"""Ids of entities, or language tags."""


def unpublished(criteria: Criteria) -> list[int]:
    """The ids of those that ``criteria`` ask for. One query."""
    query = criteria.query
    if criteria.q.strip() and not query:
        return []
    narrowing = _narrowing(criteria)
    heaps = [(Q(status=status), "-updated_at") for status in _STATES]
    heaps.append((Q(deindexed_at__isnull=False), "-deindexed_at"))
    first, *others = (
        Article.objects.filter(
            narrowing,
            pk__in=Article.objects.filter(heap).order_by(order).values("pk")[:LOOKED_THROUGH],
        )
        .order_by()
        .values_list("pk", "headline")
        for heap, order in heaps
    )
    return [
        pk for pk, headline in first.union(*others, all=True) if _answers(words(headline), query)
    ]


def _answers(headline: Sequence[str], query: Query) -> bool:
    """Whether a headline has the words of ``query`` in any form, the last of which may be half
    typed."""

    def has(term: Term) -> bool:
        return any(
            starts_with(headline, at, form, is_prefix=term.is_prefix or term is last)
            for at in range(len(headline))
            for form in (term.words, *term.others)
        )

    last = query.terms[-1] if query.terms else None
    return all(any(map(has, group)) for group in query.groups) and not any(map(has, query.excluded))


def _narrowing(criteria: Criteria) -> Q:
    """What the filters and dates of ``criteria`` mean."""
    wanted = Q()
    for one in criteria.filters:
        has_one = _MEANINGS[one.parameter]([choice.key for choice in one.choices])
        wanted &= ~has_one if one.excluded else has_one
    since, until = criteria.bounds
    if since:
        wanted &= Q(public_from__gte=since)
    if until:
        wanted &= Q(public_from__lt=until)
    return wanted


def _has(parts: QuerySet[Any]) -> Q:
    """Articles that have one of ``parts``: looked up for each article, which are few."""
    return Q(Exists(parts.filter(article=OuterRef("pk"))))


def _in_places(field: str, places: Keys) -> Q:
    """One of the places itself, or one that lies in it."""
    inside = Containment.objects.filter(inner=OuterRef(field), outer__in=places)
    return Q(**{f"{field}__in": places}) | Q(Exists(inside))


def _in_languages(languages: Keys) -> Q:
    wanted = Q()
    for language in languages:
        wanted |= Q(language__iexact=language) | Q(language__istartswith=f"{language}-")
    return wanted


_MEANINGS: dict[str, Callable[[Keys], Q]] = {
    "section": lambda keys: Q(section__in=keys),
    "author": lambda keys: _has(Byline.objects.filter(author__in=keys)),
    "tag": lambda keys: Q(
        Exists(Tagging.objects.filter(tag__in=keys, content_object=OuterRef("pk")))
    ),
    "place": lambda keys: _has(_NAMED.filter(_in_places("place", keys))),
    "dateline": lambda keys: _in_places("dateline_place", keys),
    "person": lambda keys: _has(_NAMED.filter(person__in=keys)),
    "organisation": lambda keys: _has(_NAMED.filter(organisation__in=keys)),
    "language": _in_languages,
}
"""For each parameter of a filter what it means for an article."""
