"""Leafs through a long index: forward from a name, or back from one, at the same cost anywhere."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.http import Http404, HttpRequest

from articles.pages.paging import varied

Row = TypeVar("Row")

PAGE_SIZE = 120


class Leaf(NamedTuple):
    """The addresses of what comes before and after; empty where nothing does."""

    previous: str
    next: str


def leaf(
    request: HttpRequest, read: Callable[[str, bool], list[Row]], slug: Callable[[Row], str]
) -> tuple[list[Row], Leaf]:
    """The rows after ``?after=``, or before ``?before=``, and the way on.

    ``read`` takes a slug, empty for the start, and whether to go backwards from it; it gives the
    rows next to it in their order, up to ``PAGE_SIZE`` and one. Raises Http404 past the ends.
    """
    # No slug has a NUL, and PostgreSQL refuses to look for one.
    before, after = (request.GET.get(name, "").replace("\0", "") for name in ("before", "after"))
    found = read(before or after, bool(before))
    has_more = len(found) > PAGE_SIZE
    rows = found[-PAGE_SIZE:] if before else found[:PAGE_SIZE]
    if not rows:
        if before or after:
            raise Http404("there is nothing further")
        return [], Leaf("", "")
    has_previous, has_next = (has_more, True) if before else (bool(after), has_more)
    return rows, Leaf(
        varied(request, before=slug(rows[0])) if has_previous else "",
        varied(request, after=slug(rows[-1])) if has_next else "",
    )
