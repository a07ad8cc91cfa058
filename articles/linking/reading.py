"""Reading a paragraph: which of its capitalised words are names, of what, under which title.

Takes each run of capitalised words apart: a title in front, known names, the form of an
organisation, or what hides the names in it. Nothing here looks beyond the paragraph.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from articles.linking.known import Known, KnownPerson, KnownPlace
from articles.linking.lexicon import (
    COURTESIES,
    MASKING_HEADS,
    NAMESAKE_HEADS,
    ORGANISATION_WORDS,
    PLACE_NOUNS,
    TITLE_HEADS,
    TITLE_MODIFIERS,
)
from articles.linking.matching import Match
from articles.linking.organisations import Form, form_of
from articles.linking.proper_names import Run, find_runs
from articles.linking.titles import title_after, title_before
from articles.models import PlaceKind

KnownMatch: TypeAlias = Match[Known]


class Sort(Enum):
    KNOWN = "a name of the vocabulary"
    INSIDE = "such a name inside a longer one that is not known"
    PERSON = "somebody, by a title"
    ORGANISATION = "an organisation, by its form"
    UNREAD = "capitalised words that by themselves say nothing"


class Name(NamedTuple):
    """A name in a paragraph. ``lead`` is where its title begins, or else ``start``."""

    sort: Sort
    run: Run
    start: int
    end: int
    lead: int
    values: tuple[Known, ...] = ()
    title: str = ""
    is_certain: bool = True

    @property
    def text(self) -> str:
        return self.run.text[self.start : self.end]


def read_names(text: str, matches: Sequence[KnownMatch]) -> tuple[list[Name], list[Run]]:
    """The names in ``text``, in order; ``matches`` are those of the vocabulary in it.

    Apart from them come the single words of which nothing is known and which bear no title: most
    only begin a sentence, and those alone matter that are somebody’s surname (see ``unread``).
    """
    names: list[Name] = []
    loose: list[Run] = []
    unclaimed = dict.fromkeys(matches)
    starts, ends = [match.start for match in matches], [match.end for match in matches]
    for run in find_runs(text):
        start, end = run.start, run.end
        first = bisect_right(ends, start)
        touching = matches[first : bisect_left(starts, end, first)] if first < len(ends) else ()
        for match in touching:
            unclaimed.pop(match, None)
        if len(touching) == 1 and touching[0][:2] == (start, end):
            names.append(_with_title(_known(run, touching[0])))
        elif touching or len(run.words) > 1:
            names.extend(_RunReader(run, touching).names())
        else:
            name = _with_title(_name(Sort.UNREAD, run)) if not run.begins_sentence else None
            if name is None or name.sort is Sort.UNREAD:
                loose.append(run)
            else:
                names.append(name)
    # In a script without capitals, or beginning with a small letter: al-Qaeda.
    names.extend(_known(Run((), text), match) for match in unclaimed)
    names.sort(key=attrgetter("start"))
    return list(_once(names)), loose


def unread(run: Run) -> Name:
    """A word of which nothing is known, as a name."""
    return _name(Sort.UNREAD, run)


def _once(names: Iterable[Name]) -> Iterator[Name]:
    before: Name | None = None
    for name in names:
        if (
            before is None
            or (name.start, name.end) != (before.start, before.end)
            or name.sort is not before.sort
        ):
            yield name
        before = name


class _RunReader:
    """One run of capitalised words with the known names that touch it."""

    def __init__(self, run: Run, matches: Sequence[KnownMatch]) -> None:
        self.run = run
        self.matches = matches
        self.covered = {
            index
            for index, word in enumerate(run.words)
            if any(match.start < word.end and match.end > word.start for match in matches)
        }

    def names(self) -> Iterator[Name]:
        if len(self.covered) == len(self.run.words):
            yield from (_with_title(_known(self.run, match)) for match in self.matches)
            return
        count = self._title_words()
        if count and not self._is_namesake():
            yield from self._office(count)
            yield from self._office_holder(count)
        else:
            yield from self._open()

    def _part(self, first: int, last: int | None = None) -> "_RunReader":
        run = self.run.part(first, last)
        inside = [
            match for match in self.matches if match.start < run.end and match.end > run.start
        ]
        return _RunReader(run, inside)

    # --- Titles ------------------------------------------------------------------------------

    def _title_words(self) -> int:
        """How many words in front of a name are its title; 0 if there is no title or no name."""
        words = self.run.words
        if words[-1].lower in _HEADS and len(words) - 1 not in self.covered:
            return 0
        for index in range(len(words) - 1, 0, -1):
            if index - 1 in self.covered or words[index - 1].lower not in _HEADS:
                continue
            place_end = self._end_of_place(index)
            if place_end:
                return place_end
            if not self.run.joint(index):
                return index
        return 0

    def _end_of_place(self, index: int) -> int:
        """The word after the place of an office: President of Pakistan | Asif Ali Zardari."""
        start = self.run.words[index].start
        match = next((match for match in self.matches if match.start == start), None)
        if match is None or not _is_writ(match):
            return 0
        after = next((i for i, word in enumerate(self.run.words) if word.start >= match.end), 0)
        return after if len(self.run.words) - after >= 2 and not self.run.joint(after) else 0

    def _is_namesake(self) -> bool:
        """King Abdulaziz University, Justice Department: not a king, not a justice."""
        first = self.run.words[0].lower
        return first in NAMESAKE_HEADS and form_of(self.run) is not Form.OPEN

    def _office(self, count: int) -> Iterator[Name]:
        """The names in a title: Balochistan in Balochistan Chief Minister."""
        front = self._part(0, count)
        heads = [index for index in range(count) if front.run.words[index].lower in _HEADS]
        if heads[0] > 1 and form_of(self.run.part(0, heads[0])) in _ORGANISATIONS:
            yield from self._part(0, heads[0]).names()
        else:
            yield from (_known(front.run, match) for match in front.matches)

    def _office_holder(self, count: int) -> Iterator[Name]:
        holder = self._part(count)
        title = self._title(count)
        is_strong = any(word.lower in TITLE_HEADS for word in self.run.words[:count])
        if len(holder.covered) == len(holder.run.words):
            for match in holder.matches:
                yield holder.after_title(match, title, self.run.start)
        elif form_of(holder.run) is not Form.OPEN:
            yield from holder.names()
        elif is_personal(holder.run):
            certain = is_strong and len(holder.run.words) > 1
            yield _name(
                Sort.PERSON, holder.run, title=title, lead=self.run.start, is_certain=certain
            )
        else:
            yield from holder.names()

    def after_title(self, match: KnownMatch, title: str, lead: int) -> Name:
        """A known name after a title: its bearer's, or as in "Governor Balochistan" a place's."""
        people = tuple(value for value in match.values if isinstance(value, KnownPerson))
        if people:
            return _name(Sort.KNOWN, self.run, match, values=people, title=title, lead=lead)
        if _is_writ(match) or not any(isinstance(value, KnownPlace) for value in match.values):
            return _known(self.run, match)
        return _name(Sort.PERSON, self.run, title=title, lead=lead, is_certain=False)

    def _title(self, count: int) -> str:
        """As printed, without a courtesy after an office: Chief Minister Mir | Sarfraz Bugti."""
        last = count
        while last > 1 and self.run.words[last - 1].lower in COURTESIES:
            last -= 1
        return str(self.run.part(0, last))

    # --- Names without a title -----------------------------------------------------------------

    def _open(self) -> Iterator[Name]:
        form = form_of(self.run)
        if form in _ORGANISATIONS:
            yield _name(Sort.ORGANISATION, self.run, is_certain=form is Form.CERTAIN)
        elif form is Form.OPEN:
            if self._says_what_places_are():
                yield from (_known(self.run, match) for match in self.matches)
                return
            unread = _with_title(_name(Sort.UNREAD, self.run))
            yield unread
            if unread.sort is Sort.UNREAD:
                for match in self.matches:
                    yield _name(Sort.INSIDE, self.run, match, is_certain=False)

    def _says_what_places_are(self) -> bool:
        """Whether the words beside known names only say what they are: Quetta City, Government of
        Balochistan, Prime Minister of Pakistan."""
        rest = {
            word.lower for index, word in enumerate(self.run.words) if index not in self.covered
        }
        return bool(self.matches) and (
            rest <= PLACE_NOUNS or (rest <= _IN_TITLES and not rest.isdisjoint(_HEADS))
        )


_HEADS = TITLE_HEADS | COURTESIES
_IN_TITLES = _HEADS | TITLE_MODIFIERS
_ORGANISATIONS = frozenset({Form.CERTAIN, Form.LIKELY})
_NOT_IN_PEOPLES_NAMES = ORGANISATION_WORDS | PLACE_NOUNS | MASKING_HEADS - {
    "park", "hill", "bill", "church", "law", "price", "day", "lane", "bay", "rivers", "rovers",
    "forest", "garden", "temple", "castle", "market", "street", "base", "award",
}  # fmt: skip
_LONGEST_PERSONAL_NAME = 5
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY, PlaceKind.DIVISION})


def is_personal(run: Run) -> bool:
    """Whether ``run`` may be somebody's name: no institution's word in it, no acronym."""
    if len(run.words) > _LONGEST_PERSONAL_NAME:
        return False
    if any(run.joint(index).startswith("of") for index in range(1, len(run.words))):
        return False
    shouted = str(run).isupper()
    return not any(
        word.lower in _NOT_IN_PEOPLES_NAMES
        or (word.text.isupper() and len(word.text) > 2 and not shouted)
        for word in run.words
    )


def _is_writ(match: KnownMatch) -> bool:
    """Whether an office may be named after it: a country, a province."""
    return any(isinstance(value, KnownPlace) and value.kind in _WIDE for value in match.values)


def _known(run: Run, match: KnownMatch) -> Name:
    return _name(Sort.KNOWN, run, match)


def _with_title(name: Name) -> Name:
    """``name`` with the title that the words before or after its run give it, if any."""
    run = name.run
    is_person = any(isinstance(value, KnownPerson) for value in name.values)
    if name.sort is Sort.KNOWN and not is_person:
        return name
    if name.sort is Sort.UNREAD and not (is_personal(run) and form_of(run) is Form.OPEN):
        return name
    before = title_before(run.text, name.start, name.end)
    title = before or title_after(run.text, name.end)
    if title is None:
        return name
    lead = before.start if before else name.start
    if name.sort is Sort.KNOWN:
        people = tuple(value for value in name.values if isinstance(value, KnownPerson))
        return _name(
            Sort.KNOWN,
            run,
            Match(name.start, name.end, people),
            values=people,
            title=title.text,
            lead=lead,
        )
    certain = title.is_strong and len(run.words) > 1
    if before is None and not certain:
        return name
    return _name(Sort.PERSON, run, title=title.text, lead=lead, is_certain=certain)


def _name(
    sort: Sort,
    run: Run,
    match: KnownMatch | None = None,
    *,
    values: tuple[Known, ...] = (),
    title: str = "",
    lead: int | None = None,
    is_certain: bool = True,
) -> Name:
    start, end = (match.start, match.end) if match else (run.start, run.end)
    return Name(
        sort,
        run,
        start,
        end,
        start if lead is None else lead,
        values or (match.values if match else ()),
        title,
        is_certain,
    )
