from collections import Counter
from random import Random

from articles.synthetic.prose import Prose


def test_same_seed_writes_the_same_words():
    assert Prose(Random(1)).title() == Prose(Random(1)).title()
    assert Prose(Random(1)).title() != Prose(Random(2)).title()


def test_words_are_as_unevenly_common_as_in_a_language():
    frequencies = Counter(Prose(Random(1)).words(100_000, 100_000).split())
    ranked = [count for _, count in frequencies.most_common()]

    assert 5 < ranked[0] / ranked[9] < 20  # Zipf: ten times as often
    assert len(ranked) > 5_000
