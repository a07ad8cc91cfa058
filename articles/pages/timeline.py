"""Bars by year, each a link, for the page of anything that articles are listed under."""

import html
from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

HEIGHT = 64
_STEP = 10
_GAP = 2
# Pixels; what is broader than the page shrinks to it.
_NARROWEST = 280
_BROADEST_BAR = 28
_LOWEST = 3  # so that one article in a year of thousands elsewhere is still seen


class Bar(NamedTuple):
    """A year's bar, of a ``number`` of articles; ``height`` is 0 when it has none."""

    year: int
    number: int
    address: str
    height: int
    is_chosen: bool


class Timeline(NamedTuple):
    """What the template shows; ``bars`` has the years without articles too."""

    bars: list[Bar]

    @property
    def first(self) -> int:
        return self.bars[0].year

    @property
    def last(self) -> int:
        return self.bars[-1].year

    @property
    def svg(self) -> SafeString:
        """The bars. Not a template, which would take twenty times as long."""
        bars = "".join(
            _bar(bar, place * _STEP) for place, bar in enumerate(self.bars) if bar.number
        )
        units = len(self.bars) * _STEP - _GAP
        width = max(_NARROWEST, len(self.bars) * _BROADEST_BAR)
        return mark_safe(
            f'<svg viewBox="0 0 {units} {HEIGHT}" width="{width}" '
            f'preserveAspectRatio="none" role="group" aria-label="Articles by year">{bars}</svg>'
        )

    @property
    def years(self) -> SafeString:
        """The years that have articles, the latest first, as items of a list."""
        return mark_safe(
            "".join(
                f'<li><a href="{html.escape(bar.address)}">{bar.year}</a> {bar.number}</li>'
                for bar in reversed(self.bars)
                if bar.number
            )
        )


def timeline(
    years: Mapping[int, int], address: Callable[[int], str], chosen: int | None = None
) -> Timeline | None:
    """Bars for ``years`` (year to number of articles); None when there are fewer than two.

    ``address`` gives the page of a year's articles.
    """
    if len(years) < 2:
        return None
    peak = max(years.values())
    return Timeline(
        [
            Bar(year, count, address(year), _height(count, peak), year == chosen)
            for year in range(min(years), max(years) + 1)
            for count in [years.get(year, 0)]
        ]
    )


def _height(count: int, peak: int) -> int:
    return max(_LOWEST, round(count / peak * HEIGHT)) if count else 0


def _bar(bar: Bar, x: int) -> str:
    address = html.escape(bar.address)
    label = f"{bar.year}: {bar.number} {'article' if bar.number == 1 else 'articles'}"
    chosen = ' class="chosen" aria-current="true"' if bar.is_chosen else ""
    width = _STEP - _GAP
    return (
        f'<a href="{address}" aria-label="{label}"{chosen}>'
        f"<title>{bar.year}: {bar.number}</title>"
        f'<rect class="column" x="{x}" y="0" width="{width}" height="{HEIGHT}"/>'
        f'<rect x="{x}" y="{HEIGHT - bar.height}" width="{width}" height="{bar.height}"/></a>'
    )
