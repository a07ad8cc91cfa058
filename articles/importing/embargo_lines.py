"""Lines that say until when copy must be held back, and the moment they mean."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dateutil import parser as dates
from django.utils.timezone import get_default_timezone

_LINE = re.compile(
    r"\W{0,6}(?:(?:strictly|under|under a|news|media)\s+)?"
    r"(?:embargo(?:ed)?(?:\s+(?:until|till|to|for|before|by|lifts?|ends?)\b|\s*[:–—-]|(?=\s+\d)|\W*$)|"
    r"sperrfrist\s*:|hold\s+(?:until|till|for)\b|"
    r"not\s+for\s+(?:publication|release|broadcast|use)\s+(?:before|until|till)\b)"
    r"(?:\s*:|\s+(?:release|publication|broadcast|use|at|until|till|not|before))*"
    r"(?P<moment>.*)",
    re.IGNORECASE,
)
_LONGEST = 120
# Names of zones that mean the same everywhere; PST and IST, for example, do not.
_HOURS_AHEAD = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "PKT": 5, "EST": -5, "EDT": -4,
}  # fmt: skip
_FOUR_DIGITS = re.compile(
    r"\b([01]\d|2[0-3])[.:]?([0-5]\d)\s?(?:hrs?|hours|h|uhr|(?=(?:GMT|UTC)\b))", re.IGNORECASE
)
# 3/1/2026 is a day in March or in January, 3.1.2026 always in January.
_SLASHED = re.compile(r"\d/\d{1,2}/\d")
_DOTTED = re.compile(r"\d\.\d{1,2}\.\d")
_NAMED_HOURS = (
    (re.compile(r"\b(?:12\s*)?noon\b", re.IGNORECASE), "12:00"),
    (re.compile(r"\b(?:12\s*)?midnight\b", re.IGNORECASE), "00:00"),
)


def read_embargo(line: str) -> str | None:
    """What ``line`` says of when its embargo ends, "" if it does not; None of any other line."""
    if len(line) > _LONGEST or not (match := _LINE.fullmatch(line.strip())):
        return None
    words = match["moment"].strip(" .,:;*#()[]–—-")
    # "Embargo for Iran was lifted." is news.
    return None if line.rstrip().endswith(".") and moment(words) is None else words


def moment(words: str) -> datetime | None:
    """The moment in ``words``, in the site's own time zone where they name none.

    None unless day, month and year are all there, and the zone is one whose name is not
    ambiguous; without an hour it is the beginning of the day.
    """
    for pattern, hour in _NAMED_HOURS:
        words = pattern.sub(hour, words)
    words = _FOUR_DIGITS.sub(r"\1:\2 ", words).replace("(", " ").replace(")", " ")
    if _SLASHED.search(words):
        return None
    day_first = bool(_DOTTED.search(words))
    try:
        read = {
            dates.parse(
                words,
                default=datetime(year, month, month),  # noqa: DTZ001
                dayfirst=day_first,
                tzinfos=_zone,
            )
            for year, month in ((1, 1), (2, 2))
        }
    except (ValueError, OverflowError):
        return None
    found = read.pop()
    if read:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=get_default_timezone())


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    if name is None and seconds is None:
        return None
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    if name in _HOURS_AHEAD:
        return timezone(timedelta(hours=_HOURS_AHEAD[name]))
    raise ValueError(f"{name} may be any of several time zones")
