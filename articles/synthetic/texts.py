"""Texts put together from sentences that are written once, a hundred thousand of them.

What the search index makes of a text is known with it: the words of a sentence are found once, and
not again in each of the texts that it stands in. Nobody reads two texts that are alike.
"""

from random import Random
from typing import NamedTuple

from articles.search.words.tokens import words
from articles.synthetic.prose import MARKERS, Prose, capitalised

_SENTENCES = 100_000
_SENTENCE_WORDS = (7, 24)
_PARAGRAPHS = (6, 12)
_SENTENCES_EACH = (2, 4)
_SUMMARY = 2
# What stands in a text and is nobody's that the archive knows.
_NOBODY = -1
_NOBODIES = 1_000


class Name(NamedTuple):
    """A name that a text should contain, and the words that it is searched by; ``key`` is the
    caller's."""

    key: int
    words: str
    tokens: str
    word_count: int
    """Its words, as an article's are counted."""

    @classmethod
    def of(cls, key: int, name: str) -> "Name":
        return cls(key, name, " ".join(words(name)), len(name.split()))


class Placed(NamedTuple):
    """Where a name came to stand: the paragraph's number from 1, and the offset in its text."""

    key: int
    paragraph: int
    start: int


class Text(NamedTuple):
    """A text with the words that it is searched by, parted by spaces, in ``tokens``."""

    paragraphs: list[str]
    tokens: str
    word_count: int
    placed: list[Placed]
    summary: str
    summary_tokens: str


class _Sentence(NamedTuple):
    """A sentence, whole and parted after its first word, where a name fits in."""

    text: str
    tokens: str
    first: str
    rest: str
    first_token: str
    other_tokens: str
    word_count: int


class Texts:
    """Composes texts out of the sentences of one seed, which are written when first wanted."""

    def __init__(self, prose: Prose, seed: int) -> None:
        self._prose = prose
        self._seed = seed
        self._sentences: list[_Sentence | None] = [None] * _SENTENCES
        self._markers = [(Name.of(_NOBODY, word), share) for word, share in MARKERS.items()]
        chance = Random(seed)
        self._nobodies = [Name.of(_NOBODY, prose.name(2, chance)) for _ in range(_NOBODIES)]

    @property
    def vocabulary(self) -> str:
        """Every word that a text can have besides the names it should contain."""
        named = [name.words for name in self._nobodies]
        return " ".join([*self._prose.vocabulary, *MARKERS, *named])

    def text(self, random: Random, names: list[Name]) -> Text:
        """A text of about 450 words that contains ``names``, and somebody the archive has no
        entry of."""
        chance = random.random
        wanted = [*names, self._nobodies[int(len(self._nobodies) * chance())]]
        wanted += [marker for marker, share in self._markers if chance() < share]
        inserted: list[list[Name]] = [[] for _ in range(between(random, *_PARAGRAPHS))]
        for name in wanted:
            inserted[int(len(inserted) * chance())].append(name)
        paragraphs: list[str] = []
        tokens: list[str] = []
        placed: list[Placed] = []
        count = 0
        summary = summary_tokens = ""
        for number, there in enumerate(inserted, 1):
            sentences: list[str] = []
            length = 0
            for at in range(max(between(random, *_SENTENCES_EACH), len(there))):
                sentence = self.sentence(random)
                count += sentence.word_count
                if at < len(there):
                    name = there[at]
                    if name.key != _NOBODY:
                        start = length + len(sentence.first) + 1
                        placed.append(Placed(name.key, number, start))
                    text = f"{sentence.first} {name.words} {sentence.rest}"
                    tokens += (sentence.first_token, name.tokens, sentence.other_tokens)
                    count += name.word_count
                else:
                    text = sentence.text
                    tokens.append(sentence.tokens)
                sentences.append(text)
                length += len(text) + 1
            paragraphs.append(" ".join(sentences))
            if not summary:
                summary = " ".join(sentences[:_SUMMARY])
                summary_tokens = " ".join(tokens[: _parts(there)])
        return Text(paragraphs, " ".join(tokens), count, placed, summary, summary_tokens)

    def sentence(self, random: Random) -> _Sentence:
        """One of the sentences."""
        number = int(_SENTENCES * random.random())
        return self._sentences[number] or self._write(number)

    def _write(self, number: int) -> _Sentence:
        """The sentence of this number, whichever was written before it."""
        random = Random((self._seed << 32) + number)
        text = capitalised(self._prose.words(*_SENTENCE_WORDS, random)) + "."
        first, _, rest = text.partition(" ")
        tokens = words(text)
        sentence = _Sentence(
            text=text,
            tokens=" ".join(tokens),
            first=first,
            rest=rest,
            first_token=tokens[0],
            other_tokens=" ".join(tokens[1:]),
            word_count=text.count(" ") + 1,
        )
        self._sentences[number] = sentence
        return sentence


def between(random: Random, least: int, most: int) -> int:
    """A whole number, both ends included; quicker than ``randint``, which checks more."""
    return least + int((most - least + 1) * random.random())


def _parts(there: list[Name]) -> int:
    """How many parts the words of a summary came in: three of a sentence with a name in it."""
    with_name = min(len(there), _SUMMARY)
    return _SUMMARY + 2 * with_name
