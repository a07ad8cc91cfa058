from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from articles import listings
from articles.models import Tag
from articles.search import Criteria, CriteriaError, Order, describe, parse
from articles.text.slugs import slugify
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

pytestmark = pytest.mark.django_db


def errors(**params: list[str]) -> dict[str, list[str]]:
    with pytest.raises(CriteriaError) as caught:
        parse({name.rstrip("_"): values for name, values in params.items()})
    return caught.value.errors


def publish_under(*tags: str) -> list[Tag]:
    """The tags of these names, which readers know from an article that carries them."""
    made = [make_tag(name) for name in tags]
    listings.refresh([make_article(tags=made).pk])
    return made


def test_nothing_asked_is_everything_newest_first():
    assert parse(QueryDict("")) == Criteria()
    assert parse(QueryDict("q=&place=&from=+&order=")) == Criteria()
    assert Criteria().query_string == ""


def test_an_unknown_parameter_is_named_with_those_there_are():
    (message,) = errors(colour=["red"])["colour"]
    assert "place" in message
    assert "order" in message
    assert parse(QueryDict("page=2&q=gas"), allowed_extra=["page"]) == Criteria(q="gas")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
        ("1935-05-31", datetime(1935, 5, 31, tzinfo=UTC), datetime(1935, 6, 1, tzinfo=UTC)),
    ],
)
def test_a_date_is_a_year_a_month_or_a_day(text, start, end):
    assert parse(QueryDict(f"from={text}&to={text}")).bounds == (start, end)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-13", "26", "20266", "1 May 2026", "٢٠٢٦", "0000", "9999-12-31", "\x00"],
)
def test_a_date_that_cannot_be_is_an_error(text):
    (message,) = errors(from_=[text])["from"]
    assert "YYYY-MM-DD" in message


def test_a_span_that_ends_before_it_begins_is_an_error():
    assert "before" in errors(from_=["2020"], to=["2019-12"])["to"][0]


def test_orders_are_known_and_relevance_needs_words():
    assert parse(QueryDict("order=relevance&q=gas")).order == Order.RELEVANCE
    assert "newest, oldest, relevance" in errors(order=["best"])["order"][0]
    assert "needs words" in errors(order=["relevance"])["order"][0]


@pytest.mark.parametrize("text", ["klingon", "e", "en_GB", "../x", "\x00"])
def test_a_language_is_a_language_tag(text):
    assert "language tag" in errors(language=[text])["language"][0]


def test_every_error_is_told_at_once():
    assert errors(from_=["x"], order=["y"], colour=["z"]).keys() == {"from", "order", "colour"}


def test_entities_are_named_by_slug_or_id():
    first, second = publish_under("2024", "floods")
    by_slug = parse(QueryDict("tag=floods"))
    assert parse(QueryDict(f"tag={second.pk}")) == by_slug
    assert by_slug.filters[0].choices[0].name == "floods"
    assert parse(QueryDict("tag=2024")).filters[0].choices[0].key == first.pk


@pytest.mark.parametrize(
    "value", ["nowhere", "0", "9" * 30, "\x00", "\ud800", "' OR 1=1", "x" * 10_000]
)
@pytest.mark.parametrize("parameter", ["place", "dateline", "person", "tag", "section", "author"])
def test_an_unknown_entity_is_an_error_that_names_it(parameter, value):
    make_place("Quetta")
    (message,) = errors(**{parameter: ["quetta|" + value if parameter == "place" else value]})[
        parameter
    ]
    assert message.startswith(
        f"There is no {parameter} “{value[:5] if value.isprintable() else ''}"
    )
    assert len(message) < 200


@pytest.mark.parametrize(
    ("parameter", "make"),
    [
        ("person", make_person),
        ("organisation", make_organisation),
        ("tag", make_tag),
        ("author", make_author),
    ],
)
def test_what_no_public_article_has_is_unknown(parameter, make):
    entity = make("Sought")

    for value in (entity.slug, str(entity.pk)):
        assert errors(**{parameter: [value]})[parameter][0].startswith("There is no")


