from collections import Counter
from random import Random

import pytest

from articles.search.words.tokens import words
from articles.synthetic.prose import MARKERS, Prose
from articles.synthetic.texts import Name, Texts

NAMES = [Name.of(name) for name in ("Quetta", "Karim Dad", "St. Place-3 & Sons")]


def made_with(seed: int) -> Texts:
    chance = Random(seed)
    return Texts(Prose(chance), chance)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return made_with(seed=1)


def test_same_seed_writes_the_same_text(texts):
    again, other = (made_with(seed) for seed in (1, 2))

    assert texts.text(Random(3), NAMES) == again.text(Random(3), NAMES)
    assert texts.text(Random(3), NAMES) != other.text(Random(3), NAMES)


def test_texts_have_about_450_words(texts):
    random = Random(1)
    lengths = [len(" ".join(texts.text(random, NAMES).paragraphs).split()) for _ in range(300)]

    assert 400 < sum(lengths) / len(lengths) < 500


def test_names_stand_where_they_are_said_to(texts):
    random = Random(1)
    for _ in range(50):
        text = texts.text(random, NAMES)
        assert sorted(placed.name for placed in text.placed) == [0, 1, 2]
        for name, paragraph, start in text.placed:
            assert text.paragraphs[paragraph - 1].startswith(NAMES[name].words, start)


def test_texts_are_searched_by_their_own_words(texts):
    random = Random(1)
    for _ in range(50):
        text = texts.text(random, NAMES)
        assert text.tokens.split(" ") == words(" ".join(text.paragraphs))
        assert text.summary_tokens.split(" ") == words(text.summary)
        assert set(text.tokens.split()) <= {*words(texts.vocabulary), *_tokens(NAMES)}


def test_no_two_texts_are_alike(texts):
    random = Random(1)

    assert len({texts.text(random, []).tokens for _ in range(1000)}) == 1000


def test_words_are_as_unevenly_common_as_in_a_language(texts):
    random = Random(1)
    frequencies: Counter[str] = Counter()
    for _ in range(500):
        frequencies.update(texts.text(random, []).tokens.split())
    ranked = [count for _, count in frequencies.most_common()]

    assert 5 < ranked[0] / ranked[9] < 20  # Zipf: ten times as often


def test_markers_stand_in_their_share_of_texts(texts):
    random = Random(1)
    tokens = [texts.text(random, []).tokens.split() for _ in range(1000)]

    for marker in ("halfway", "tenfold"):
        share = sum(marker in of_text for of_text in tokens) / len(tokens)
        assert abs(share - MARKERS[marker]) < 0.05


def _tokens(names: list[Name]) -> list[str]:
    return [token for name in names for token in name.tokens.split()]
