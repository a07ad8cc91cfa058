"""Invented prose whose words are as unevenly common as those of a real language.

Word frequencies follow Zipf's law. A few marker words stand in a known share of all texts, so
that searches of a known size can be asked for.
"""
# ruff: noqa: SIM905 (words are easier to read in a row than in quotes)

from itertools import accumulate
from random import Random

VOCABULARY_SIZE = 20_000
MARKERS = {
    "halfway": 0.5,
    "tenfold": 0.1,
    "hundredth": 0.01,
    "seldom": 0.0001,
    "scarcely": 0.00001,
}
"""Marker words and the share of texts that each stands in."""

_ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w z".split()
_VOWELS = "a e i o u ai ea ee ou".split()
_CODAS = ["", "", "", "n", "r", "s", "l", "t", "nd", "st", "m", "ck", "rd"]
_FUNCTION_WORDS = (
    "the of and to in a that was for on with said by he it at from his as were an be this had has "
    "are not but who they which after have their been will would its also she two more about over "
    "year years last when first there new out into than people government against during between"
).split()
_TITLE_WORDS = (6, 11)
# Words are drawn like cards from a deck that holds each as often as it is common: as many cards
# as two random bytes can number.
_DECK_SIZE = 2**16


class Prose:
    """Writes texts from a seeded source of chance, the same ones for the same seed."""

    def __init__(self, random: Random) -> None:
        self._random = random
        invented = (self._word() for _ in range(VOCABULARY_SIZE))
        # A marker must not come up by chance.
        vocabulary = [*_FUNCTION_WORDS, *(word for word in invented if word not in MARKERS)]
        weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
        self._deck = random.choices(vocabulary, cum_weights=weights, k=_DECK_SIZE)

    @property
    def vocabulary(self) -> set[str]:
        """Every word that texts can have."""
        return set(self._deck)

    def words(self, least: int, most: int, random: Random | None = None) -> str:
        """A run of words, from ``least`` to ``most`` of them, drawn from the source of chance or
        from ``random``."""
        source = random or self._random
        count = least + int((most - least + 1) * source.random())
        cards = memoryview(source.randbytes(2 * count)).cast("H")
        return " ".join([self._deck[card] for card in cards])

    def title(self, random: Random | None = None) -> str:
        """A headline of six to eleven words."""
        return capitalised(self.words(*_TITLE_WORDS, random))

    def name(self, parts: int, random: Random | None = None) -> str:
        """An invented proper name of so many words."""
        return " ".join(self._word(random).capitalize() for _ in range(parts))

    def _word(self, random: Random | None = None) -> str:
        random = random or self._random
        return "".join(
            random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)
            for _ in range(random.choices((1, 2, 3), (1, 5, 3))[0])
        )


def capitalised(words: str) -> str:
    """``words`` with a capital letter at the beginning."""
    return words[0].upper() + words[1:]
