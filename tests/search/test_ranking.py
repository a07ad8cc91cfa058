from articles.search.finding.ranking import score
from articles.search.words.query import read

SOME = "some words about other things"


def scores(query: str, *texts: tuple[str, str, str]) -> list[float]:
    return score(read(query).terms, texts)


def test_a_word_in_the_headline_outweighs_any_number_in_the_text():
    headline, text = scores("gas", ("gas", "", SOME), ("news", "gas", "gas " * 100))
    assert headline > text > 0


def test_more_of_a_word_counts_more_in_a_text_of_the_same_length():
    once, twice, none = scores(
        "gas", ("", "", "gas in the field"), ("", "", "gas and more gas"), ("", "", "oil and so on")
    )
    assert twice > once > none == 0


def test_the_same_number_counts_more_in_a_shorter_text():
    short, long = scores("gas", ("", "", "gas field"), ("", "", f"gas field {SOME * 9}"))
    assert short > long


def test_a_rarer_word_counts_more():
    texts = [("", "", "gas alone")] * 5 + [("", "", "oil alone")]
    found = scores("gas OR oil", *texts)
    assert found[-1] > found[0]


def test_phrases_and_beginnings_count():
    phrase, apart = scores('"gas field"', ("", "", "the gas field"), ("", "", "field and gas"))
    assert phrase > apart == 0
    beginning, none = scores("gas*", ("", "", "the gasfield"), ("", "", "oil and so"))
    assert beginning > none == 0


def test_nothing_to_rank():
    assert scores("gas") == []
    assert scores("gas", ("", "", "")) == [0.0]
