"""Makes of a line of a table what it says of a person. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from articles.importing.people.table import Cells
from articles.text.partial_dates import parse_partial

LONGEST = 200

# What each column may be headed, in lower case and without spaces.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("person", "name", "fullname", "personname", "personlabel", "holder"),
    "title": ("position", "title", "office", "role", "positionlabel"),
    "started": ("start", "from", "since", "startdate", "started"),
    "ended": ("end", "to", "until", "enddate", "ended"),
    "wikidata": ("personid", "wikidata", "wikidataid", "qid"),
    "organisation": ("organisation", "organization", "org", "party"),
    "place": ("place", "jurisdiction", "area"),
    "source": ("source", "reference", "url"),
}
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,18})")
# Wikidata writes the parts of a date that are not known as zeros, and a time that is none.
_TIME = re.compile(r"T[0-9:.]*Z?$")
_UNKNOWN = re.compile(r"(-00)+$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a line says: a person and, where there is a title, a position held."""

    name: str
    wikidata: str = ""
    title: str = ""
    started: tuple[date | None, str] = (None, "day")
    ended: tuple[date | None, str] = (None, "day")
    organisation: str = ""
    place: str = ""
    source: str = ""


def stated(line: Cells) -> Stated:
    """What ``line`` says. Raises ValueError with what is wrong with it."""
    said = {name: _cell(line, name) for name in COLUMNS}
    if not said["name"]:
        raise ValueError("names no person")
    if said["name"].startswith(("=", "+", "@", "-")):
        raise ValueError(f"“{said['name'][:40]}” is a formula, not a name")
    if not any(character.isalpha() for character in said["name"]):
        raise ValueError(f"“{said['name'][:40]}” is no name")
    number = _WIKIDATA.fullmatch(said["wikidata"]) if said["wikidata"] else None
    if said["wikidata"] and not number:
        raise ValueError(f"“{said['wikidata'][:40]}” is not a Wikidata number such as Q1362")
    started, ended = _date(said["started"], "start"), _date(said["ended"], "end")
    if started[0] and ended[0] and ended[0] < started[0]:
        if not _may_overlap(started, ended):
            raise ValueError("the position ends before it starts")
        # The day is not known: as early as it can be, and never told.
        ended = started[0], ended[1]
    if not said["title"] and (started[0] or ended[0]):
        raise ValueError("has dates and no position that they are of")
    return Stated(
        name=said["name"],
        wikidata=number[1] if number else "",
        title=said["title"],
        started=started,
        ended=ended,
        organisation=said["organisation"],
        place=said["place"],
        source=said["source"],
    )


def _cell(line: Cells, name: str) -> str:
    """The cell of a column, on one line. Raises ValueError when it cannot be what it should."""
    text = next((cell for head in COLUMNS[name] if (cell := line.cells.get(head, ""))), "")
    text = " ".join(text.split())
    longest = 500 if name == "source" else LONGEST
    if len(text) > longest:
        raise ValueError(f"the {name} has more than {longest} characters")
    if not text.isprintable() or "\ufffd" in text:
        raise ValueError(f"the {name} holds what is no text")
    return text


def _date(text: str, which: str) -> tuple[date | None, str]:
    plain = _UNKNOWN.sub("", _TIME.sub("", text.removeprefix("+")))
    try:
        return parse_partial(plain)
    except ValueError as error:
        raise ValueError(
            f"the {which}, “{text[:30]}”, is not a date such as 2006, 2006-05 or 2006-05-12"
        ) from error


def _may_overlap(started: tuple[date | None, str], ended: tuple[date | None, str]) -> bool:
    """Whether an end that is known less exactly than the start may still come after it: from May
    2006 until some time in 2006."""
    (start, _), (end, precision) = started, ended
    if start is None or end is None or precision == "day":
        return False
    return start.year == end.year and (precision == "year" or start.month == end.month)
