"""What the desk refuses in an entry of the vocabulary, and what it asks about first."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from articles import editing
from articles.models import Organisation, Person, Place, PlaceName, Position
from articles.text.slugs import slugify
from tests.factories import make_article, make_organisation, make_person, make_place, make_tag

FilledIn = Callable[[str], dict[str, Any]]
Save = Callable[..., str]


@pytest.fixture
def save(desk: Client, filled_in: FilledIn) -> Save:
    """Saves an entry with other values; what the page says against it, empty when it is saved."""

    def save(row: Any, all_the_same: bool = False, **values: Any) -> str:
        address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
        data = {**filled_in(address), **values}
        answer = desk.post(address, data)
        if all_the_same:
            asked = [one.key for one in answer.context["questions"]]
            answer = desk.post(address, {**data, "asked": asked, "all_the_same": "1"})
        return "" if answer.status_code == 302 else _said(answer)

    return save


def _said(answer: Any) -> str:
    page: Any = html.fromstring(answer.content.decode())
    errors = page.xpath("//ul[contains(@class, 'errorlist')]")
    assert errors, "it was refused without a word"
    return " ".join(" ".join(error.text_content().split()) for error in errors)


def other_name(row: Any, name: str, **fields: Any) -> dict[str, Any]:
    """A new row of other names, as the form sends it."""
    values = {"names-TOTAL_FORMS": 1, "names-0-name": name, "names-0-id": ""}
    values[f"names-0-{row._meta.model_name}"] = row.pk
    return values | {f"names-0-{field}": value for field, value in fields.items()}


def position(person: Person, **values: str) -> dict[str, Any]:
    row = {"id": "", "person": person.pk, "title": "Governor", **values}
    return {"positions-TOTAL_FORMS": 1, **{f"positions-0-{key}": row[key] for key in row}}


# Names


@pytest.mark.parametrize(
    ("name", "word"),
    [("\u200b\u200e", "nothing that can be seen"), ("–?!", "no letter"), ("x" * 201, "200")],
)
def test_a_name_that_is_none_is_refused(save: Save, name: str, word: str) -> None:
    person, place = make_person("Zia"), make_place("Sui")

    assert word in save(person, name=name)
    assert word in save(place, **other_name(place, name))

    assert Person.objects.get().name == "Zia"
    assert not PlaceName.objects.exists()


def test_a_name_is_let_in_without_what_is_invisible_or_turns_the_direction(save: Save) -> None:
    person = make_person("Zia")

    assert save(person, name=" Zia\u202e  \u200bKhan\x07 ") == ""

    assert Person.objects.get().name == "Zia Khan"


def test_joiners_stay_where_they_shape_a_word(save: Save) -> None:
    place = make_place("Sui")

    assert save(place, **other_name(place, "\u200cمی\u200cخواهم", language="fa")) == ""

    assert PlaceName.objects.get().name == "می\u200cخواهم"


def test_a_name_of_another_entry_is_asked_about_with_the_way_to_it(
    save: Save, desk: Client, filled_in: FilledIn
) -> None:
    known = make_person("Zia ul-Haq", names=["General Zia"])
    zia = make_person("Zia Khan")

    for values in ({"name": "zia ul-haq"}, other_name(zia, "General Zía")):
        assert "name of another person already" in save(zia, **values)
    address = reverse("admin:articles_person_change", args=[zia.pk])
    page = desk.post(address, {**filled_in(address), **other_name(zia, "General Zia")})

    assert [one.other for one in page.context["questions"]] == ["Zia ul-Haq"]
    assert reverse("admin:articles_person_change", args=[known.pk]) in page.content.decode()
    assert save(zia, all_the_same=True, **other_name(zia, "General Zia")) == ""


def test_namesakes_in_different_provinces_are_not_asked_about(save: Save) -> None:
    sindh, punjab = make_place("Sindh"), make_place("Punjab")
    make_place("Hyderabad", sindh)
    town = make_place("Hyderabad X", punjab)

    assert save(town, name="Hyderabad") == ""


def test_an_alias_that_is_an_ordinary_word_is_asked_about_with_what_it_would_hit(
    save: Save,
) -> None:
    rain = make_article(paragraphs=["It may rain, and may not. May came."])
    going = make_article(paragraphs=["They may go. Zia went with them to Quetta."])
    editing.record([rain, going])
    party = make_organisation("Movement")

    said = save(party, **other_name(party, "May"))

    assert "“May” is an ordinary word too: 2 articles have it" in said
    assert "3 are in small letters" in said
    assert save(party, **other_name(party, "Quetta")) == ""


def test_an_ordinary_word_is_saved_once_it_is_ticked_as_one_or_said_to_be_meant(save: Save) -> None:
    party, other = make_organisation("Movement"), make_organisation("League")

    assert "ordinary word" in save(party, **other_name(party, "Monday"))
    assert save(party, **other_name(party, "Monday", is_common_word="on")) == ""
    assert save(other, all_the_same=True, **other_name(other, "Tuesday")) == ""
    assert Organisation.objects.filter(names__name__in=["Monday", "Tuesday"]).count() == 2


def test_an_answer_to_one_question_answers_no_other(
    desk: Client, filled_in: FilledIn, save: Save
) -> None:
    party = make_organisation("Movement")
    address = reverse("admin:articles_organisation_change", args=[party.pk])
    given = {**filled_in(address), "all_the_same": "1", "asked": ["word monday"]}

    answer = desk.post(address, given | other_name(party, "Friday"))

    assert [one.key for one in answer.context["questions"]] == ["word friday"]


# Places


@pytest.mark.parametrize("latitude", ["91", "-90.5", "nan", "inf", "north"])
def test_a_latitude_that_is_none_is_refused(save: Save, latitude: str) -> None:
    assert save(make_place("Sui"), latitude=latitude, longitude="69.2")
    assert Place.objects.get().latitude is None


def pakistan() -> Place:
    country = make_place("Pakistan", kind="country", country_code="PK", latitude=30, longitude=69)
    for number in range(9):
        make_place(f"Town {number}", country, latitude=25 + number, longitude=62 + number)
    return country


def test_a_point_is_asked_about_when_it_can_hardly_be_right(save: Save) -> None:
    town = make_place("Sui", pakistan())

    assert "Gulf of Guinea" in save(town, latitude="0", longitude="0")
    assert "outside Pakistan" in save(town, latitude="52.5", longitude="13.4")
    assert "are they mixed up" in save(town, latitude="67", longitude="28.6")
    assert save(town, latitude="28.6", longitude="69.2") == ""
    assert save(town, all_the_same=True, latitude="52.5", longitude="13.4") == ""
    assert Place.objects.get(name="Sui").latitude == 52.5


def test_a_point_far_from_what_it_lies_in_is_asked_about(save: Save) -> None:
    province = make_place("Sindh", kind="division", latitude=26, longitude=68)
    town = make_place("Sui", province)

    assert "km from the middle of Sindh" in save(town, latitude="52.5", longitude="13.4")
    assert save(town, latitude="28.6", longitude="69.2") == ""


def test_a_larger_place_in_a_smaller_one_is_asked_about(save: Save) -> None:
    town, country = make_place("Sui", kind="town"), make_place("Pakistan", kind="country")

    assert "seldom lies in a town" in save(country, parent=town.pk)


def test_no_place_is_put_into_itself(save: Save) -> None:
    sindh = make_place("Sindh", kind="division")
    town = make_place("Sui", sindh)

    assert "cannot lie in itself" in save(sindh, parent=sindh.pk)
    assert "which lies in Sindh" in save(sindh, parent=town.pk)


def test_what_was_merged_since_it_was_chosen_stands_for_what_it_was_merged_into(
    save: Save,
) -> None:
    sindh = make_place("Sindh", kind="division")
    shell = make_place("Scinde", kind="division", merged_into=sindh)
    flood = make_tag("Flood")
    old_flood = make_tag("Inundation", merged_into=flood)
    town, article = make_place("Sui", kind="town"), make_article()

    assert save(town, parent=shell.pk) == ""
    assert save(article, dateline_place=shell.pk, tags=[old_flood.pk]) == ""

    town.refresh_from_db()
    article.refresh_from_db()
    assert [each.name for each in town.containers.all()] == ["Sindh"]
    assert article.dateline_place == sindh
    assert list(article.tags.all()) == [flood]


def test_one_outside_number_is_claimed_by_one_place(save: Save) -> None:
    make_place("Quetta", wikidata_id="Q185458", geonames_id=1167528)
    other = make_place("Kwetta")

    for values in ({"wikidata_id": "Q185458"}, {"geonames_id": "1167528"}):
        said = save(other, **values)
        assert "is the number of Quetta already" in said
        assert said.count("Quetta") == 1
    assert "not the number of a Wikidata item" in save(other, wikidata_id="185458")


def test_the_number_of_an_item_is_taken_out_of_its_address(save: Save) -> None:
    place = make_place("Balochistan")

    assert save(place, wikidata_id="https://www.wikidata.org/wiki/Q163239") == ""
    place.refresh_from_db()
    assert place.wikidata_id == "Q163239"
    assert "Write Q1362" in save(place, wikidata_id="163239")
    assert "Write Q1362" in save(place, wikidata_id="https://www.wikidata.org/wiki/Q5abc")
    assert save(place, geonames_id="https://www.geonames.org/1183606/balochistan.html") == ""
    place.refresh_from_db()
    assert place.geonames_id == 1183606


def test_an_address_that_another_has_is_refused_in_words(save: Save) -> None:
    make_person("Zia", slug="zia")

    assert "Another one has this address already" in save(make_person("Ziauddin"), slug="zia")


def test_a_population_that_is_not_known_is_left_empty(save: Save) -> None:
    place = make_place("Sui", population=90_000)

    assert save(place, population="") == ""
    place.refresh_from_db()
    assert place.population == 0


def test_degrees_that_are_none_are_refused_in_words(save: Save) -> None:
    place = make_place("Quetta")

    assert "Write degrees with a point, such as 30.18" in save(place, latitude="30,18 N")
    assert "Latitude is between -90 and 90" in save(place, latitude="91", longitude="67")


@pytest.mark.parametrize(
    ("known", "name"),
    [("floods", "Floods"), ("élections", "Élections"), ("élections", "elections")],
)
def test_a_tag_that_differs_in_capitals_or_accents_only_is_asked_about(
    save: Save, known: str, name: str
) -> None:
    make_tag(known, slug=slugify(known))
    tag = make_tag("high water")

    assert f"There is the tag “{known}” already" in save(tag, name=name)
    assert save(tag, name=name, all_the_same=True) == ""


def test_a_country_code_that_no_country_has_is_refused(save: Save) -> None:
    make_place("Pakistan", kind="country", country_code="PK")
    town = make_place("Quetta")

    assert "No country here has the code QQ" in save(town, country_code="qq")
    assert save(town, country_code="pk") == ""


def test_codes_that_contradict_each_other_are_refused(save: Save) -> None:
    place = make_place("Sindh", kind="division")

    assert "belongs to IN" in save(place, country_code="PK", iso_code="IN-SD")
    assert save(place, country_code="pk", iso_code="pk-sd") == ""
    assert Place.objects.get().iso_code == "PK-SD"


# Dates


def test_dates_of_a_position_that_cannot_be_are_refused_and_odd_ones_asked_about(
    save: Save,
) -> None:
    zia = make_person("Zia")

    assert "not a date" in save(zia, **position(zia, started="1998-02-30"))
    backwards = position(zia, started="1999", ended="1998-03")
    assert "March 1998 is before 1999" in save(zia, **backwards)
    inexact = position(zia, started="1998-03", ended="1998")
    assert "less exact" in save(zia, **inexact)
    assert "still ahead" in save(zia, **position(zia, started="2998"))
    assert not Position.objects.exists()
    assert save(zia, **position(zia, started="1998", ended="1998-03")) == ""


def test_a_date_says_no_more_than_its_precision() -> None:
    held = Position(title="Governor", started_on=date(1998, 7, 19), start_precision="month")

    held.clean()

    assert held.started_on == date(1998, 7, 1)
