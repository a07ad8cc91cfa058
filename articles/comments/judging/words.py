"""Lists of words that decide about comments, read once and found in time linear in the text.

A line of a list is one of these; what follows ``#`` at its beginning or after a space is a remark.

- A word or a phrase. It is found as whole words in any script, whatever case and accents it is
  written in; between the words of a phrase may stand any white space and punctuation.
- A word with ``*`` at its end, which is found at the beginning of words.
- An e-mail address, or a domain, which is found with everything below it.
- A network address or a network, ``192.0.2.0/24``.
- Signs without a letter or digit, found wherever they stand.
- A word with punctuation, as ``.ru/`` or ``-cheap-``; the punctuation must be just so.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import count, groupby, pairwise
from threading import Lock
from typing import NamedTuple

from articles.comments import networks
from articles.models import WordList, WordListKind
from articles.text.folding import fold

LONGEST = 200
"""Characters of the longest line that is read."""

# Scripts that put no spaces between words: each character is found for itself, and a word as a
# run of them. Thai, Lao, Burmese and Khmer; Chinese and Japanese.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_REMARK = re.compile(r"(?:^|\s)#.*")
_LIKE_AN_ADDRESS = re.compile(
    r"[0-9]+(?:\.[0-9]+){3}(?:/\S*)?|[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*(?:/\S*)?", re.IGNORECASE
)
_DOMAIN = re.compile(r"(?:[^\s@]*@)?(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}")
_GOES_ON = re.compile(r"[-.]?[^\W_]")
_GOES_BEFORE = "-_"
_GOES_BEFORE_A_MAILBOX = "-_.+"


def _marks() -> str:
    """The combining marks of Unicode as ranges of a character class: vowel signs of many scripts
    belong to the word they stand in."""
    marks = [code for code in range(sys.maxunicode) if unicodedata.category(chr(code))[0] == "M"]
    numbers = count()
    runs = (list(run) for _, run in groupby(marks, key=lambda code: code - next(numbers)))
    return "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)


_MARKS = _marks()
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]+|[{_MARKS}]+)*")


class Fault(NamedTuple):
    """A line that cannot be read, by its number from 1."""

    line: int
    text: str
    why: str


class _Entry(NamedTuple):
    """A line with words: what must stand before, between and after them."""

    line: str
    before: str
    between: tuple[str, ...]
    after: str
    is_domain: bool

    def stands(self, text: str, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether ``text``, whose words at ``spans`` are the entry's, has the entry's punctuation
        there too."""
        start, end = spans[0][0], spans[-1][1]
        if self.before and not text.endswith(self.before, 0, start):
            return False
        if self.after and not text.startswith(self.after, end):
            return False
        if self.is_domain and not self._stands_alone(text, start - len(self.before), end):
            return False
        for wanted, (_, left), (right, _) in zip(self.between, spans, spans[1:], strict=False):
            found = text[left:right]
            if found != wanted and (wanted != " " or not found):
                return False
        return True

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether no longer address or name goes on at either end; what is below a domain may."""
        others = _GOES_BEFORE_A_MAILBOX if "@" in self.line[1:] else _GOES_BEFORE
        return text[start - 1 : start] not in set(others) and not _GOES_ON.match(text, end)


@lru_cache(maxsize=5_000)
def _entry(line: str) -> _Entry:
    """A line taken apart, which few need: those whose words were met in a comment."""
    folded = fold(line.removesuffix("*") if _is_beginning(line) else line)
    spans = [match.span() for match in _WORD.finditer(folded)]
    between = tuple(folded[left:right] for (_, left), (right, _) in pairwise(spans))
    before, after = folded[: spans[0][0]], folded[spans[-1][1] :]
    return _Entry(line, before, between, after, bool(_DOMAIN.fullmatch(line)))


def _is_beginning(line: str) -> bool:
    return line.endswith("*") and line[-2:-1].isalnum()


class Matcher:
    """A list made ready to be looked for. ``faults`` are the lines that were left out."""

    def __init__(self, lines: str) -> None:
        self.faults: list[Fault] = []
        self.size = 0
        self._longest: dict[str, int] = {}
        self._phrases: dict[str, list[str]] = {}
        self._beginnings: dict[str, list[str]] = {}
        self._signs: dict[str, list[str]] = {}
        self._networks: dict[int, dict[int, str]] = {}
        for number, line in enumerate(lines.splitlines(), 1):
            entry = (_REMARK.sub("", line) if "#" in line else line).strip()
            if entry and (why := self._add(entry)):
                self.faults.append(Fault(number, entry, why))
        lengths = {len(words.rpartition(" ")[2]) for words in self._beginnings}
        self._lengths_of_beginnings = tuple(sorted(lengths))
        self._any_sign = re.compile("|".join(map(re.escape, self._signs)) or r"(?!)")

    def find(self, text: str) -> str | None:
        """The first line of the list that ``text`` has, as it is written there."""
        text = fold(text)
        spans = [match.span() for match in _WORD.finditer(text)]
        words = [text[start:end] for start, end in spans]
        return next(self._with_words(text, spans, words), None) or self._sign_in(text)

    def find_address(self, address: str | None) -> str | None:
        """The line of the list that names a network address or a network around it."""
        if address is None or not self._networks:
            return None
        here = int(networks.ends(address)[0], 16)
        found = (same.get(here >> 128 - width) for width, same in self._networks.items())
        return next(filter(None, found), None)

    def _with_words(
        self, text: str, spans: Sequence[tuple[int, int]], words: Sequence[str]
    ) -> Iterator[str]:
        longest, phrases = self._longest, self._phrases
        for first, word in enumerate(words):
            here, before = word, ""
            for last in range(first, min(first + longest.get(word, 1), len(words))):
                if last > first:
                    before = f"{here} "
                    here = before + words[last]
                lines = phrases.get(here, ())
                if self._beginnings:
                    lines = (*lines, *self._beginning(before, words[last]))
                for line in lines:
                    if _entry(line).stands(text, spans[first : last + 1]):
                        yield line

    def _beginning(self, before: str, word: str) -> Iterator[str]:
        for length in self._lengths_of_beginnings:
            if length > len(word):
                return
            yield from self._beginnings.get(before + word[:length], ())

    def _sign_in(self, text: str) -> str | None:
        for match in self._any_sign.finditer(text):
            for sign in self._signs[match.group()]:
                if text.startswith(sign, match.start()):
                    return sign
        return None

    def _add(self, line: str) -> str:
        """Take in a line; what is wrong with it, when it cannot be read."""
        if len(line) > LONGEST:
            return f"it is longer than {LONGEST} characters"
        may_be_address = ":" in line or line[0].isdigit()
        is_address = may_be_address and _LIKE_AN_ADDRESS.fullmatch(line)
        if is_address and not self._add_network(line):
            return "it is neither a network address nor a network"
        is_beginning = _is_beginning(line)
        folded = fold(line.removesuffix("*") if is_beginning else line)
        words = _WORD.findall(folded)
        if words:
            where = self._beginnings if is_beginning else self._phrases
            where.setdefault(" ".join(words), []).append(line)
            if len(words) > self._longest.get(words[0], 1):
                self._longest[words[0]] = len(words)
        elif not folded or folded == "*":
            return "it names nothing"
        else:
            self._signs.setdefault(folded[0], []).append(folded)
        self.size += 1
        return ""

    def _add_network(self, line: str) -> bool:
        try:
            first, last = (int(end, 16) for end in networks.ends(line))
        except ValueError:
            return False
        width = 128 - (first ^ last).bit_length()
        self._networks.setdefault(width, {})[first >> 128 - width] = line
        return True


class Words(NamedTuple):
    """The lists in force."""

    held: Matcher
    disallowed: Matcher


_EMPTY = Matcher("")
_reading = Lock()
_read: dict[str, tuple[datetime, Matcher]] = {}


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in the order in which they stand."""
    return _WORD.findall(fold(text))


def in_force() -> Words:
    """The lists as they are now, in one query; one that has changed is read anew."""
    changed = dict(WordList.objects.values_list("kind", "changed_at"))
    if _stale(changed):
        # One thread at a time, or all of them would make the same list ready and take so many
        # times as long; those that waited find it done.
        with _reading:
            for kept in WordList.objects.filter(kind__in=_stale(changed)):
                _read[kept.kind] = (kept.changed_at, Matcher(kept.words))
    return Words(
        *(
            _read[kind][1] if kind in changed.keys() & _read.keys() else _EMPTY
            for kind in (WordListKind.HELD, WordListKind.DISALLOWED)
        )
    )


def _stale(changed: dict[str, datetime]) -> list[str]:
    """The lists that were changed since they were read."""
    return [kind for kind, at in changed.items() if _read.get(kind, (None,))[0] != at]
