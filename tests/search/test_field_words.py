"""What stands in the search box as ``place:quetta`` means what the parameter means."""

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import listings
from articles.models import Article
from articles.search import Criteria, Order, parse
from articles.search.asking.criteria import MOST_VALUES
from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)
from tests.search.archive import criteria, headlines, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def quake() -> Article:
    """An article that has something in every field."""
    quetta = make_place("Quetta", make_place("Balochistan"), names=["کوئٹہ", "Shal"])
    return publish(
        "Earthquake",
        about=[quetta, make_person("Mohsin Naqvi", names=["محسن نقوی"]), make_organisation("PMD")],
        dateline_place=quetta,
        tags=[make_tag("natural gas"), make_tag("São João", slug="sao-joao")],
        section=make_section("National"),
        authors=[make_author("Amina Baloch")],
        language="ur",
    )


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("place:quetta", "place=quetta"),
        ("dateline:Quetta", "dateline=quetta"),
        ('person:"Mohsin Naqvi"', "person=mohsin-naqvi"),
        ("person:“mohsin NAQVI”", "person=mohsin-naqvi"),
        ('person:"محسن نقوی"', "person=mohsin-naqvi"),
        ("place:shal", "place=quetta"),
        ("place:کويٹہ", "place=quetta"),
        ("organisation:pmd", "organisation=pmd"),
        ("organization:PMD", "organisation=pmd"),
        ('tag:"natural gas"', "tag=natural-gas"),
        ("tag:natural-gas", "tag=natural-gas"),
        ('tag:"sao joao"', "tag=sao-joao"),
        ("section:National", "section=national"),
        ('author:"amina baloch"', "author=amina-baloch"),
        ("language:ur", "language=ur"),
        ("language:urdu", "language=ur"),
        ("language:اردو", "language=ur"),
        ("PLACE:quetta", "place=quetta"),
        ("from:2019 to:2020-02", "from=2019&to=2020-02"),
        ("before:2020", "to=2019"),
        ("before:2020-01", "to=2019-12"),
        ("before:2020-03-01", "to=2020-02-29"),
        ("after:2019", "from=2020"),
        ("after:2019-12", "from=2020-01"),
        ("after:2019-12-31", "from=2020-01-01"),
        ("-before:2020", "from=2020"),
        ("-from:2020", "to=2019"),
        ("-place:quetta", "place=-quetta"),
        ("place:-quetta", "place=-quetta"),
        ("place:quetta|balochistan", "place=quetta|balochistan"),
        ('tag:"natural gas"|"São João"', "tag=natural-gas|sao-joao"),
        ("place:quetta OR place:balochistan", "place=quetta|balochistan"),
        ("place:quetta place:balochistan", "place=quetta,balochistan"),
        ("place:quetta,balochistan", "place=quetta,balochistan"),
        ("(place:quetta OR place:balochistan)", "place=quetta|balochistan"),
        ("\u200fplace:quetta\u200e", "place=quetta"),
        ("fire place:quetta gas", "q=fire+gas&place=quetta"),
        ("fire AND place:quetta", "q=fire&place=quetta"),
        ("fire NEAR place:quetta gas", "q=fire+gas&place=quetta"),
        ('"gas field" place:quetta -fire', "q=%22gas+field%22+-fire&place=quetta"),
    ],
)
def test_field_words_become_the_parameters_that_they_name(quake, typed, address):
    asked = criteria(q=typed)
    assert asked.query_string == address
    assert asked == parse(QueryDict(address))
    assert asked.notes == ()


def test_an_entry_goes_by_its_id_too(quake):
    (place, *_) = [mention.place for mention in quake.mentions.filter(place__isnull=False)]
    assert criteria(q=f"place:{place.pk}").query_string == "place=quetta"


def test_they_narrow_what_the_parameters_narrow(quake):
    publish("Rain in Balochistan", about=[make_place("Gwadar")])

    assert headlines(q="place:balochistan") == ["Earthquake"]
    assert headlines(q="-place:balochistan") == ["Rain in Balochistan"]
    assert headlines(q="balochistan", place="gwadar") == ["Rain in Balochistan"]
    assert headlines(q="earthquake tag:natural-gas", place="quetta") == ["Earthquake"]
    assert criteria(q="place:quetta", place="quetta").query_string == "place=quetta"


def test_of_two_spans_both_must_be_met(quake):
    since = criteria(q="from:2018 after:2019-05", from_="2019")
    until = criteria(q="to:2019-06 before:2021", to="2020")
    assert (since.query_string, until.query_string) == ("from=2019-06", "to=2019-06")


def test_one_name_of_several_finds_any_of_them():
    people = [make_person("Ali Khan", slug="ali-khan-minister"), make_person("Ali Khan", slug="ak")]
    for person in people:
        publish(person.slug, about=[person])
    make_person("Ali Khan", slug="ali-khan")  # nobody has heard of this one

    publish("Again", about=[people[1]])
    publish("And again", about=[people[1]])

    assert criteria(q='person:"ali khan"').query_string == "person=ak|ali-khan-minister"
    assert criteria(q='-person:"ali khan"').query_string == "person=-ak,-ali-khan-minister"


