from collections import Counter
from random import Random

from articles.synthetic.prose import MARKERS, Named, Prose


def test_same_seed_writes_the_same_text():
    names = [Named(0, "Quetta"), Named(1, "Karim Dad")]

    assert Prose(Random(1)).text(names) == Prose(Random(1)).text(names)
    assert Prose(Random(1)).text(names) != Prose(Random(2)).text(names)


def test_texts_have_about_450_words():
    prose = Prose(Random(1))
    lengths = [len(" ".join(prose.text([])[0]).split()) for _ in range(300)]

    assert 400 < sum(lengths) / len(lengths) < 500


def test_names_stand_where_they_are_said_to():
    prose = Prose(Random(1))
    names = [Named(key, name) for key, name in enumerate(["Quetta", "Karim Dad", "Sui & Sons"])]

    for _ in range(50):
        paragraphs, placed = prose.text(names)
        assert sorted(place.key for place in placed) == [0, 1, 2]
        for place in placed:
            assert paragraphs[place.paragraph - 1].startswith(names[place.key].words, place.start)


def test_words_are_as_unevenly_common_as_in_a_language():
    frequencies = Counter(Prose(Random(1)).words(100_000, 100_000).split())
    ranked = [count for _, count in frequencies.most_common()]

    assert 5 < ranked[0] / ranked[9] < 20  # Zipf: ten times as often
    assert len(ranked) > 5_000


def test_markers_stand_in_their_share_of_texts():
    prose = Prose(Random(1))
    texts = [" ".join(prose.text([])[0]) for _ in range(1000)]

    for marker in ("halfway", "tenfold"):
        share = sum(marker in text.split() for text in texts) / len(texts)
        assert abs(share - MARKERS[marker]) < 0.05
