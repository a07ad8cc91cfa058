"""Texts put together from sentences that are written once, some sixty thousand of them.

What the search index makes of a text is known with it: the words of a sentence are known when it is
written, and not found again in each of the texts that it stands in. Nobody reads two texts that are
alike.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from articles.search.words.tokens import words
from articles.synthetic.prose import MARKERS, Prose, capitalised

# As many as two random bytes can number.
_SENTENCES = 2**16
_SENTENCE_WORDS = (7, 24)
_PARAGRAPHS = (6, 12)
_SENTENCES_EACH = (2, 4)
_SUMMARY = 2
# Names that stand in texts and are nobody's that the archive knows.
_NOBODIES = 1_000


class Name(NamedTuple):
    """A name that a text should contain, and the words that it is searched by."""

    words: str
    tokens: str

    @classmethod
    def of(cls, name: str) -> "Name":
        return cls(name, " ".join(words(name)))


class Placed(NamedTuple):
    """Where a name came to stand: which one it is, the paragraph's number from 1, and the offset in
    its text."""

    name: int
    paragraph: int
    start: int


class Text(NamedTuple):
    """A text with the words that it is searched by, parted by spaces, in ``tokens``."""

    paragraphs: list[str]
    tokens: str
    placed: list[Placed]
    summary: str
    summary_tokens: str


class Texts:
    """Composes texts out of sentences that it draws from a seeded source of chance."""

    def __init__(self, prose: Prose, chance: Random) -> None:
        self._prose = prose
        self._markers = [(Name.of(word), share) for word, share in MARKERS.items()]
        self._nobodies = [Name.of(prose.name(2, chance)) for _ in range(_NOBODIES)]
        self._tokens = [prose.words(*_SENTENCE_WORDS, chance) for _ in range(_SENTENCES)]
        self._sentences = [f"{capitalised(tokens)}." for tokens in self._tokens]

    @property
    def vocabulary(self) -> str:
        """Every word that a text can have besides the names it should contain."""
        named = [name.words for name in self._nobodies]
        return " ".join([*self._prose.vocabulary, *MARKERS, *named])

    def text(self, random: Random, names: Sequence[Name]) -> Text:
        """A text of about 450 words that contains ``names``, and somebody the archive has no
        entry of."""
        chance = random.random
        wanted = [*names, self._nobodies[int(len(self._nobodies) * chance())]]
        wanted += [marker for marker, share in self._markers if chance() < share]
        inserted: list[list[int]] = [[] for _ in range(between(random, *_PARAGRAPHS))]
        for number in range(len(wanted)):
            inserted[int(len(inserted) * chance())].append(number)
        sizes = [max(between(random, *_SENTENCES_EACH), len(there)) for there in inserted]
        drawn = _drawn(random, sum(sizes))
        sentences = [self._sentences[number] for number in drawn]
        tokens = [self._tokens[number] for number in drawn]
        paragraphs: list[str] = []
        placed: list[Placed] = []
        done = 0
        for paragraph, (size, there) in enumerate(zip(sizes, inserted, strict=True), 1):
            start = 0
            for at, number in enumerate(there, done):
                name = wanted[number]
                first, _, rest = sentences[at].partition(" ")
                if number < len(names):
                    placed.append(Placed(number, paragraph, start + len(first) + 1))
                sentences[at] = f"{first} {name.words} {rest}"
                start += len(sentences[at]) + 1
                first, _, rest = tokens[at].partition(" ")
                tokens[at] = f"{first} {name.tokens} {rest}"
            paragraphs.append(" ".join(sentences[done : done + size]))
            done += size
        return Text(
            paragraphs=paragraphs,
            tokens=" ".join(tokens),
            placed=placed,
            summary=" ".join(sentences[:_SUMMARY]),
            summary_tokens=" ".join(tokens[:_SUMMARY]),
        )

    def sentences(self, random: Random, count: int) -> str:
        """So many of the sentences, one after another."""
        return " ".join([self._sentences[number] for number in _drawn(random, count)])


def between(random: Random, least: int, most: int) -> int:
    """A whole number, both ends included; quicker than ``randint``, which checks more."""
    return least + int((most - least + 1) * random.random())


def _drawn(random: Random, count: int) -> Sequence[int]:
    """The numbers of so many sentences."""
    return memoryview(random.randbytes(2 * count)).cast("H")
