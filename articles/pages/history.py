"""The public record of an article: what changed and when, and how it stood at each time."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime

from articles.editing.differences import Change, changes
from articles.editing.snapshots import pictures
from articles.freshness import shows
from articles.models import Article, Correction, Revision, Subject
from articles.pages.addresses import elsewhere
from articles.pages.dateline import run_in
from articles.pages.indexing import unless_deindexed
from articles.pages.paging import PageLinks, page_number
from articles.pages.pictures import with_renditions
from articles.pages.standfirst import standfirst
from articles.text.body import clean, identify
from articles.text.language import direction

PAGE_SIZE = 10

OFFERED = 200
"""The newest versions, offered for comparing; older ones can be asked for by their numbers."""


class Version(NamedTuple):
    """A version that readers saw, and what it changed in the one before; None for the first."""

    revision: Revision
    changes: list[Change] | None

    @property
    def is_folded(self) -> bool:
        return self.revision.is_minor and self.changes is not None


class Stretch(NamedTuple):
    """Versions that follow one another, newest first; the minor ones are folded together."""

    is_folded: bool
    versions: list[Version]


def history(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The revisions that readers could see, newest first, with what each changed; or, with
    ``?from=`` and ``?to=``, two of them compared."""
    article = _article(request.path_info.removesuffix("history/"))
    if article is None:
        return elsewhere(request, "history/")
    if "from" in request.GET or "to" in request.GET:
        return unless_deindexed(_comparison(request, article), article)
    number = page_number(request)
    revisions = article.revisions.public()
    shared = _shared(article, revisions)
    count = len(shared["choices"])
    if count == OFFERED:
        count = revisions.count()
    first = (number - 1) * PAGE_SIZE
    found = list(revisions.order_by("-number")[first : first + PAGE_SIZE + 1])
    if number > 1 and not found:
        raise Http404("there is no such page")
    context = {
        **shared,
        "times_changed": max(count - 1, 0),
        "stretches": _stretches(_versions(found)[:PAGE_SIZE]),
        "corrections": list(Correction.objects.filter(article=article)),
        "links": PageLinks.of(request, number, -(-count // PAGE_SIZE)),
    }
    return unless_deindexed(render(request, "articles/pages/history.html", context), article)


def revision(
    request: HttpRequest, year: int, month: int, day: int, slug: str, number: int
) -> HttpResponse:
    """The article as it stood at revision ``number``."""
    below = f"history/{number}/"
    article = _article(request.path_info.removesuffix(below))
    if article is None:
        return elsewhere(request, below)
    found = article.revisions.public().filter(number=number).first()
    if found is None:
        raise Http404("readers never saw such a version")
    snapshot = found.snapshot
    # An old snapshot was made under the rules of its time, so today's are applied again.
    body = identify(clean(snapshot["body"]))
    context = {
        "article": article,
        "revision": found,
        "snapshot": snapshot,
        "standfirst": standfirst(snapshot["summary"], body),
        "body": with_renditions(
            run_in(body, escape(snapshot["dateline"] or snapshot["dateline_place"]))
        ),
        "direction": direction(snapshot["language"]),
        "is_present": found.number == article.revision,
        "canonical": f"{article.path}{below}",
    }
    return unless_deindexed(render(request, "articles/pages/revision.html", context), article)


def _comparison(request: HttpRequest, article: Article) -> HttpResponse:
    """Two versions side by side; 404, with the versions there are, when one of them is none."""
    revisions = article.revisions.public()
    asked = sorted(_numbers(request))
    found = list(revisions.filter(number__in=asked).order_by("number"))
    is_one = len(asked) == 2 and asked[0] == asked[1] and bool(found)
    context = {
        **_shared(article, revisions),
        "found": found if len(found) == 2 else [],
        "changes": (_versions(found[::-1])[0].changes or []) if len(found) == 2 else [],
        "is_one": is_one,
        "asked": asked,
    }
    status = 200 if is_one or len(found) == 2 else 404
    return render(request, "articles/pages/comparison.html", context, status=status)


def _shared(article: Article, revisions: QuerySet[Revision]) -> dict[str, Any]:
    """What both pages show: the article, and the form to choose two versions in."""
    newest = revisions.order_by("-number").values_list("number", "created_at")[:OFFERED]
    return {
        "article": article,
        "direction": direction(article.language),
        "choices": [
            (number, f"Version {number}, {date_format(localtime(moment), 'j M Y, H:i')}")
            for number, moment in newest
        ],
        "canonical": f"{article.path}history/",
    }


def _numbers(request: HttpRequest) -> list[int]:
    """The numbers that the address asks for, those that can be numbers of versions."""
    given = (request.GET.get("from", ""), request.GET.get("to", ""))
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 10]


def _versions(revisions: list[Revision]) -> list[Version]:
    """The revisions, newest first, with what each changed in the next of them."""
    shown = pictures(revision.snapshot for revision in revisions)
    return [
        Version(revision, changes(older.snapshot, revision.snapshot, shown) if older else None)
        for revision, older in zip(revisions, [*revisions[1:], None], strict=True)
    ]


def _stretches(versions: Iterable[Version]) -> list[Stretch]:
    grouped = groupby(versions, key=lambda version: version.is_folded)
    return [Stretch(is_folded, list(group)) for is_folded, group in grouped]


def _article(path: str) -> Article | None:
    columns = ("headline", "path", "language", "revision", "public_from", "deindexed_at")
    article = Article.objects.public().filter(path=path).only(*columns).first()
    if article:
        shows(Subject.ARTICLE, article.pk)
    return article
