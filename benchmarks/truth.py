"""How much of what agency copy names is linked, measured against marks that were made by hand.

``tests/linking/truth`` has the copy: ``development`` may be looked at while rules are written,
``held_out`` only as the two figures. The archive that reads it knows the packaged gazetteer and
the people and organisations of ``known.toml``.

A text begins with ``## `` and its title, then ``Dateline:`` and ``Date:``, then paragraphs. Marked
is every name: ``[[Quetta|place:quetta-pk]]`` for one that the archive knows, ``[[Aslam
Bhatti|person]]`` for one that it does not. A place is known by its name and country, and where
those are not enough, by its kind or its GeoNames number: ``kandahar-af/city``.
"""

import csv
import gzip
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from articles.gazetteer.load import PLACES_FILE
from articles.linking.analyse import find_mentions
from articles.linking.findings import Copy, FoundMention
from articles.linking.known import KnownOrganisation, KnownPerson, KnownPlace, NamedEntity
from articles.linking.names import Vocabulary
from articles.linking.positions import Held, days_of
from articles.models import DatePrecision, MentionState
from articles.text.slugs import slugify

FOLDER = Path(__file__).parent.parent / "tests" / "linking" / "truth"
DEVELOPMENT, HELD_OUT = "development", "held_out"

_MARK = re.compile(r"\[\[([^|\]]+)\|(\w+)(?::([^\]]+))?\]\]")
_FIELDS = ("Dateline: ", "Date: ")
_PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


class Mark(NamedTuple):
    """Words that name something, as the engine would say it. ``entity`` is the id, None for what
    the archive does not know."""

    paragraph: str
    start: int
    words: str
    kind: str
    entity: int | None


class MarkedCopy(NamedTuple):
    title: str
    copy: Copy
    marks: frozenset[Mark]


