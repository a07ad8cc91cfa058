import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.query import MOST_WORDS, Query, Term, read


def word(text: str) -> Term:
    return Term((text,))


@pytest.mark.parametrize(
    ("text", "groups", "excluded"),
    [
        ("gas field", [["gas"], ["field"]], []),
        ("gas OR oil field", [["gas", "oil"], ["field"]], []),
        ("gas | oil AND field", [["gas", "oil"], ["field"]], []),
        ("gas -oil -coal", [["gas"]], ["oil", "coal"]),
        ("-oil", [], ["oil"]),
        ("gas OR -oil", [["gas"]], ["oil"]),
        ("OR gas OR", [["gas"]], []),
        ("or", [["or"]], []),
        ("OR", [["or"]], []),
        ("(gas) & field", [["gas"], ["field"]], []),
    ],
)
def test_words_and_operators(text, groups, excluded):
    assert read(text) == Query(
        tuple(tuple(map(word, group)) for group in groups), tuple(map(word, excluded))
    )


@pytest.mark.parametrize("text", ['"gas field"', "“gas field”", "gas-field", '"gas field'])
def test_what_stands_together_is_a_phrase(text):
    assert read(text).groups == ((Term(("gas", "field")),),)


def test_a_phrase_can_be_excluded():
    assert read('-"gas field" sui') == Query(((word("sui"),),), (Term(("gas", "field")),))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("bal*", Term(("bal",), is_prefix=True)),
        ("tehrik-e-tal*", Term(("tehrik", "e", "tal"), is_prefix=True)),
        ("ba*", Term(("ba",))),  # too short a beginning is taken as a word
        ('"bal*"', Term(("bal",))),
    ],
)
def test_a_star_asks_for_a_beginning(text, term):
    assert read(text).terms == (term,)


@pytest.mark.parametrize("text", ["", " ", "-", '"', '""', "* - * |", "🎉", "\x00", "OR OR"])
def test_text_without_words_is_an_empty_query(text):
    assert not read(text)


def test_long_text_is_cut_and_says_so():
    query = read(" ".join("word" + "x" * number for number in range(50)))
    assert query.is_cut
    assert len(query.terms) == MOST_WORDS
    assert read("y" * 10_000).is_cut
    assert not read("gas field").is_cut


@given(st.text(st.characters()) | st.text('ab"-*|()OR &', max_size=60))
def test_anything_can_be_typed(text):
    query = read(text)
    words = [word for term in (*query.terms, *query.excluded) for word in term.words]
    assert len(words) <= MOST_WORDS
    assert all(words)


def test_only_a_few_beginnings_of_words_are_asked_for_at_once():
    few = read("con* pro* sta* com* per* gas")
    assert (len(few.terms), few.is_cut) == (6, False)
    many = read("con* pro* sta* com* per* pre*")
    assert (len(many.terms), many.is_cut) == (5, True)
