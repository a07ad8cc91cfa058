from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.listings import Listing
from articles.models import ListingKind, Person, Place, Tag
from articles.search import Criteria, find
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_mention,
    make_person,
    make_place,
    make_section,
    make_tag,
)

FilledIn = Callable[[str], dict[str, Any]]


def page_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_{page}", args=[row.pk])


def errors_of(response: Any) -> str:
    return str(response.context["errors"])


def found(words: str) -> int:
    return find(Criteria(q=words)).count.number


def test_a_place_moves_and_its_articles_move_with_it(desk: Client, filled_in: FilledIn) -> None:
    sindh, punjab = make_place("Sindh"), make_place("Punjab")
    town = make_place("Town", sindh)
    article = make_article()
    make_mention(article, town)
    editing.record([article])

    desk.post(page_of(town), filled_in(page_of(town)) | {"parent": str(punjab.pk)})

    assert Listing(ListingKind.PLACE, punjab.pk).count() == 1
    assert Listing(ListingKind.PLACE, sindh.pk).count() == 0


def test_a_place_cannot_lie_in_what_lies_in_it(desk: Client, filled_in: FilledIn) -> None:
    province = make_place("Province")
    town = make_place("Town", province)
    data = filled_in(page_of(province))

    inside_out = desk.post(page_of(province), data | {"parent": str(town.pk)})
    in_itself = desk.post(page_of(province), data | {"parent": str(province.pk)})

    form = inside_out.context["adminform"].form
    assert form.errors["parent"] == ["Province cannot lie in Town, which lies in Province."]
    assert "cannot lie in itself" in errors_of(in_itself)


def test_another_name_is_folded_so_that_copy_is_matched(desk: Client, filled_in: FilledIn) -> None:
    place = make_place("Quetta")
    data = filled_in(page_of(place)) | {
        "names-TOTAL_FORMS": "1",
        "names-0-name": "Kwéta",
        "names-0-language": "",
    }

    desk.post(page_of(place), data)

    assert place.names.get().folded == "kweta"


def test_a_new_entity_gets_its_slug_from_its_name_in_any_script(desk: Client) -> None:
    make_tag("کوئٹہ", slug="کوئٹہ")

    for name in ("Ports & ships", "کوئٹہ."):
        desk.post("/admin/articles/tag/add/", {"name": name, "slug": "", "description": ""})

    assert set(Tag.objects.values_list("slug", flat=True)) == {
        "کوئٹہ",
        "ports-ships",
        "کوئٹہ-2",
    }


def test_an_address_of_digits_alone_is_refused(desk: Client, filled_in: FilledIn) -> None:
    tag, old = make_tag("Floods"), make_tag("1985", slug="1985")
    refused = desk.post(page_of(tag), filled_in(page_of(tag)) | {"slug": "123"})
    assert "“123” could be taken for a number" in errors_of(refused)
    desk.post(page_of(old), filled_in(page_of(old)) | {"description": "A year."})
    assert Tag.objects.get(pk=old.pk).description == "A year."


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("1998", date(1998, 1, 1), "year"),
        ("1998-03", date(1998, 3, 1), "month"),
        ("1998-03-05", date(1998, 3, 5), "day"),
    ],
)
def test_a_position_starts_as_precisely_as_it_was_typed(
    desk: Client, filled_in: FilledIn, typed: str, day: date, precision: str
) -> None:
    person = make_person("Minister")
    data = filled_in(page_of(person)) | {
        "positions-TOTAL_FORMS": "1",
        "positions-0-title": "Minister",
        "positions-0-started": typed,
    }

    desk.post(page_of(person), data)

    position = person.positions.get()
    assert (position.started_on, position.start_precision) == (day, precision)
    assert filled_in(page_of(person))["positions-0-started"] == typed


@pytest.mark.parametrize(
    ("started", "ended", "message"),
    [
        ("1998-13", "", "This is not a date. Write 1998, 1998-03 or 1998-03-05."),
        ("spring", "", "This is not a date. Write 1998, 1998-03 or 1998-03-05."),
        ("1998", "1997", "A position cannot end before it starts: 1997 is before 1998."),
    ],
)
def test_a_wrong_date_of_a_position_is_refused_beside_it(
    desk: Client, filled_in: FilledIn, started: str, ended: str, message: str
) -> None:
    person = make_person()
    data = filled_in(page_of(person)) | {
        "positions-TOTAL_FORMS": "1",
        "positions-0-title": "Minister",
        "positions-0-started": started,
        "positions-0-ended": ended,
    }

    assert message in errors_of(desk.post(page_of(person), data))


