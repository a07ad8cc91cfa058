"""Places, people, organisations, tags, sections, authors and images over the API."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Illustration, Place, PlaceKind
from articles.pictures import make_renditions
from tests import factories
from tests.api.conftest import Archive, Get, index, make_public

pytestmark = pytest.mark.django_db


def names(answer: Any) -> list[str]:
    return [found["name"] for found in answer["results"]]


@pytest.mark.parametrize(
    ("path", "entity"),
    [
        ("places", "quetta"),
        ("people", "person"),
        ("organisations", "organisation"),
        ("tags", "tag"),
        ("sections", "section"),
        ("authors", "author"),
    ],
)
def test_an_entity_is_found_by_id_and_by_slug(
    get: Get, archive: Archive, path: str, entity: str
) -> None:
    expected = getattr(archive, entity)
    by_slug = get(f"{path}/{expected.slug}/")
    assert by_slug == get(f"{path}/{expected.pk}/")
    assert by_slug["name"] == expected.name
    assert by_slug["url"] == f"http://testserver/api/v1/{path}/{expected.pk}/"
    assert by_slug["html_url"] == f"http://testserver{expected.get_absolute_url()}"
    assert by_slug in get(f"{path}/")["results"]
    assert get(by_slug["articles_url"])["count"] == 1
    get(f"{path}/atlantis/", status=404)


def test_a_place_says_where_it_lies(get: Get, archive: Archive) -> None:
    quetta = get("places/quetta/")
    assert (quetta["latitude"], quetta["longitude"]) == (30.18, 67.0)
    assert quetta["kind"] == "city"
    assert quetta["names"] == [
        {"name": "کوئٹہ", "language": "", "is_preferred": False, "is_common_word": False}
    ]
    assert quetta["parent"]["name"] == "Balochistan"
    assert [place["name"] for place in quetta["within"]] == ["Pakistan", "Balochistan"]


def test_places_are_narrowed_by_name_kind_country_and_container(get: Get, archive: Archive) -> None:
    iran = factories.make_place("Iran", kind=PlaceKind.COUNTRY, country_code="IR")
    factories.make_place("Zahedan", iran)
    assert names(get("places/", {"q": "que"})) == ["Quetta"]
    assert names(get("places/", {"q": "کوئٹہ"})) == ["Quetta"]
    assert names(get("places/", {"kind": "country"})) == ["Iran", "Pakistan"]
    assert names(get("places/", {"country": "ir"})) == ["Iran", "Zahedan"]
    assert names(get("places/", {"within": "pakistan"})) == ["Balochistan", "Quetta"]
    assert names(get("places/", {"within": archive.balochistan.pk, "kind": "city"})) == ["Quetta"]


@pytest.mark.parametrize(
    ("path", "params", "named"),
    [
        ("places", {"kind": "planet"}, "kind"),
        ("places", {"within": "atlantis"}, "within"),
        ("places", {"country": "xx"}, "country"),
        ("places", {"near": "30,67"}, "near"),
        ("places", {"q": "\0"}, "q"),
        ("people", {"within": "quetta"}, "within"),
        ("sections", {"kind": "nat"}, "kind"),
        ("images", {"order": "best"}, "order"),
        ("comments", {"article": "999"}, "article"),
        ("comments", {"article": "first"}, "article"),
        ("comments", {"since": "lately"}, "since"),
        ("tags/security", {"fields": "name"}, "fields"),
    ],
)
def test_what_a_list_does_not_understand_is_refused_by_name(
    get: Get, archive: Archive, path: str, params: dict[str, str], named: str
) -> None:
    assert list(get(f"{path}/", params, status=400)) == [named]


def test_a_person_has_dated_positions(get: Get, archive: Archive) -> None:
    archive.person.positions.create(
        title="Senator",
        place=archive.balochistan,
        started_on=date(2018, 1, 1),
        start_precision="year",
    )
    positions = get("people/sarfraz-bugti/")["positions"]
    assert [position["title"] for position in positions] == ["Senator", "Chief Minister"]
    assert positions[0]["place"]["slug"] == "balochistan"
    assert (positions[0]["started_on"], positions[0]["start_precision"]) == ("2018-01-01", "year")


def test_people_tags_and_authors_are_found_by_the_beginning_of_a_name(
    get: Get, archive: Archive
) -> None:
    for path, beginning in (("people", "sarf"), ("tags", "SEC"), ("authors", "sample")):
        assert get(f"{path}/", {"q": beginning})["count"] == 1
        assert get(f"{path}/", {"q": "zz"})["count"] == 0


def test_lists_are_alphabetical_and_sections_in_their_order(get: Get) -> None:
    for name, order in (("Sport", 2), ("National", 1)):
        factories.make_section(name, order=order)
    for name in ("Zhob", "Awaran"):
        factories.make_place(name)
    assert names(get("sections/")) == ["National", "Sport"]
    assert names(get("places/")) == ["Awaran", "Zhob"]


def test_an_image_is_given_as_in_its_article(get: Get, archive: Archive) -> None:
    article = get(f"articles/{archive.article.pk}/")
    assert get("images/")["results"] == [article["image"]]
    assert get(article["image"]["url"]) == article["image"]
    assert (article["image"]["width"], article["image"]["height"]) == (40, 30)
    assert article["image"]["renditions"] == article["image"]["cards"] == []


def test_an_image_gives_its_renditions_and_who_is_owed_for_it(get: Get, client: Client) -> None:
    image = factories.make_image(
        width=700, height=350, credit="R. B.", credit_url="https://rahila.example/",
        may_be_reused=True,
    )  # fmt: skip
    make_renditions(image)
    make_public(lead_image=image)

    answer = get(f"images/{image.pk}/")

    sizes = [(320, 160), (640, 320), (700, 350)]
    assert [(each["format"], each["width"], each["height"]) for each in answer["renditions"]] == [
        (format_, *size) for format_ in ("avif", "webp", "png") for size in sizes
    ]
    assert [(each["width"], each["height"]) for each in answer["cards"][:2]] == [
        (384, 256),
        (525, 350),
    ]
    assert (answer["credit_url"], answer["may_be_reused"]) == ("https://rahila.example/", True)
    for each in answer["renditions"] + answer["cards"]:
        assert client.get(each["url"]).status_code == 200


def test_an_image_in_the_text_of_a_public_article_is_public(get: Get) -> None:
    image, unseen = factories.make_image(), factories.make_image()
    for article, shown in (
        (make_public(), image),
        (factories.make_article(published=None), unseen),
    ):
        Illustration.objects.create(article=article, image=shown)

    assert [each["id"] for each in get("images/")["results"]] == [image.pk]
    get(f"images/{unseen.pk}/", status=404)


@pytest.mark.parametrize("path", ["places", "people", "organisations"])
def test_the_number_of_queries_does_not_grow(
    get: Get,
    archive: Archive,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    article = make_public()
    for number in range(6):
        place = factories.make_place(parent=archive.quetta, names=[f"Other {number}"])
        person = factories.make_person(title="Minister", names=[f"Alias {number}"])
        organisation = factories.make_organisation(place=place)
        person.positions.create(title="Mayor", place=place, organisation=organisation)
        for entity in (place, person, organisation):
            factories.make_mention(article, entity)
    index(article)
    queries = {"places": 4, "people": 4, "organisations": 3}[path]
    for size in (1, 100):
        with django_assert_num_queries(queries):
            get(f"{path}/", {"page_size": size})


def test_a_place_nobody_wrote_about_yet_is_in_the_gazetteer(get: Get) -> None:
    place = Place.objects.create(name="Nok Kundi", slug="nok-kundi")
    assert get(f"places/{place.pk}/")["name"] == "Nok Kundi"
