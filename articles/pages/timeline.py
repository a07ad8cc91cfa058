"""Bars by year, each a link, for the page of anything that articles are listed under."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

HEIGHT = 64
_STEP = 10
_GAP = 2
_LOWEST = 3  # so that one article in a year of thousands elsewhere is still seen


@dataclass(frozen=True, slots=True)
class Bar:
    year: int
    count: int
    address: str
    x: int
    y: int
    width: int
    height: int
    is_chosen: bool


class Timeline(NamedTuple):
    """What the template draws; ``bars`` has the years without articles too."""

    bars: list[Bar]
    width: int
    height: int

    @property
    def first(self) -> int:
        return self.bars[0].year

    @property
    def last(self) -> int:
        return self.bars[-1].year

    @property
    def filled(self) -> list[Bar]:
        """The years that have articles, the latest first."""
        return [bar for bar in reversed(self.bars) if bar.count]


def timeline(
    years: Mapping[int, int], address: Callable[[int], str], chosen: int | None = None
) -> Timeline | None:
    """Bars for ``years`` (year to number of articles); None when there are fewer than two.

    ``address`` gives the page of a year's articles.
    """
    if len(years) < 2:
        return None
    peak = max(years.values())
    bars = []
    for place, year in enumerate(range(min(years), max(years) + 1)):
        count = years.get(year, 0)
        height = max(_LOWEST, round(count / peak * HEIGHT)) if count else 0
        bars.append(
            Bar(
                year,
                count,
                address(year),
                place * _STEP,
                HEIGHT - height,
                _STEP - _GAP,
                height,
                year == chosen,
            )
        )
    return Timeline(bars, len(bars) * _STEP - _GAP, HEIGHT)
