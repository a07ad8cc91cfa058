"""The record of an article's changes in place of the admin's own log. Nobody edits that."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse

from articles.admin.article.desk_page import article_page, draw
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.differences import DESK_SEES, told
from articles.editing.rules import Action
from articles.editing.snapshots import pictures
from articles.models import Article, Revision
from articles.text.body import clean, identify
from articles.text.language import direction

PAGE_SIZE = 50

# Headline and summary stand above the text.
_BESIDE = {name: label for name, label in DESK_SEES.items() if name not in {"headline", "summary"}}


class Stretch(NamedTuple):
    """Versions that follow one another, newest first; those of trifles are folded together."""

    is_minor: bool
    versions: list[Revision]


@article_page(Action.READ)
def history(request: HttpRequest, article: Article) -> HttpResponse:
    """Who changed an article, when and why, newest first; ``?up_to=`` is the first one shown."""
    up_to = _up_to(request)
    versions = article.revisions.defer("snapshot").order_by("-number")
    if up_to is not None:
        versions = versions.filter(number__lte=up_to)
    found = list(versions[: PAGE_SIZE + 1])
    if up_to is not None and not found:
        raise Http404("There are no such versions.")
    shown = found[:PAGE_SIZE]
    return draw(
        request,
        "object_history",
        article,
        "History",
        stretches=_stretches(shown),
        seen=_seen(article, shown),
        newest=shown[0].number if shown else 0,
        before=_before(shown),
        newer=_newer(article, up_to),
        older=found[PAGE_SIZE].number if len(found) > PAGE_SIZE else None,
        public_path=article.path if article.is_public() else "",
    )


@article_page(Action.READ)
def version(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    """The article as it stood after one change."""
    found = version_of(article, number)
    snapshot = found.snapshot
    return draw(
        request,
        "version",
        article,
        f"Version {number}",
        version=found,
        was_seen=bool(_seen(article, [found])),
        snapshot=snapshot,
        told=told(snapshot, pictures([snapshot]), _BESIDE),
        # An old snapshot was made under the rules of its time, so today's are applied again.
        body=identify(clean(snapshot["body"])),
        direction=direction(snapshot["language"]),
        can_restore=(
            number != article.revision and rules.may(editor(request), Action.EDIT, article)
        ),
    )


def version_of(article: Article, number: int) -> Revision:
    """Version ``number`` of an article. Raises Http404 when there is none."""
    found = article.revisions.filter(number=number).first()
    if found is None:
        raise Http404(f"There is no version {number}.")
    return found


def _up_to(request: HttpRequest) -> int | None:
    value = request.GET.get("up_to")
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise Http404("up_to is the number of a version.")
    return int(value)


def _newer(article: Article, up_to: int | None) -> int | None:
    """Where the page of the newer versions begins."""
    if up_to is None or up_to >= article.revision:
        return None
    return min(up_to + PAGE_SIZE, article.revision)


def _before(versions: list[Revision]) -> int:
    """The version to compare the newest with unless another is chosen: the last one before it
    that is in sight; 0 when there is none."""
    others = versions[1:]
    in_sight = (version.number for version in others if not version.is_minor)
    return next(in_sight, others[0].number if others else 0)


def _stretches(versions: Iterable[Revision]) -> list[Stretch]:
    grouped = groupby(versions, key=lambda version: version.is_minor)
    return [Stretch(is_minor, list(group)) for is_minor, group in grouped]


def _seen(article: Article, versions: list[Revision]) -> set[int]:
    """The numbers of those versions that readers saw."""
    numbers = [version.number for version in versions]
    seen = Revision.objects.seen().filter(article=article, number__in=numbers)
    return set(seen.values_list("number", flat=True))
