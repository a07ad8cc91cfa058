"""Lines above an article that say who wrote it, and when it was published."""

import re
from typing import NamedTuple

_DAY = (
    r"(?P<date>[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4}|\d{4}-\d{2}-\d{2})"
)
_SAID_OF_DATE = r"(?:(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?:?\s+)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)"
_TIME = r"(?:[ ,|·–-]+(?:at )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?)"
_DATE_LINE = re.compile(
    rf"^(?:{_SAID_OF_DATE}|date:?\s*)?{_WEEKDAY}?{_DAY}{_TIME}?"
    rf"(?:[ |·–-]+{_SAID_OF_DATE}.{{1,40}})?(?:[ |·–-]+by\s+(?P<names>.{{3,100}}))?"
    r"(?:\s.{0,60}\b(?:\d+|no|leave a) comments?)?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"^by\s+(?P<names>[^!?:|·•]{{3,100}}?)(?:\s*[|·•,–—-]\s*{_WEEKDAY}?{_DAY}{_TIME}?)?$"
    r"|^(?:by\s+)?(?P<credited>[^!?:|·•]{3,100}?)"
    rf"(?:\s*[|·•]\s*{_SAID_OF_DATE}?|\s+{_SAID_OF_DATE})"
    rf"{_WEEKDAY}?{_DAY.replace('<date>', '<dated>')}\b.{{0,60}}$",
    re.IGNORECASE,
)
# Small words within names: de la Cruz, bin Salman, al-Assad.
_IN_NAMES = frozenset(
    {"de", "la", "del", "der", "den", "van", "von", "bin", "ibn", "al", "el", "e"}
)
_MOST_WORDS_OF_NAME = 5
_LONGEST = 200


class Credit(NamedTuple):
    """The authors and the date in a line, which may lack either."""

    authors: tuple[str, ...]
    date_words: str


def read_credit(line: str, following: str = "") -> Credit | None:
    """What ``line`` says of authors or date, if it says nothing else.

    A name by itself is an author's only if the line ``following`` it is a date.
    """
    if len(line) > _LONGEST:
        return None
    if match := _DATE_LINE.match(line):
        return Credit(_names(match["names"] or ""), match["date"])
    if match := _BYLINE.match(line):
        names = _names(match["names"] or match["credited"])
        return Credit(names, match["date"] or match["dated"] or "") if names else None
    if " " in line and _DATE_LINE.match(following) and len(names := _names(line)) == 1:
        return Credit(names, "")
    return None


def _names(words: str) -> tuple[str, ...]:
    """The names in a byline; none if these words are not all names."""
    names = [
        name.strip()
        for name in re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", words, flags=re.IGNORECASE)
        if name.strip()
    ]
    return tuple(names) if all(map(_is_name, names)) else ()


def _is_name(name: str) -> bool:
    words = name.split()
    return len(words) <= _MOST_WORDS_OF_NAME and all(
        not word[0].islower() or word.split("-")[0] in _IN_NAMES for word in words
    )
