"""Runs of capitalised words: the proper names of a text, known or not.

The longest name wins: "China" inside the run "China–Pakistan Economic Corridor" is not the
country. Scripts without capitals have no runs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.linking.lexicon import (
    ABBREVIATIONS,
    CALENDAR,
    FOLLOWINGS,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    MASKING_LEADS,
    ORGANISATION_LEADS,
    PLACE_NOUNS,
    PREFIXES,
    TITLE_HEADS,
)

_LAST_CASED = 0x2E00


def _capitals() -> str:
    """The capital letters of all scripts, as a character class."""
    ranges: list[list[int]] = []
    for code in filter(lambda code: chr(code).isupper(), range(_LAST_CASED)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in ranges)}]"


CAPITAL = _capitals()

_ABBREVIATION = "|".join(sorted({word.capitalize() for word in ABBREVIATIONS}, key=len)[::-1])
# A word of a name: O'Brien, McDonald, U.S., "J." and "Gen." with their dot. The possessive is no
# part of it, except in People’s Party, Women’s Forum and the like.
_WORD = (
    rf"(?:(?:{CAPITAL}\.){{2,}}|(?:{_ABBREVIATION}|{CAPITAL})\.(?=\s)"
    rf"|(?:People|Women|Children|King|Queen|Lawyer|Farmer|Worker)(?:['’]s|s['’])(?=[ ]{CAPITAL})"
    rf"|{CAPITAL}\w*(?:['’](?![sS]\b)\w+)*)"
)
# What joins two words of one name: a space, one dash without spaces, or a particle.
_PARTICLE = r"(?:of the|of|de la|de los|de|del|della|des|du|da|dos|van der|van|von|bin|ibn)"
_JOIN = (
    rf"(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]|(?:al|el|ul|ur|un|ud|ut)-)?"
    rf"|[-–‑](?:(?:e|i|o|ul|ut|us|ur|ud|un|al|el)-)?)"
)
# More words in capitals are a list or a shout, and no name.
_LONGEST_RUN = 30
_BEGINNING = rf"{CAPITAL}(?<![\w'’.@#].)\w*"
_RUN = rf"{_WORD}(?:{_JOIN}{_WORD}){{0,{_LONGEST_RUN}}}"


class _Patterns(NamedTuple):
    """Where a run may begin, a run, and a word of one."""

    beginning: re.Pattern[str]
    run: re.Pattern[str]
    word: re.Pattern[str]

    @classmethod
    def of(cls, capital: str) -> "_Patterns":
        """For texts of which the capitals are in the class ``capital``."""
        return cls(
            *(re.compile(part.replace(CAPITAL, capital)) for part in (_BEGINNING, _RUN, _WORD))
        )


_ANY = _Patterns.of(CAPITAL)
# Several times as fast as the class of all the capitals there are.
_ASCII = _Patterns.of("[A-Z]")
# "Ministry of Information and Broadcasting", "Centre for Peace": more joins after such a lead.
_LEAD_JOIN = re.compile(rf"[ \u00a0](?:and|for|on|for the)[ \u00a0](?={CAPITAL})")
_JOINING = (
    "of", "de", "du", "da", "do", "va", "vo", "bi", "ib", "al", "el", "u", "and", "for", "on",
)  # fmt: skip
_JOINS = tuple(f"{space}{join}" for space in " \u00a0" for join in ("and", "for", "on"))
_LONGEST_EXTENDED = 120
_MONTHS_AND_NAMES = frozenset({"March", "April", "May", "June", "August"})
_BEFORE_MONTHS = frozenset(
    {"in", "this", "last", "next", "since", "until", "till", "early", "late", "mid", "every"}
)
# Alone these are capitalised for another reason.
_NO_NAMES = CALENDAR | FUNCTION_WORDS
_OPENING = "\"'“‘([«"
_SENTENCE_ENDS = ".!?:;…\n"


class Word:
    """``lower`` is the text as words of the lexicon are compared."""

    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.lower = text.lower().rstrip(".")


class Run(NamedTuple):
    """Words of one proper name, with their places in the text."""

    words: tuple[Word, ...]
    text: str
    begins_sentence: bool = False

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    def __str__(self) -> str:
        return self.text[self.start : self.end]

    def joint(self, index: int) -> str:
        """What stands between word ``index`` and the one before: "", "-", "of", "of the"."""
        return self.text[self.words[index - 1].end : self.words[index].start].strip()

    def part(self, first: int, last: int | None = None) -> "Run":
        """The words from ``first`` up to, not with, ``last``."""
        return Run(self.words[first:last], self.text, self.begins_sentence and first == 0)


def find_runs(text: str) -> Iterator[Run]:
    """The proper names of ``text`` in order: capitalised words that belong together.

    Days and months part names; words that are capitalised only because they begin a sentence,
    and articles, are not part of them.
    """
    patterns = _ASCII if text.isascii() else _ANY
    end = 0
    for beginning in patterns.beginning.finditer(text):
        start, word_end = beginning.span()
        if start < end:
            continue
        if _stands_by_itself(text, word_end):
            end = word_end
            if (word := beginning[0]).lower() not in _NO_NAMES:
                yield Run((Word(word, start, end),), text, begins_sentence(text, start))
            continue
        match = patterns.run.match(text, start)
        if match is None:
            continue
        end = _extended(text, start, match.end())
        words = tuple(
            Word(m[0], m.start(), m.end()) for m in patterns.word.finditer(text, start, end)
        )
        if len(words) == 1:
            if words[0].lower not in _NO_NAMES:
                yield Run(words, text, begins_sentence(text, start))
            continue
        is_plain = " of " not in match[0] and CALENDAR.isdisjoint(word.lower for word in words)
        for piece in (words,) if is_plain else _pieces(words, text):
            yield from _trimmed(Run(piece, text, begins_sentence(text, piece[0].start)))


def _stands_by_itself(text: str, end: int) -> bool:
    """Whether a word in small letters that joins no names comes after ``end``, as it mostly does:
    what a pattern takes ten times as long to say."""
    after = text[end : end + 2]
    return (
        len(after) == 2
        and after[0] == " "
        and after[1].islower()
        and not text.startswith(_JOINING, end + 1)
    )


def begins_sentence(text: str, start: int) -> bool:
    """Whether the word at ``start`` is the first of a sentence or a quotation."""
    before = start - 1
    # Nearly always a letter or a stop and a space.
    if (
        before > 0
        and text[before] == " "
        and (text[before - 1].isalnum() or text[before - 1] == ".")
    ):
        return text[before - 1] == "."
    while before >= 0 and (text[before].isspace() or text[before] in _OPENING):
        if text[before] in '"“«':
            return True
        before -= 1
    return before < 0 or text[before] in _SENTENCE_ENDS


def is_month(text: str, start: int, end: int) -> bool:
    """Whether a word that may be a month, "May", stands where months do: with a number, or after
    "in" or "this"."""
    if text[start:end] not in _MONTHS_AND_NAMES:
        return False
    before = text[max(0, start - 8) : start].split()
    return text[end : end + 2].strip().isdigit() or (
        bool(before) and (before[-1].lower() in _BEFORE_MONTHS or before[-1].isdigit())
    )


def is_title_case(text: str) -> bool:
    """Whether nearly all words have a capital, as in headlines of some papers: it then proves
    nothing."""
    words = [word for word in text.split() if word[0].isalpha() and len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def _extended(text: str, start: int, end: int) -> int:
    """The end of a run that "and", "for" or "on" continue, because it begins Ministry of …"""
    while (
        text.startswith(_JOINS, end)
        and end - start < _LONGEST_EXTENDED
        and (join := _LEAD_JOIN.match(text, end))
    ):
        words = [word.lower() for word in text[start:end].split()]
        if join[0].strip() == "and":
            continues = any(
                word in ORGANISATION_LEADS and words[index + 1 : index + 2] in (["of"], ["for"])
                for index, word in enumerate(words)
            )
        else:
            continues = words[-1] in ORGANISATION_LEADS
        longer = _ANY.run.match(text, join.end()) if continues else None
        if longer is None:
            return end
        end = longer.end()
    return end


def _pieces(words: tuple[Word, ...], text: str) -> Iterator[tuple[Word, ...]]:
    """Parts a run at days and months, and at an "of" that only relates two names."""
    first = 0
    for index, word in enumerate(words):
        if word.lower in CALENDAR:
            yield from [words[first:index]] if first < index else []
            first = index + 1
        elif first < index and not _belongs_to_of(words[first:index], word, text):
            yield words[first:index]
            first = index
    if first < len(words):
        yield words[first:]


def _belongs_to_of(before: tuple[Word, ...], word: Word, text: str) -> bool:
    """Whether ``word``, should "of" stand in front of it, goes on with the name: so it does in
    Bank of England, not in Norman of New Zealand or the Awami League of Mujib."""
    if not text[before[-1].end : word.start].strip().startswith("of"):
        return True
    head = before[-1].lower
    if head in FOLLOWINGS:
        return all(word.lower in GENERIC_WORDS for word in before[:-1])
    return head in _BEFORE_OF


def _trimmed(run: Run) -> Iterator[Run]:
    """``run`` without words in front that belong to the sentence and not to the name."""
    first, last = 0, len(run.words)
    while first < last and _is_of_the_sentence(run, first):
        first += 1
    if first < last:
        yield Run(run.words[first:], run.text, run.begins_sentence and first == 0)


def _is_of_the_sentence(run: Run, index: int) -> bool:
    word = run.words[index].lower
    if word in {"the", "a", "an"}:
        return True
    follows = run.joint(index + 1) if index + 1 < len(run.words) else ""
    if follows in {"-", "–"}:
        return word in PREFIXES
    return run.begins_sentence and word in FUNCTION_WORDS


_BEFORE_OF = ORGANISATION_LEADS | MASKING_LEADS | TITLE_HEADS | PLACE_NOUNS
