from html import escape

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from articles.search.finding.passages import mark, passage
from articles.search.words.query import read
from articles.text.body import identify

ALPHABET = st.sampled_from('gas <>&"’ field.\n')


def body(*paragraphs: str) -> str:
    return identify("".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Gas at Sui", "sui gas", "<mark>Gas</mark> at <mark>Sui</mark>"),
        ("Pakistan’s Café", "pakistan cafe", "<mark>Pakistan’s</mark> <mark>Café</mark>"),
        ("The gas field and gas", '"gas field"', "The <mark>gas field</mark> and gas"),
        ("Gasfields", "gas gasf*", "<mark>Gasfields</mark>"),
        ("Gas & <b>oil</b>", "oil -gas", "Gas &amp; &lt;b&gt;<mark>oil</mark>&lt;/b&gt;"),
        ("Nothing", "gas", "Nothing"),
        ("", "gas", ""),
    ],
)
def test_the_words_searched_for_are_marked(text, query, expected):
    assert mark(text, read(query)) == expected


def test_a_passage_is_the_paragraph_with_most_of_the_words():
    text = body("Gas came.", "The gas field at Sui is old.", "Sui.")
    expected = "The <mark>gas</mark> field at <mark>Sui</mark> is old."
    assert passage(text, read("gas sui")) == expected


def test_a_passage_without_the_words_is_the_first_paragraph():
    assert passage(body("First.", "Second."), read("gas")) == "First."
    assert passage("", read("gas")) == ""


def test_a_long_paragraph_is_cut_around_the_first_word_at_whole_words():
    text = body(f"{'before ' * 60}Sui {'after ' * 60}".strip())
    shown = passage(text, read("sui"))
    assert shown.startswith("…before before")
    assert shown.endswith("after…")
    assert "<mark>Sui</mark>" in shown
    assert len(shown) < 280


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=600), max_size=3))
def test_a_passage_is_always_escaped(paragraphs):
    shown = passage(body(*paragraphs), read('gas "field gas" fie*'))
    assert isinstance(shown, SafeString)
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
