"""A search is said in words as a reader would say it."""

import pytest

from articles.search import Choice, Criteria, Filter, describe


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("floods", "“floods”"),
        ("gas field", "“gas field”"),
        ("gas-field", "“gas-field”"),
        ('"gas field"', "the phrase “gas field”"),
        ('"gas"', "exactly “gas”"),
        ('"gas field" Sui', "the phrase “gas field” and “Sui”"),
        ("gas OR oil field", "“gas” or “oil” and “field”"),
        ("floods NEAR Quetta", "“floods” near “Quetta”"),
        ("floods NEAR/5 Quetta river", "“floods” within 5 words of “Quetta” and “river”"),
        ("a NEAR/0 b NEAR/1 c", "“a” next to “b” within 1 word of “c”"),
        ("heavy floods NEAR Quetta", "“heavy” and “floods” near “Quetta”"),
        ("headline:floods rain", "“floods” in the headline and “rain”"),
        ('headline:"two words"', "the phrase “two words” in the headline"),
        ("bal*", "“bal…”"),
        ("floods -sport -cricket", "“floods” without “sport” or “cricket”"),
        ("-sport", "Articles without “sport”"),
        ("-headline:sport", "Articles without “sport” in the headline"),
        ("place:xyz floods", "“xyz floods”"),
        ("🎉", "“🎉”"),
        ("OR", "“OR”"),
    ],
)
def test_what_is_typed_is_said_with_what_it_means(typed, said):
    assert describe(Criteria(typed)) == said


@pytest.mark.parametrize("typed", ["x" * 10_000, "x " * 900, "ab OR " * 150, '"' + "ab " * 300])
def test_a_long_search_is_said_in_short(typed):
    assert len(describe(Criteria(typed))) < 250


def test_a_headline_is_told_apart_from_a_place():
    quetta = Filter("place", (Choice(1, "quetta", "Quetta"),))
    assert describe(Criteria("headline:gas", (quetta,))) == "“gas” in the headline, in Quetta"