def test_a_hyphen_before_a_value_leaves_it_out():
    red, blue, green = publish_under("red", "blue", "green")
    asked = parse(QueryDict(f"tag=red,-blue,-{green.pk}&language=-ur"))
    assert [
        (chosen.parameter, chosen.choices[0].key, chosen.excluded) for chosen in asked.filters
    ] == [
        ("tag", red.pk, False),
        ("tag", blue.pk, True),
        ("tag", green.pk, True),
        ("language", "ur", True),
    ]
    assert asked.query_string == "tag=red,-blue,-green&language=-ur"
    assert parse(QueryDict(asked.query_string)) == asked


@pytest.mark.parametrize("text", ["-red|blue", "red|-blue", "-red|-blue"])
def test_what_is_left_out_cannot_stand_between_bars(text):
    publish_under("red", "blue")
    (message,) = errors(tag=[text])["tag"]
    assert f"“{text}” cannot be read" in message
    assert message.endswith("For none of them give “-red,-blue”.")


def test_what_is_left_out_must_exist_too():
    assert "There is no tag “blue”" in errors(tag=["-blue"])["tag"][0]
    assert "not a language tag" in errors(language=["-x_y"])["language"][0]
    assert errors(tag=["-"]).keys() == {"tag"}


@pytest.mark.parametrize("name", ["-sport", "– Sport", "‑sport", " -sport-", "--sport"])
def test_no_slug_begins_with_a_hyphen(name):
    assert slugify(name) == "sport"


def test_too_many_values_are_an_error():
    assert "at most 20" in errors(tag=["a|" * 5_000])["tag"][0]


def test_the_same_search_has_one_address():
    publish_under("red", "blue", "green"), make_place("Sui")
    one = parse(QueryDict("to=2022-05&tag=red|blue&tag=green&q=+gas+&order=newest&place=sui&from="))
    assert one.query_string == "q=gas&place=sui&tag=red|blue,green&to=2022-05"
    assert parse(QueryDict(one.query_string)) == one


def test_a_filter_can_be_added_and_taken_away():
    publish_under("red", "blue")
    red = parse(QueryDict("q=gas&tag=red"))
    blue = parse(QueryDict("tag=blue")).filters[0]
    both = red.narrowed("tag", blue.choices[0])
    assert both.query_string == "q=gas&tag=red,blue"
    assert both.without(blue) == red


def test_criteria_can_be_said_in_words():
    make_place("Balochistan"), make_place("Sindh"), make_section("World")
    publish_under("floods")
    article = make_article()
    make_mention(article, make_person("Mohsin Naqvi"))
    listings.refresh([article.pk])

    def words(address: str) -> str:
        return describe(parse(QueryDict(address)))

    assert words("q=floods&place=balochistan&from=2010&to=2022") == (
        "“floods” in Balochistan, 2010 to 2022"
    )
    assert words("") == "Articles"
    assert words("place=balochistan|sindh&tag=floods&section=world&language=ur&to=1999-05") == (
        "Articles in Balochistan or Sindh tagged floods in the section World in Urdu, until 1999-05"
    )
    assert words("place=balochistan,-sindh&tag=-floods&language=-ur") == (
        "Articles in Balochistan not in Sindh not tagged floods not in Urdu"
    )
    assert words("person=mohsin-naqvi&from=2020&order=oldest") == (
        "Articles with Mohsin Naqvi, from 2020, oldest first"
    )
    assert len(words("q=" + "x" * 10_000)) < 100


def test_somebody_whom_only_a_draft_names_is_nobody():
    draft = make_article(published=None)
    make_mention(draft, make_person("Mohsin Naqvi"))
    listings.refresh([draft.pk])

    with pytest.raises(CriteriaError):
        parse(QueryDict("person=mohsin-naqvi"))
