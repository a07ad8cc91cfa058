"""The vocabulary: every name of every place, person and organisation that the archive knows.

It is read with a few queries, kept for the process, and read again when one query shows that the
tables have changed. What linking itself creates is added without reading the rest again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import models

from articles.linking.known import Known, KnownPlace, NamedEntity
from articles.linking.matching import Match, NameMatcher
from articles.linking.stored_names import TABLES, TableState, read_names, read_state

# More than these and the automaton of everything is built anew instead.
_MOST_RECENT_NAMES = 5000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names in one matcher, with the few that were added since it was built in another."""

    matcher: NameMatcher[Known]
    places: dict[int, KnownPlace] = field(default_factory=dict)
    recent: tuple[NamedEntity, ...] = ()
    recent_matcher: NameMatcher[Known] | None = None

    @classmethod
    def of(cls, names: Iterable[NamedEntity]) -> Vocabulary:
        names = list(names)
        places = {known.id: known for _, known in names if isinstance(known, KnownPlace)}
        return cls(NameMatcher(names), places)

    def with_added(self, names: Sequence[NamedEntity]) -> Vocabulary:
        recent = (*self.recent, *names)
        return Vocabulary(self.matcher, self.places, recent, NameMatcher(recent))

    def find(self, text: str) -> list[Match[Known]]:
        """The known names in ``text``, the longest at each place, whatever they are names of."""
        found = self.matcher.find(text)
        if self.recent_matcher is None or not (added := self.recent_matcher.find(text)):
            return found
        return list(_longest([*found, *added]))


def current() -> Vocabulary:
    """The vocabulary as it now stands in the database: one query when nothing has changed."""
    state = read_state()
    if _Kept.vocabulary is None or _Kept.state != state:
        _Kept.vocabulary, _Kept.state = Vocabulary.of(read_names()), state
    return _Kept.vocabulary


def place_test() -> Callable[[str], bool]:
    """A test of whether the archive knows a name as a place's, as of now.

    One that is also an ordinary word must be in capitals: "Hub: a centre of trade" is no dateline.
    """
    vocabulary = current()

    def is_place(name: str) -> bool:
        shouted = name == name.upper()
        return any(
            isinstance(known, KnownPlace) and (shouted or not known.is_common_word)
            for match in vocabulary.find(name)
            if (match.start, match.end) == (0, len(name))
            for known in match.values
        )

    return is_place


def extend(created: Sequence[NamedEntity], rows: dict[type[models.Model], int]) -> None:
    """Add what the caller has just created, ``rows`` of it in each table, to ``current()``.

    Should anything else have changed meanwhile, the next ``current()`` reads all of it.
    """
    vocabulary, before = _Kept.vocabulary, _Kept.state
    if vocabulary is None:
        return
    after = read_state()
    expected = [
        state.rows + rows.get(table, 0) for table, state in zip(TABLES, before, strict=True)
    ]
    has_room = len(vocabulary.recent) + len(created) <= _MOST_RECENT_NAMES
    if has_room and [state.rows for state in after] == expected:
        _Kept.vocabulary, _Kept.state = vocabulary.with_added(created), after


class _Kept:
    """The vocabulary of this process and the state of the tables that it was read from."""

    vocabulary: Vocabulary | None = None
    state: tuple[TableState, ...] = ()


def _longest(matches: list[Match[Known]]) -> Iterator[Match[Known]]:
    """Of overlapping matches the first and longest; of equal ones, the values of both."""
    matches.sort(key=lambda match: (match.start, -match.end))
    kept: Match[Known] | None = None
    for match in matches:
        if kept is None or match.start >= kept.end:
            if kept is not None:
                yield kept
            kept = match
        elif match[:2] == kept[:2]:
            kept = Match(kept.start, kept.end, kept.values + match.values)
    if kept is not None:
        yield kept
