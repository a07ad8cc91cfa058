"""Filters find what a plain reading of them finds, alone, together and with words."""

import random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import search
from articles.models import Section, Tag
from articles.search import Filter
from tests.factories import make_place, make_section, make_tag
from tests.search.archive import counted, criteria, headlines, publish

pytestmark = pytest.mark.django_db


class Listed(NamedTuple):
    """An article with the values that each parameter finds it by."""

    pk: int
    values: dict[str, set[str]]
    word: str

    def meets(self, chosen: Filter) -> bool:
        has = any(choice.slug in self.values[chosen.parameter] for choice in chosen.choices)
        return has != chosen.excluded


def an_archive() -> list[Listed]:
    """Thirty articles with any of three tags and two sections, and places in each other."""
    dice = random.Random(6)
    tags = [make_tag(name) for name in ("gas", "coal", "sport")]
    sections = [make_section(name) for name in ("world", "national")]
    country = make_place("pakistan")
    places = [country, make_place("quetta", country), make_place("kabul")]
    made = []
    for _ in range(30):
        of_it: list[Tag] = dice.sample(tags, dice.randint(0, 3))
        section: Section | None = dice.choice([*sections, None])
        about = dice.sample(places, dice.randint(0, 2))
        language, word = dice.choice(["en", "ur", "en-gb"]), dice.choice(["rain", "snow"])
        article = publish(word, about=about, tags=of_it, section=section, language=language)
        inside = {"pakistan"} if places[1] in about else set[str]()
        made.append(
            Listed(
                article.pk,
                {
                    "tag": {tag.slug for tag in of_it},
                    "section": {section.slug} if section else set(),
                    "place": {place.slug for place in about} | inside,
                    "language": {language, language[:2]},
                },
                word,
            )
        )
    return made


def values(*slugs: str) -> st.SearchStrategy[str]:
    one = st.sampled_from(slugs)
    group = st.one_of(
        one, one.map("-{}".format), st.lists(one, min_size=2, max_size=3).map("|".join)
    )
    return st.lists(group, min_size=1, max_size=3).map(",".join)


def test_both_databases_find_what_the_filters_say():
    archive = an_archive()
    asked = st.fixed_dictionaries(
        {},
        optional={
            "tag": values("gas", "coal", "sport"),
            "section": values("world", "national"),
            "place": values("pakistan", "quetta", "kabul"),
            "language": values("en", "ur", "en-GB".lower()),
            "q": st.sampled_from(["rain", "-rain", "rain OR snow"]),
        },
    )

    @given(asked)
    @settings(max_examples=150, deadline=None)
    def check(params: dict[str, str]) -> None:
        sought = criteria(**params)
        words = {"rain": {"rain"}, "-rain": {"snow"}}.get(sought.q, {"rain", "snow"})
        expected = [
            article.pk
            for article in reversed(archive)
            if article.word in words and all(map(article.meets, sought.filters))
        ]
        assert [article.pk for article in search.find(sought, size=50).articles] == expected
        assert counted(sought).number == len(expected)
        after = search.find_after(sought, None, size=50)
        assert after.article_ids == expected
        again = search.parse({name: [value] for name, value in sought.params})
        assert again == sought

    check()


def test_what_is_left_out_is_not_counted_and_stays_left_out_when_narrowed():
    gas, sport = make_tag("gas"), make_tag("sport")
    publish("Gas", tags=[gas])
    publish("Gas and sport", tags=[gas, sport])
    publish("Neither")

    found = search.facets(criteria(tag="-sport"), ["tag", "year"])

    tag, year = found.facets
    assert (found.sample, found.is_exact) == (2, True)
    assert [(value.choice.slug, value.count) for value in tag.values] == [("gas", 1)]
    assert tag.values[0].criteria.query_string == "tag=-sport,gas"
    assert year.values[0].criteria.query_string.startswith("tag=-sport&from=")


def test_a_place_left_out_leaves_out_what_lies_in_it():
    country = make_place("Pakistan")
    publish("There", about=[make_place("Quetta", country)])
    publish("Elsewhere", about=[make_place("Kabul")])
    assert headlines(place="-pakistan") == ["Elsewhere"]
    assert headlines(place="-quetta,-kabul") == []
