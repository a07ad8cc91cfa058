from hypothesis import given
from hypothesis import strategies as st

from articles.text.excerpts import draw_headline, sentences, summarise

LEAD = (
    "Violent clashes have erupted across several parts of Pakistan’s Balochistan province, leaving "
    "at least 129 people dead, according to security officials and media reports. A second one."
)


def test_a_headline_is_the_lead_without_who_said_it() -> None:
    assert draw_headline(LEAD) == (
        "Violent clashes have erupted across several parts of Pakistan’s Balochistan province, "
        "leaving at least 129 people dead"
    )


def test_a_long_lead_is_cut_after_a_whole_word() -> None:
    headline = draw_headline("word " * 60 + "end.")

    assert len(headline) < 120
    assert headline.endswith("word…")


def test_words_that_state_nothing_are_no_headline() -> None:
    assert draw_headline(f"RESULT: {LEAD}").startswith("RESULT: Violent clashes have erupted")
    assert draw_headline(f"On Monday, {LEAD}").startswith("On Monday, Violent clashes have")
    assert draw_headline("A mine was shut, police said on Monday.") == "A mine was shut"


def test_an_agency_s_credit_is_no_part_of_a_headline() -> None:
    assert draw_headline("(Reuters) - Oil prices rose on Monday.") == "Oil prices rose on Monday"


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert draw_headline("x" * 400) == "X" + "x" * 117 + "…"


def test_a_summary_is_whole_sentences() -> None:
    assert summarise(LEAD, limit=170) == LEAD.rpartition(" A second")[0]
    assert summarise(LEAD) == LEAD


def test_abbreviations_end_no_sentence() -> None:
    text = (
        "Gen. Asim Munir met Mr. Khan on Feb. 1 in Washington, D.C. He left. “Well.” They stayed."
    )

    assert sentences(text) == [
        "Gen. Asim Munir met Mr. Khan on Feb. 1 in Washington, D.C.",
        "He left.",
        "“Well.”",
        "They stayed.",
    ]


def test_a_million_abbreviations_take_no_time() -> None:
    assert sentences("Mr. " * 250_000) == ["Mr. " * 249_999 + "Mr."]


@given(st.text(max_size=400))
def test_any_text_gives_a_headline_and_a_summary_within_their_limits(text: str) -> None:
    assert len(draw_headline(text)) < 120
    assert len(summarise(text)) <= 280