@pytest.mark.parametrize(
    ("typed", "found", "note"),
    [
        ("place:xyz", "xyz", "There is no place “xyz”; searched for the words instead."),
        ('person:"No One"', "no one", "There is no person “No One”; searched for the words"),
        ("language:klingon", "klingon", "There is no language “klingon”"),
        ("before:christmas", "christmas", "“before:christmas” has no date, such as 2020"),
        ("from:2020-13", "2020 13", "“from:2020-13” has no date"),
        ("before:1000", "1000", "“before:1000” has no date"),
        ("from:2020 to:2019", "2019", "“to:2019” and the other dates leave no time"),
        ("fire OR place:quetta", "fire", "“place:quetta” cannot be one side of OR"),
        ("tag:gas OR place:quetta", "gas", "“tag:gas” cannot be one side of OR"),
    ],
)
def test_what_names_nothing_is_words_and_a_note_says_so(quake, typed, found, note):
    asked = criteria(q=typed)
    assert asked.notes[0].startswith(note)
    assert found in " ".join(" ".join(term.words) for term in asked.query.terms)
    assert criteria(**dict(asked.params)) == asked


def test_what_is_left_out_and_names_nothing_is_left_out_as_a_word(quake):
    publish("Rain")
    assert headlines(q="-place:earthquake") == ["Rain"]


@pytest.mark.parametrize(
    "typed", ["http://example.org/a", "10:30", "foo:bar", "place:", "place: quetta", "Re: fire"]
)
def test_what_only_looks_like_a_field_word_is_words(typed):
    asked = criteria(q=typed)
    assert (asked.q, asked.filters, asked.notes) == (typed, (), ())
    assert asked.query


def test_somebody_whom_only_a_draft_names_is_not_known_by_any_name():
    draft = make_article(published=None)
    make_mention(draft, make_person("Mohsin Naqvi", names=["محسن نقوی"]))
    listings.refresh([draft.pk])

    for name in ("mohsin-naqvi", '"Mohsin Naqvi"', '"محسن نقوی"'):
        assert criteria(q=f"person:{name}").notes[0].startswith("There is no person")


def test_an_entry_is_found_by_what_it_was_called_and_by_one_merged_into_it(quake):
    quetta = quake.dateline_place
    make_place("Shalkot", merged_into=quetta)
    assert criteria(q="place:shalkot").query_string == "place=quetta"


def test_the_best_match_first_needs_words_besides(quake):
    assert criteria(q="place:quetta", order="relevance").order == Order.NEWEST
    assert criteria(q="fire place:quetta", order="relevance").order == Order.RELEVANCE


def test_no_more_values_than_a_parameter_takes(quake):
    for number in range(30):
        publish(tags=[make_tag(f"t{number}")])
    asked = criteria(q=" ".join(f"tag:t{number}" for number in range(30)))
    assert len(asked.filters) == MOST_VALUES
    assert "no more than 20 values of tag" in asked.notes[0]
    assert criteria(**dict(asked.params)) == asked


def test_names_cost_one_query_however_many_fields_ask(quake, django_assert_num_queries):
    every = 'place:quetta dateline:quetta person:"Mohsin Naqvi" tag:natural-gas tag:"sao joao" '
    with django_assert_num_queries(1):
        criteria(q=every + 'section:national author:"Amina Baloch" organisation:pmd after:2001')


def test_names_that_are_not_found_cost_no_query_each(quake, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        criteria(q=" ".join(f"place:no{number}" for number in range(50)))


def test_whatever_is_typed_has_one_address_and_is_no_error(quake):
    field = st.sampled_from(
        ["place:", "-tag:", "person:", "headline:", "before:", "to:", "language:", "-from:", "x:"]
    )
    value = st.sampled_from(
        ["quetta", '"Mohsin Naqvi"', "xyz", '"', "2020", "2019-05", "a|b", "quetta,xyz", "-", "ur"]
    )
    piece = st.tuples(field, value).map("".join) | st.sampled_from(
        ["fire", "OR", "NEAR", "NEAR/3", "AND", '"gas field"', '"', "-fire", "(", ")", "|", "🎉"]
    )

    @given(st.lists(piece, max_size=8).map(" ".join) | st.text(max_size=60))
    @settings(max_examples=200)
    def check(typed: str) -> None:
        asked = criteria(q=typed)
        again: Criteria = criteria(**{name.replace("from", "from_"): v for name, v in asked.params})
        assert again == asked
        assert again.query_string == asked.query_string

    check()


def test_a_name_that_many_have_takes_no_room_from_another(monkeypatch):
    monkeypatch.setattr("articles.search.asking.called._READ", 2)
    publish("Met", about=[make_person("Ali Khan", slug=f"ali-{number}") for number in range(5)])
    publish("Seen", about=[make_person("Naqvi of Quetta", slug="x")])
    asked = criteria(q='person:"Ali Khan" person:"Naqvi of Quetta"')
    assert [len(one.choices) for one in asked.filters] == [2, 1]