@dataclass(slots=True)
class Score:
    """How what was linked compares with the marks, a mention being what one article says of one
    entity; ``mistakes`` says which differ, for who may look."""

    right: int = 0
    wrong: int = 0
    known: int = 0
    found: int = 0
    suggested: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the linked mentions of which all words are marked so."""
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        """The share of the known entities marked in the articles that are linked there."""
        return self.found / (self.known or 1)

    @property
    def offered(self) -> float:
        """The share of them that is not linked, but suggested."""
        return self.suggested / (self.known or 1)


class World:
    """The gazetteer and the people and organisations of the truth, and what marks call them."""

    def __init__(self) -> None:
        self.entities: dict[tuple[str, str], int] = {}
        names: list[NamedEntity] = [*self._places()]
        known = tomllib.loads((FOLDER / "known.toml").read_text(encoding="utf-8"))
        names += self._organisations(known["organisation"])
        names += self._people(known["person"])
        self.vocabulary = Vocabulary.of(names)

    def id_of(self, kind: str, key: str) -> int:
        """Raises KeyError for a mark of what is not in this world, or is there twice."""
        return self.entities[kind, key]

    def _places(self) -> Iterator[NamedEntity]:
        with gzip.open(PLACES_FILE, "rt", encoding="utf-8", newline="") as file:
            rows = {row["geonameid"]: row for row in csv.DictReader(file)}
        places: dict[str, KnownPlace] = {}
        twice: set[tuple[str, str]] = set()
        for number in rows:
            place = _place(number, rows, places)
            plain = f"{slugify(place.name)}-{rows[number]['country'].lower()}"
            for key in (plain, f"{plain}/{place.kind}", f"{plain}/{number}"):
                if self.entities.setdefault(("place", key), place.id) != place.id:
                    twice.add(("place", key))
            yield place.name, place
            for other in filter(None, rows[number]["names"].split("|")):
                yield other.partition(":")[2], place
        for ambiguous in twice:
            del self.entities[ambiguous]

    def _organisations(self, rows: Mapping[str, Any]) -> Iterator[NamedEntity]:
        for pk, (key, row) in zip(count(1), rows.items(), strict=False):
            self.entities["organisation", key] = pk
            for name in row["names"]:
                is_common = name in row.get("common", ())
                yield name, KnownOrganisation(pk, row["names"][0], is_common)

    def _people(self, rows: Mapping[str, Any]) -> Iterator[NamedEntity]:
        for pk, (key, row) in zip(count(1), rows.items(), strict=False):
            self.entities["person", key] = pk
            positions = tuple(map(self._position, row["positions"]))
            for name in row["names"]:
                is_common = name in row.get("common", ())
                yield name, KnownPerson(pk, row["names"][0], positions, is_common)

    def _position(self, row: Mapping[str, str]) -> Held:
        return Held(
            row["title"],
            _days(row.get("from", "")),
            _days(row.get("to", "")),
            self.id_of("organisation", row["organisation"]) if "organisation" in row else None,
            self.id_of("place", row["place"]) if "place" in row else None,
        )


def read(part: str, world: World) -> Iterator[MarkedCopy]:
    """The marked copy of a part. Raises KeyError naming a mark that the world does not have."""
    for path in sorted((FOLDER / part).glob("*.txt")):
        for text in path.read_text(encoding="utf-8").split("## ")[1:]:
            yield _read_text(text, world)


def score(copies: Iterable[MarkedCopy], world: World) -> Score:
    """Link the copies, and compare."""
    total = Score()
    for title, copy, marks in copies:
        _compare(title, find_mentions(copy, world.vocabulary).mentions, marks, total)
    return total


def _compare(
    title: str, found: Iterable[FoundMention], marks: frozenset[Mark], total: Score
) -> None:
    wanted = {(mark.kind, mark.entity) for mark in marks if mark.entity is not None}
    linked: set[tuple[str, int | None]] = set()
    suggested: set[tuple[str, int | None]] = set()
    for mention in found:
        key = (mention.kind.value, mention.entity_id)
        if mention.state is MentionState.SUGGESTED:
            suggested.add(key)
            continue
        linked.add(key)
        strange = {Mark(*each, *key) for each in mention.occurrences} - marks
        total.right += not strange
        total.wrong += bool(strange)
        total.mistakes += [f"{title}: linked {mark}" for mark in sorted(strange, key=str)]
    total.known += len(wanted)
    total.found += len(wanted & linked)
    total.suggested += len((wanted - linked) & suggested)
    total.mistakes += [f"{title}: missed {key}" for key in sorted(wanted - linked, key=str)]


def _read_text(text: str, world: World) -> MarkedCopy:
    title, *lines = text.strip().splitlines()
    fields = dict(
        line.split(": ", 1) for line in lines if line.startswith(("Dateline: ", "Date: "))
    )
    marks: list[Mark] = []

    def unmarked(marked: str, paragraph: str) -> str:
        plain = ""
        end = 0
        for match in _MARK.finditer(marked):
            plain += marked[end : match.start()]
            words, kind, key = match.groups()
            entity = world.id_of(kind, key) if key else None
            marks.append(Mark(paragraph, len(plain), words, kind, entity))
            plain += words
            end = match.end()
        return plain + marked[end:]

    paragraphs = [line for line in lines if line.strip() and not line.startswith(_FIELDS)]
    blocks = [
        (f"p{number}", unmarked(line, f"p{number}")) for number, line in enumerate(paragraphs, 1)
    ]
    dateline = unmarked(fields.get("Dateline", ""), "")
    day = date.fromisoformat(fields["Date"]) if "Date" in fields else None
    return MarkedCopy(title, Copy(tuple(blocks), dateline=dateline, day=day), frozenset(marks))


def _place(
    number: str, rows: Mapping[str, Mapping[str, str]], places: dict[str, KnownPlace]
) -> KnownPlace:
    """A place of the gazetteer, made after those it lies in."""
    if number not in places:
        row = rows[number]
        parent = _place(row["parent"], rows, places) if row["parent"] else None
        places[number] = KnownPlace(
            int(number),
            row["name"],
            row["kind"],
            int(row["population"] or 0),
            row["common_word"] == "1",
            (parent, *parent.containers) if parent else (),
        )
    return places[number]


def _days(text: str) -> tuple[date, date] | None:
    """The days that "2010", "2010-03" or "2010-03-15" may mean."""
    if not text:
        return None
    return days_of(date.fromisoformat(f"{text}-01-01"[:10]), _PRECISIONS[len(text)])
