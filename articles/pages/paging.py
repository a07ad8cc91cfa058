"""Page numbers: read from the address, and the links to the other pages."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

# Where one is in a list, which is another list under other parameters.
_PLACES = ("page", "after", "before")
_NEIGHBOURS = 2
_LONGEST_NUMBER = 7


def page_number(request: HttpRequest) -> int:
    """The value of ``?page=``, 1 when it is not given. Raises Http404 for what is no page."""
    value = request.GET.get("page", "1")
    if not (value.isascii() and value.isdecimal() and len(value) <= _LONGEST_NUMBER):
        raise Http404("page is a whole number from 1")
    if not (number := int(value)):
        raise Http404("page is a whole number from 1")
    return number


class Choice(NamedTuple):
    """One of a few ways to see a page; ``address`` is that of the page seen so."""

    label: str
    address: str
    is_chosen: bool


def choices(request: HttpRequest, name: str, labels: dict[str, str]) -> list[Choice]:
    """The ways that parameter ``name`` offers, by its values; the first is the way without it.

    Raises Http404 when the request has another value.
    """
    default, *_ = labels
    chosen = request.GET.get(name, default)
    if chosen not in labels:
        raise Http404(f"{name} is one of {', '.join(labels)}")
    return [
        Choice(label, varied(request, **{name: "" if value == default else value}), value == chosen)
        for value, label in labels.items()
    ]


def varied(request: HttpRequest, **changes: str | int) -> str:
    """The address of this page, from its first part on, with other parameters; an empty value
    takes one away."""
    pairs = _kept(request, {*_PLACES, *changes})
    pairs += [(name, str(value)) for name, value in changes.items() if value != ""]
    return f"?{urlencode(pairs)}" if pairs else request.path


def numbered(request: HttpRequest, name: str) -> Callable[[int], str]:
    """What ``varied`` gives for each number that parameter ``name`` may have."""
    query = urlencode([*_kept(request, {*_PLACES, name}), (name, "")])
    return lambda number: f"?{query}{number}"


def _kept(request: HttpRequest, left_out: Collection[str]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in left_out
        for value in values
    ]


class PageLink(NamedTuple):
    """A link to a page; a gap where pages are left out has no number."""

    number: int | None
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The way from page ``number`` to the others; falsy when there is only one."""

    number: int
    page_count: int
    query: str

    @classmethod
    def of(cls, request: HttpRequest, number: int, page_count: int) -> "PageLinks":
        """Links that keep the request's other parameters."""
        return cls(number, page_count, urlencode(_kept(request, {"page"})))

    def __bool__(self) -> bool:
        return self.page_count > 1

    @property
    def previous(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self._address(self.number + 1) if self.number < self.page_count else ""

    def __iter__(self) -> Iterator[PageLink]:
        shown = {1, self.page_count} | {
            number
            for number in range(self.number - _NEIGHBOURS, self.number + _NEIGHBOURS + 1)
            if 1 <= number <= self.page_count
        }
        before = 0
        for number in sorted(shown):
            if number > before + 1:
                yield PageLink(None, "", False)
            yield PageLink(number, self._address(number), number == self.number)
            before = number

    def _address(self, number: int) -> str:
        parts = [part for part in (self.query, f"page={number}" if number > 1 else "") if part]
        return f"?{'&'.join(parts)}"
