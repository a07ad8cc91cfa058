"""What a page shows, noted down while it is rendered.

Whatever reads something for a public page says so here: ``shows(Subject.PERSON, 4)``. Where nobody
collects it, as at the desk, that costs next to nothing. What a page reads of a subject and says
nothing about is taken for all of it: a page is then dropped too often, never too seldom.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connections

from articles.models import EVERY, ListingKind, Subject
from articles.models.article_facets import list_number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """From ``first`` to ``last``, both included, in microseconds since 1970; None is no bound."""

    first: int | None = None
    last: int | None = None

    def touches(self, other: "Span") -> bool:
        return not (
            (self.last is not None and other.first is not None and self.last < other.first)
            or (self.first is not None and other.last is not None and other.last < self.first)
        )

    def and_between(self, other: "Span") -> "Span":
        """The shortest span that holds both."""
        first, last = (self.first, other.first), (self.last, other.last)
        return Span(
            None if first[0] is None or first[1] is None else min(first[0], first[1]),
            None if last[0] is None or last[1] is None else max(last[0], last[1]),
        )


WHOLE = Span()

Thing = tuple[int, int]
"""A subject and the key of one of its kind, or ``EVERY``."""


class Collector:
    """What is shown while a page is rendered: ``things`` with the span of each, and ``until``, the
    moment at which the clock alone makes it another page. ``is_keepable`` says that the page is the
    same for every reader, ``said`` of which subjects it was told what is shown."""

    def __init__(self) -> None:
        self.things: dict[Thing, Span] = {(Subject.SITE.value, EVERY): WHOLE}
        self.until: datetime | None = None
        self.is_keepable = False
        self.said: set[int] = set()

    def add(self, subject: int, key: int, span: Span = WHOLE) -> None:
        self.said.add(subject)
        thing = (subject, key)
        there = self.things.get(thing)
        self.things[thing] = span if there is None else there.and_between(span)


_collector: ContextVar[Collector | None] = ContextVar("collector", default=None)


# Where what is shown of a subject is read.
_TABLES = {
    "articles_article": Subject.ARTICLE,
    "articles_author": Subject.AUTHOR,
    "articles_comment": Subject.DISCUSSION,
    "articles_correction": Subject.CORRECTIONS,
    "articles_image": Subject.IMAGE,
    "articles_listingcount": Subject.LIST,
    "articles_listingentry": Subject.LIST,
    "articles_listingtotal": Subject.LIST,
    "articles_organisation": Subject.ORGANISATION,
    "articles_organisationname": Subject.ORGANISATION,
    "articles_person": Subject.PERSON,
    "articles_personname": Subject.PERSON,
    "articles_place": Subject.PLACE,
    "articles_placename": Subject.PLACE,
    "articles_position": Subject.PERSON,
    "articles_revision": Subject.ARTICLE,
    "articles_section": Subject.SECTION,
    "articles_tag": Subject.TAG,
}
# A subject that says as much: a list's numbers, an article's own notes and its newest comments.
_IMPLIED = {
    Subject.LIST: (Subject.LISTS, Subject.WEIGHT),
    Subject.CORRECTIONS: (Subject.ARTICLE,),
    Subject.DISCUSSION: (Subject.COMMENTS,),
}
_TABLE = re.compile(r'"(articles_[a-z]+)"')


@contextmanager
def collecting() -> Iterator[Collector]:
    """Collect what is shown inside the context."""
    collector = Collector()
    read: set[Subject] = set()

    def watch(execute: Any, sql: Any, *arguments: Any) -> Any:
        read.update(_read_by(str(sql)))
        return execute(sql, *arguments)

    token = _collector.set(collector)
    try:
        with ExitStack() as watched:
            for connection in connections.all():
                watched.enter_context(connection.execute_wrapper(watch))
            yield collector
    finally:
        _collector.reset(token)
    said = collector.said
    for subject in read:
        if said.isdisjoint({subject, *_IMPLIED.get(subject, ())}):
            collector.add(subject.value, EVERY)


@lru_cache(maxsize=2_000)
def _read_by(sql: str) -> frozenset[Subject]:
    return frozenset(_TABLES[name] for name in _TABLE.findall(sql) if name in _TABLES)


def may_be_kept() -> None:
    """Say that the page being rendered is the same for everybody who asks for its address."""
    if collector := _collector.get():
        collector.is_keepable = True


def shows(subject: Subject, *keys: int | None) -> None:
    """Say that a page shows things of a kind; without a key, that it may show any of them."""
    if collector := _collector.get():
        collector.said.add(subject)
        for key in keys or (EVERY,):
            if key is not None:
                collector.add(subject.value, key)


def shows_each(subject: Subject, keys: Iterable[int]) -> None:
    """``shows`` for keys of which there may be none: then the page shows nothing of the kind."""
    if collector := _collector.get():
        collector.said.add(subject)
        for key in keys:
            collector.add(subject.value, key)


def shows_list(
    kind: ListingKind | int, key: int, since: datetime | None = None, until: datetime | None = None
) -> None:
    """Say that a page shows what stands in a list between two moments, both included."""
    if collector := _collector.get():
        first = microseconds(since) if since else None
        last = microseconds(until) if until else None
        collector.add(Subject.LIST.value, list_number(int(kind), key), Span(first, last))


def holds_until(moment: datetime) -> None:
    """Say that from ``moment`` on the page would be another, though nothing had changed."""
    if (collector := _collector.get()) and (collector.until is None or moment < collector.until):
        collector.until = moment


def microseconds(moment: datetime) -> int:
    """``moment`` as the number of microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime:
    """The moment, in UTC, that ``microseconds`` made into a number."""
    return _EPOCH + timedelta(microseconds=number)
