"""The addresses of the public site: all of them, and those that a change may have made.

An address is a path, not percent-encoded, and perhaps ``?page=2`` or ``?comments=2`` after it. What
other parameters ask for is left to the application, and so are pages beyond ``DEEPEST``, which each
new article would make all of them anew, and the history of what never changed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import QuerySet

from articles.freshness import Thing
from articles.listings import Listing, listed
from articles.models import (
    EVERY,
    Article,
    Author,
    ListingKind,
    Organisation,
    Person,
    Place,
    Revision,
    Section,
    Subject,
    Tag,
)
from articles.models.article_facets import list_of
from articles.models.page_address import page_address

DEEPEST = 50
"""The last further page of a list or discussion that is a file."""

_BATCH = 500
_FIXED = (
    "home",
    "home-feed",
    "archive",
    "tags",
    "places",
    "people",
    "organisations",
    "corrections",
    "corrections-feed",
    "sitemap-index",
    "news-sitemap",
    "robots",
    "security",
)
_LOCATION = re.compile(rb"<loc>([^<]+)</loc>")

# Which lists an entry must stand in to have a page that others lead to.
_ENTRIES: dict[Subject, tuple[type[Any], tuple[ListingKind, ...]]] = {
    Subject.SECTION: (Section, (ListingKind.SECTION,)),
    Subject.AUTHOR: (Author, (ListingKind.AUTHOR,)),
    Subject.TAG: (Tag, (ListingKind.TAG,)),
    Subject.PLACE: (Place, (ListingKind.PLACE, ListingKind.DATELINE)),
    Subject.PERSON: (Person, (ListingKind.PERSON,)),
    Subject.ORGANISATION: (Organisation, (ListingKind.ORGANISATION,)),
}
_OF_KIND = {kind: subject for subject, (_, kinds) in _ENTRIES.items() for kind in kinds}


def everything() -> Iterator[str]:
    """Every address of the site, but for further pages and sitemaps, which ``onward`` finds; some
    of them more than once. The archive is walked through, and never held in memory."""
    yield from map(_page, _FIXED)
    for month in Listing(ListingKind.ARCHIVE).months():
        yield from _of_month(month)
    last = 0
    while ids := _article_ids(last):
        yield from _of_articles(Article.objects.public().filter(pk__in=ids))
        last = ids[-1]
    for subject, (model, kinds) in _ENTRIES.items():
        for kind in kinds:
            last = 0
            while rows := _entries(listed(model.objects.filter(pk__gt=last), kind)):
                yield from _of_entries(subject, rows)
                last, _ = rows[-1]


def made_by(things: Iterable[Thing]) -> Iterator[str]:
    """The addresses that a change of these things may have brought into being."""
    articles: set[int] = set()
    entries: dict[Subject, set[int]] = {}
    for number, key in things:
        subject = Subject(number)
        if subject in (Subject.ARTICLE, Subject.DISCUSSION):
            articles.add(key)
        elif subject in _ENTRIES:
            entries.setdefault(subject, set()).add(key)
        elif subject == Subject.LIST:
            kind, entry = list_of(key)
            if of_kind := _OF_KIND.get(ListingKind(kind)):
                entries.setdefault(of_kind, set()).add(entry)
    for some in _batches(articles):
        yield from _of_articles(Article.objects.public().filter(pk__in=some))
    for subject, keys in entries.items():
        model, kinds = _ENTRIES[subject]
        for some in _batches(keys):
            for kind in kinds:
                rows = listed(model.objects.filter(pk__in=some), kind)
                yield from _of_entries(subject, _entries(rows))


def is_beyond_telling(things: Iterable[Thing]) -> bool:
    """Whether a change is of so much at once that only a walk through ``everything`` finds the
    addresses that it made."""
    kinds = {Subject.ARTICLE, *_ENTRIES}
    return any(key == EVERY and subject in kinds for subject, key in things)


def onward(address: str, body: bytes) -> list[str]:
    """The addresses to which a page leads that nothing else tells: that of its next page, and the
    sitemaps from their index."""
    path, _, query = address.partition("?")
    if path == _page("sitemap-index"):
        site = settings.SITE_URL.encode()
        found = (location.removeprefix(site) for location in _LOCATION.findall(body))
        return [one.decode() for one in found if one.startswith(b"/")]
    name, _, number = query.partition("=")
    following = int(number or 1) + 1
    if following > DEEPEST:
        return []
    ways = {"page": b'"?page=%d"', "comments": b'?comments=%d#comments"'}
    return [
        f"{path}?{parameter}={following}"
        for parameter, link in ways.items()
        if name in ("", parameter) and link % following in body
    ]


def _page(name: str, *arguments: str | int) -> str:
    return unquote(page_address(name, *arguments))


def _of_month(month: int) -> Iterator[str]:
    year, number = divmod(month, 100)
    for name, arguments in (("year", (year,)), ("month", (year, number))):
        yield _page(name, *arguments)
        yield _page(f"{name}-feed", *arguments)


def _article_ids(after: int) -> list[int]:
    public = Article.objects.public().filter(pk__gt=after).order_by("pk")
    return list(public.values_list("pk", flat=True)[:_BATCH])


def _of_articles(articles: QuerySet[Article]) -> Iterator[str]:
    """The pages of public articles, and of the days, months and years that they stand in."""
    days: set[date] = set()
    columns = ("pk", "path", "published_at", "revision", "comment_count")
    changed: dict[int, str] = {}
    for pk, path, published_at, revision, comments in articles.values_list(*columns):
        if not path or not published_at:
            continue
        yield path
        if comments:
            yield f"{path}feed/"
        if revision > 1:
            changed[pk] = path
        days.add(date(*map(int, path.split("/")[1:4])))
    for month in {day.year * 100 + day.month for day in days}:
        yield from _of_month(month)
    for day in days:
        yield _page("day", day.year, day.month, day.day)
        yield _page("day-feed", day.year, day.month, day.day)
    yield from _of_history(changed)


def _of_history(paths: dict[int, str]) -> Iterator[str]:
    """The record of the articles that changed before readers' eyes, and how they stood."""
    seen = Revision.objects.seen().filter(article__in=list(paths)).order_by("article", "number")
    numbers: dict[int, list[int]] = {}
    for article, number in seen.values_list("article", "number"):
        numbers.setdefault(article, []).append(number)
    for article, versions in numbers.items():
        if len(versions) > 1:
            yield f"{paths[article]}history/"
            yield from (f"{paths[article]}history/{number}/" for number in versions)


def _entries(rows: QuerySet[Any, Any]) -> list[tuple[int, str]]:
    return list(rows.order_by("pk").values_list("pk", "slug")[:_BATCH])


def _of_entries(subject: Subject, rows: Iterable[tuple[int, str]]) -> Iterator[str]:
    name = subject.name.lower()
    for _, slug in rows:
        yield _page(name, slug)
        yield _page(f"{name}-feed", slug)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]