def test_a_renamed_person_is_found_by_the_new_name(desk: Client, filled_in: FilledIn) -> None:
    person = make_person("Noor Jahan")
    article = make_article()
    make_mention(article, person, quote="she")
    editing.record([article])
    assert (found("jahan"), found("malika")) == (1, 0)

    desk.post(page_of(person), filled_in(page_of(person)) | {"name": "Malika"})

    assert (found("jahan"), found("malika")) == (0, 1)


def test_a_deleted_place_leaves_every_list_and_the_search(desk: Client) -> None:
    province = make_place("Province")
    town = make_place("Oldtown", province)
    article = make_article()
    make_mention(article, town)
    editing.record([article])
    assert found("oldtown") == 1

    desk.post(page_of(town, "delete"), {"post": "yes"})

    assert not Place.objects.filter(pk=town.pk).exists()
    assert Listing(ListingKind.PLACE, town.pk).count() == 0
    assert Listing(ListingKind.PLACE, province.pk).count() == 0
    assert found("oldtown") == 0


def test_who_deletes_a_place_is_told_how_many_articles_lose_it(desk: Client) -> None:
    town = make_place("Oldtown")
    article = make_article()
    make_mention(article, town)
    editing.record([article])

    page = desk.get(page_of(town, "delete")).content.decode()

    assert "Links to it from public articles: 1" in page


def test_a_deleted_tag_leaves_a_revision(desk: Client) -> None:
    tag = make_tag("ports")
    article = make_article(tags=[tag])
    editing.record([article])

    desk.post(page_of(tag, "delete"), {"post": "yes"})

    last = article.revisions.latest("number")
    assert (last.reason, last.snapshot["tags"]) == ("“ports” was deleted", [])


def test_what_articles_stand_in_or_show_is_not_deleted(desk: Client) -> None:
    section, image = make_section("Sport"), make_image()
    province = make_place("Province")
    make_place("Town", province)
    make_article(section=section, lead_image=image)

    for row, reason in [
        (section, "Articles stand in it. Move them to another section first."),
        (image, "It is the lead image of articles. Give them another first."),
        (province, "Places lie in it. Give them another parent first."),
    ]:
        assert reason in desk.get(page_of(row, "delete")).content.decode()
        desk.post(page_of(row, "delete"), {"post": "yes"})
        assert type(row)._default_manager.filter(pk=row.pk).exists()


def test_namesakes_are_told_apart_where_they_are_chosen(desk: Client) -> None:
    sindh = make_place("Sindh", kind="division")
    make_place("Hyderabad", sindh, kind="city", names=["حیدرآباد"])
    asked = {"app_label": "articles", "model_name": "mention", "field_name": "place"}

    answer = desk.get("/admin/autocomplete/", asked | {"term": "حیدر"}).json()

    assert [choice["text"] for choice in answer["results"]] == ["Hyderabad (city, Sindh)"]


def test_people_seen_by_a_machine_only_can_be_listed(desk: Client) -> None:
    make_person("Known")
    make_person("Drawn", is_reviewed=False)

    page = desk.get("/admin/articles/person/", {"is_reviewed__exact": "0"})

    assert [person.name for person in page.context["cl"].result_list] == ["Drawn"]
    assert Person.objects.count() == 2


def test_a_list_says_how_many_articles_stand_under_each_and_leads_to_them(desk: Client) -> None:
    balochistan = make_place("Balochistan")
    gwadar, tag, author = make_place("Gwadar", balochistan), make_tag("ports"), make_author("A. B.")
    for number in range(2):
        article = make_article(f"Port {number}", tags=[tag], authors=[author])
        make_mention(article, gwadar)
        editing.record([article])

    for kind, row in (("place", balochistan), ("tag", tag), ("author", author)):
        page = desk.get(f"/admin/articles/{kind}/").content.decode()
        address = f"/admin/articles/article/?{kind}={row.pk}"
        assert f'<a href="{address}">2</a>' in page
        assert len(desk.get(address).context["cl"].result_list) == 2


def test_places_are_narrowed_to_what_lies_in_one_at_any_depth(desk: Client) -> None:
    pakistan = make_place("Pakistan")
    balochistan = make_place("Balochistan", pakistan)
    make_place("Gwadar", balochistan)
    make_place("Oslo")

    page = desk.get("/admin/articles/place/", {"containers": pakistan.pk})

    assert [place.name for place in page.context["cl"].result_list] == ["Balochistan", "Gwadar"]
