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


@given(st.text(max_size=400))
def test_any_text_gives_a_headline_and_a_summary_within_their_limits(text: str) -> None:
    assert len(draw_headline(text)) < 120
    assert len(summarise(text)) <= 280
