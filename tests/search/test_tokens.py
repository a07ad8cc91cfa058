import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.tokens import LONGEST_WORD, compounds, spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gas field, at Sui!", ["gas", "field", "at", "sui"]),
        ("Tehrik-e-Taliban", ["tehrik", "e", "taliban"]),
        ("Pakistan’s ‘port’ isn't", ["pakistan", "port", "isnt"]),
        ("Qalʿa Café ℻", ["qala", "cafe", "fax"]),
        ("می‌خواهم كوئٹہ", ["میخواہم", "کویٹہ"]),
        ("हिन्दी की", ["हिन्दी", "की"]),
        ("3.5 % of Rs1,200", ["3", "5", "of", "rs", "1200"]),
        ("1,50,000 or ۱٬۵۰۰ or 1,500.75", ["150000", "or", "1500", "or", "1500", "75"]),
        (
            "1, 2,3 in 1947,48 or 2010,500,12",
            ["1", "2", "3", "in", *["1947", "48", "or", "2010", "500", "12"]],
        ),
        ("F-16, F16, f 16; COVID-19", ["f", "16", "f", "16", "f", "16", "covid", "19"]),
        ("the 1990s, '90s and 1990's", [*["the", "1990", "s", "90", "s", "and", "1990", "s"]]),
        ("۲۰۱۰ء میں", ["2010", "ء", "میں"]),
        ("U.S. AT&T km/h", ["u", "s", "at", "t", "km", "h"]),
        ("🎉 ❤️ !!! '' — \x00 ", []),
        ("x" * 5_000, ["x" * LONGEST_WORD]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(st.text())
def test_words_are_what_both_databases_take_apart_alike(text):
    for word in words(text):
        assert 0 < len(word) <= LONGEST_WORD
        assert word.isprintable()
        assert not any(character.isascii() and not character.isalnum() for character in word)
        assert not any("A" <= character <= "Z" for character in word)


# What is folded to nothing, to one letter and to several, joins or parts; numbers with commas.
_ODD = st.text("aZé’'ﬁ℻ʿ٬,.1239۱आि\u0301\u200d -&/—")
_LONG = st.integers(LONGEST_WORD - 1, 2 * LONGEST_WORD).map("x".__mul__)


@given(st.text() | st.lists(_ODD | _LONG).map("".join))
def test_spans_are_the_words_with_where_they_stand(text):
    found = spans(text)
    assert [span.word for span in found] == words(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)


def test_a_span_takes_in_the_whole_word_as_printed():
    text = "In Pakistan’s “Café”"
    assert [text[span.start : span.end] for span in spans(text)] == ["In", "Pakistan’s", "Café"]


def test_compounds_are_what_stands_joined_and_may_be_written_as_one():
    text = "Al‑Qaeda’s e-mail (pro-government), the Tehrik-e-Taliban, the U.S. at 5 km/h and AT&T"
    assert compounds(text) == {
        ("al", "qaeda"),
        ("e", "mail"),
        ("pro", "government"),
        ("tehrik", "e", "taliban"),
        ("u", "s"),
        ("km", "h"),
        ("at", "t"),
    }
    assert compounds("F-16, 2-1, end.The next, this/that others, - and -so") == set()


@given(st.text(st.sampled_from("a-.&/ 1’\n‑ب")))
def test_compounds_are_words_of_the_text(text):
    found = f" {' '.join(words(text))} "
    assert all(f" {' '.join(parts)} " in found for parts in compounds(text))
