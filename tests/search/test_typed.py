"""What a person types is parted into words, phrases, field words and operators."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.search.words.typed import LONGEST_TEXT, Item, Operator, Value, items


def field(name: str, *values: str, excluded: bool = False) -> Item:
    text = f"{'-' * excluded}{name}:{'|'.join(values)}"
    return Item(text, field=name, values=tuple(map(Value, values)), excluded=excluded)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("place:quetta", [field("place", "quetta")]),
        ("-Place:quetta", [field("place", "quetta", excluded=True)]),
        ("place:-quetta", [field("place", "quetta", excluded=True)]),
        ("place:quetta|sui", [field("place", "quetta", "sui")]),
        ("tag:a,-b", [field("tag", "a"), field("tag", "b", excluded=True)]),
        ("intitle:gas", [field("headline", "gas")]),
        ("organization:un", [field("organisation", "un")]),
        ("(from:2020)", [field("from", "2020")]),
        ("\u202bplace:\u200fquetta\u202c", [field("place", "quetta")]),
    ],
)
def test_a_field_word_is_a_field_and_its_values(typed, found):
    assert items(typed) == found


@pytest.mark.parametrize(
    "typed", ['person:"Mohsin Naqvi"', "person:“Mohsin  Naqvi”", 'person:"Mohsin Naqvi']
)
def test_a_value_in_quotes_may_be_several_words(typed):
    (item,) = items(typed)
    assert item.values == (Value("Mohsin Naqvi", is_quoted=True),)
    assert item.text == 'person:"Mohsin Naqvi"'


@pytest.mark.parametrize("typed", ["place:", "place:,", "10:30", "foo:bar", "xplace:quetta"])
def test_what_only_looks_like_one_is_a_word(typed):
    assert items(typed) == [Item(typed, values=(Value(typed),))]


def test_operators_stand_between_words():
    operators = [item.operator for item in items("a AND b OR c | d NEAR/4 e or f")]
    assert list(filter(None, operators)) == [
        Operator.AND,
        Operator.OR,
        Operator.OR,
        Operator.NEAR,
    ]


@pytest.mark.parametrize("typed", ["OR", "NEAR", "AND", "NEAR/5"])
def test_an_operator_alone_is_a_word(typed):
    assert [item.operator for item in items(typed)] == [None]


pieces = st.sampled_from(
    [
        "place:",
        "-tag:",
        "headline:",
        '"',
        "|",
        ",",
        "-",
        " ",
        "(",
        ")",
        "a",
        "b*",
        " OR ",
        " NEAR/3 ",
    ]
)


@given(st.text(st.characters(), max_size=80) | st.lists(pieces, max_size=20).map("".join))
@example("place:-)0")
def test_what_was_parted_can_be_put_together_again(typed):
    found = items(typed)
    assert items(" ".join(item.text for item in found)) == found


def test_ten_kilobytes_are_read_to_an_end():
    for typed in ("((((" * 3_000, '"' * 10_000, "place:a|" * 2_000, "a OR " * 2_000):
        assert len(items(typed)) <= LONGEST_TEXT
