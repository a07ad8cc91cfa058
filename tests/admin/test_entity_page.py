"""What the page of a place, a person, an organisation or a tag shows beside its form."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from articles import editing
from articles.models import Duplicate, MentionState, Merge, Person, PersonName, Position
from articles.text.folding import fold
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_staff,
    make_tag,
)


@pytest.fixture
def editor(db: None) -> User:
    return make_staff("Editor", "ann")


def page_of(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def articles_about(person: Person, number: int) -> None:
    articles = [make_article() for _ in range(number)]
    for article in articles:
        make_mention(article, person)
    editing.record(articles)


def test_its_newest_articles_are_shown_and_all_are_counted(desk: Client) -> None:
    zia = make_person("Zia")
    articles_about(zia, 12)

    page = desk.get(page_of(zia))

    shown = page.context["overview"]
    assert (shown.number, len(shown.articles)) == (12, 10)
    assert shown.public == zia.get_absolute_url()
    assert desk.get(shown.all_articles).status_code == 200


def test_it_has_no_page_for_readers_before_a_public_article_names_it(desk: Client) -> None:
    zia = make_person("Zia")
    make_mention(make_article(published=None), zia)

    page = desk.get(page_of(zia))

    assert page.context["overview"].public == ""
    assert "View on site" not in page.content.decode()
    assert "readers have no page of it" in page.content.decode()


def test_suggestions_of_any_of_its_names_lead_to_where_they_are_decided(desk: Client) -> None:
    zia = make_person("Zia Khan", names=["Zía-ul-Khan"])
    for words in ("Zia Khan", "Zia Khan", "Zia-ul-Khan"):
        other = make_person()
        state = MentionState.SUGGESTED
        make_mention(make_article(), other, state=state, quote=words, folded=fold(words))

    waits = desk.get(page_of(zia)).context["overview"].waits

    assert [(one.name, one.number) for one in waits] == [("Zia Khan", "2"), ("Zía-ul-Khan", "1")]
    assert desk.get(waits[0].address).context["facts"].words == "Zia Khan"


def test_positions_stand_as_precise_as_they_are_known(desk: Client) -> None:
    zia = make_person("Zia")
    held = {"start_precision": "month", "end_precision": "year", "place": make_place("Sindh")}
    dates = {"started_on": date(1998, 3, 1), "ended_on": date(2001, 1, 1)}
    Position.objects.create(person=zia, title="Governor", **dates, **held)

    (position,) = desk.get(page_of(zia)).context["overview"].held

    assert (position.at, position.when) == ("Sindh", "March 1998 to 2001")


def test_a_place_is_shown_on_a_map_with_what_it_lies_in(desk: Client) -> None:
    country = make_place("Pakistan", kind="country")
    province = make_place("Balochistan", country, kind="division")
    quetta = make_place("Quetta", province, latitude=30.2, longitude=67.0, geonames_id=1167528)

    page = desk.get(page_of(quetta))

    shown = page.context["overview"]
    assert [place.name for place in shown.chain] == ["Pakistan", "Balochistan"]
    assert "<svg" in shown.map
    assert "https://www.geonames.org/1167528/" in page.content.decode()


def test_merges_and_possible_duplicates_are_told(desk: Client) -> None:
    zia, other = make_person("Zia"), make_person("Ziya")
    Duplicate.objects.create(
        kind="person", first_id=zia.pk, second_id=other.pk, reason="near spelling", score=0.5
    )
    Merge.objects.create(
        kind="person", source_id=0, target_id=zia.pk, source_name="Zya", target_name="Zia"
    )

    for row, alike in ((zia, "Ziya"), (other, "Zia")):
        assert [one.name for one in desk.get(page_of(row)).context["overview"].duplicates] == [
            alike
        ]
    merged = desk.get(page_of(zia)).context["overview"].merged
    assert [one.source_name for one in merged] == ["Zya"]


def test_the_page_of_what_was_merged_leads_to_what_it_is_now(desk: Client) -> None:
    zia = make_person("Zia")
    shell = make_person("Ziya", merged_into=zia)

    answer = desk.get(page_of(shell), follow=True)

    assert answer.redirect_chain == [(page_of(zia), 302)]
    assert "“Ziya” has been merged into this." in answer.content.decode()


def test_other_names_stand_in_the_direction_of_their_language(desk: Client) -> None:
    zia = make_person("Zia")
    PersonName.objects.create(person=zia, name="ضیا", language="ur", folded=fold("ضیا"))

    page = desk.get(page_of(zia)).content.decode()

    assert 'dir="rtl" lang="ur"' in page


@pytest.mark.parametrize("make", [make_place, make_person, make_organisation, make_tag])
def test_every_kind_has_its_page(desk: Client, make: Any) -> None:
    assert desk.get(page_of(make())).status_code == 200


def test_a_page_costs_the_same_queries_whatever_stands_under_it(desk: Client) -> None:
    few, many = make_person("Zia", names=["Zya"]), make_person("Bano", names=["Banu"])
    for person, number in ((few, 1), (many, 9)):
        articles_about(person, number)
        for words in range(number):
            quote = f"{person.name} {words}"
            PersonName.objects.create(person=person, name=quote, folded=fold(quote))
            Position.objects.create(person=person, title="Minister", place=make_place())
            duplicate = {"reason": "near", "score": 0.5, "kind": "person"}
            Duplicate.objects.create(first_id=person.pk, second_id=make_person().pk, **duplicate)

    def queries(row: Person) -> int:
        desk.get(page_of(row))
        with CaptureQueriesContext(connection) as asked:
            desk.get(page_of(row))
        return len(asked)

    assert queries(many) == queries(few)


# Choosing among many


def choices(desk: Client, field: str, term: str) -> list[str]:
    query = {"app_label": "articles", "model_name": "mention", "field_name": field, "term": term}
    return [one["text"] for one in desk.get("/admin/autocomplete/", query).json()["results"]]


def test_the_best_known_comes_first_and_is_told_from_its_namesakes(desk: Client) -> None:
    make_person("Zia Ahmed", title="Judge")
    known = make_person("Zia Khan", title="Governor")
    make_person("Zia Old", merged_into=known)
    articles_about(known, 2)

    assert choices(desk, "person", "zia") == [
        "Zia Khan (Governor) · 2 articles",
        "Zia Ahmed (Judge)",
    ]


def test_a_place_is_found_by_any_name_spelling_or_script_and_by_a_later_word(desk: Client) -> None:
    sindh = make_place("Sindh", kind="division", country_code="PK")
    make_place("New Hyderabad", sindh, names=["حیدرآباد", "Haydarābād"])

    for term in ("new h", "HYDERABAD", "حیدراباد", "haydarabad"):
        assert choices(desk, "place", term) == ["New Hyderabad (city, Sindh, PK)"], term
    assert choices(desk, "place", "\x00") == choices(desk, "place", "")


def test_choosing_costs_the_same_queries_among_many(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_place(f"Hyderabad {number}", make_place())

    with django_assert_max_num_queries(5):
        assert len(choices(desk, "place", "hyder")) == 20


def test_a_name_and_a_position_are_added_without_scripts(desk: Client) -> None:
    page: Any = html.fromstring(desk.get(page_of(make_person("Zia"))).content.decode())

    assert page.xpath("//input[@name='names-0-name']")
    assert page.xpath("//input[@name='positions-0-title']")
