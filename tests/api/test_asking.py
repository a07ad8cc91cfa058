"""What the lists of entities, pictures and comments can be asked for, in which order and shape."""

import math
import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, DatePrecision, Illustration, Person, Place, PlaceKind
from tests import factories
from tests.api.conftest import Archive, Get, index, make_public

pytestmark = pytest.mark.django_db

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR


def names(answer: Any) -> list[str]:
    return [found["name"] for found in answer["results"]]


def ids(answer: Any) -> list[int]:
    return [found["id"] for found in answer["results"]]


def walk(get: Get, path: str, params: dict[str, Any]) -> list[str]:
    answer = get(path, params)
    found = names(answer)
    while answer["next"]:
        answer = get(answer["next"])
        found += names(answer)
    return found


# Places round a point


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The angle between two points as vectors, which is another way than ours."""
    (x, y, z), (u, v, w) = (
        (
            math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
            math.cos(math.radians(lat)) * math.sin(math.radians(lon)),
            math.sin(math.radians(lat)),
        )
        for lat, lon in (a, b)
    )
    cross = math.hypot(y * w - z * v, z * u - x * w, x * v - y * u)
    return 6371.0 * math.atan2(cross, x * u + y * v + z * w)


def test_places_are_found_round_a_point_the_nearest_first(get: Get) -> None:
    for name, latitude, longitude in (
        ("Mastung", 29.8, 66.85),
        ("Quetta", 30.19, 67.0),
        ("Karachi", 24.86, 67.01),
        ("Pishin", 30.58, 66.99),
    ):
        factories.make_place(name, latitude=latitude, longitude=longitude)
    factories.make_place("Nowhere")
    near = {"near": "30.2,67.0,50km"}
    assert names(get("places/", near)) == ["Quetta", "Pishin", "Mastung"]
    assert names(get("places/", near | {"order": "name"})) == ["Mastung", "Pishin", "Quetta"]
    assert names(get("places/", {"near": "30.2,67.0,43km"})) == ["Quetta", "Pishin"]
    assert names(get("places/", {"near": "30.2,67.0,2mi"})) == ["Quetta"]
    assert names(get("places/", {"near": "30.2,67.0,1000m"})) == []
    assert walk(get, "places/", near | {"page_size": 1}) == ["Quetta", "Pishin", "Mastung"]


def test_a_circle_crosses_the_date_line_and_goes_round_the_poles(get: Get) -> None:
    for name, latitude, longitude in (
        ("Suva", -18.1, 178.4),
        ("Beyond", -18.1, -179.9),
        ("Alert", 89.0, 10.0),
        ("Across", 89.0, -170.0),
        ("South", -89.5, 33.0),
        ("Greenwich", 0.0, 0.0),
    ):
        factories.make_place(name, latitude=latitude, longitude=longitude)
    assert names(get("places/", {"near": "-18.1,179.9,300km"})) == ["Beyond", "Suva"]
    assert names(get("places/", {"near": "-18.1,-179.9,300km"})) == ["Beyond", "Suva"]
    assert names(get("places/", {"near": "89.5,10,200km"})) == ["Alert", "Across"]
    assert names(get("places/", {"near": "-90,0,100km"})) == ["South"]


def test_just_those_are_found_that_are_near(get: Get) -> None:
    dice = random.Random(5)
    points = {}
    for number in range(60):
        at = dice.choice(
            [(dice.uniform(-90, 90), dice.uniform(-180, 180)), (dice.uniform(85, 90), 0.0),
             (dice.uniform(-3, 3), dice.choice([-1, 1]) * dice.uniform(177, 180)), (90.0, 12.0)]
        )  # fmt: skip
        points[f"{number:02}"] = at
        factories.make_place(f"{number:02}", latitude=at[0], longitude=at[1])
    whole = st.integers(-90, 90), st.integers(-180, 180), st.integers(1, 2_000)

    @given(*whole)
    @settings(max_examples=60, deadline=None)
    def check(latitude: int, longitude: int, reach: int) -> None:
        found = names(get("places/", {"near": f"{latitude},{longitude},{reach}km",
                                      "page_size": 100}))  # fmt: skip
        far = {name: km((latitude, longitude), at) for name, at in points.items()}
        assert set(found) >= {name for name, each in far.items() if each < reach - 1e-6}
        assert all(far[name] <= reach + 1e-6 for name in found)
        assert all(far[one] <= far[other] + 1e-6 for one, other in pairwise(found))

    check()


@pytest.mark.parametrize(
    "text",
    ["30,67", "30,67,50", "30,67,50 miles", "north,67,5km", "91,0,5km", "0,181,5km", "0,0,0km",
     "0,0,-5km", "0,0,2001km", "nan,0,5km", "0,0,1e3km", "1;2;3km", "٣٠,٦٧,٥km"],
)  # fmt: skip
def test_a_circle_out_of_form_is_refused(get: Get, text: str) -> None:
    answer = get("places/", {"near": text}, status=400)
    assert list(answer) == ["near"]
    assert "km" in answer["near"][0]


def test_places_take_all_their_filters_at_once(get: Get, archive: Archive) -> None:
    near = {"near": "30.2,67.0,50km", "within": "balochistan", "kind": "city|town", "q": "que"}
    assert names(get("places/", near)) == ["Quetta"]
    assert names(get("places/", near | {"kind": "country"})) == []
    assert names(get("places/", {"kind": "country|division"})) == ["Balochistan", "Pakistan"]
    refusal = get("places/", {"kind": "planet"}, status=400)
    assert refusal["kind"][0].endswith(f"none of: {', '.join(PlaceKind.values)}.")


# People by the positions they held


@pytest.fixture
def cabinet(archive: Archive) -> dict[str, Person]:
    """Ministers, with their terms."""
    people = {name: factories.make_person(name) for name in ("Ayesha", "Bilal", "Chaman", "Dawood")}
    article = make_public()
    for person in people.values():
        factories.make_mention(article, person)
    index(article)
    tv = archive.organisation
    people["Ayesha"].positions.create(
        title="Federal Interior Minister", started_on=date(2024, 3, 11), place=archive.quetta
    )
    people["Bilal"].positions.create(
        title="Chief Minister", started_on=date(2018, 1, 1), start_precision=YEAR,
        ended_on=date(2020, 1, 1), end_precision=YEAR,
    )  # fmt: skip
    people["Chaman"].positions.create(
        title="Intérieur (par intérim)", ended_on=date(2019, 5, 1), end_precision=MONTH
    )
    people["Dawood"].positions.create(
        title="Director", organisation=tv, started_on=date(2000, 1, 1), ended_on=date(2001, 1, 1)
    )
    people["Dawood"].positions.create(title="Minister", started_on=date(2025, 1, 1))
    return people


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"position": "minister"}, ["Ayesha", "Bilal", "Dawood"]),
        ({"position": "INTERIOR minister"}, ["Ayesha"]),
        ({"position": "interieur"}, ["Chaman"]),
        ({"position": "mini"}, []),
        ({"position": "minister", "on": "2024-03-10"}, []),
        ({"position": "minister", "on": "2024-03-11"}, ["Ayesha"]),
        # Known to the year: all of the first year and all of the last.
        ({"position": "minister", "on": "2018-01-01"}, ["Bilal"]),
        ({"position": "minister", "on": "2020-12-31"}, ["Bilal"]),
        ({"position": "minister", "on": "2021-01-01"}, []),
        # Known to the month; when it began is not known.
        ({"on": "2019-05-31"}, ["Bilal", "Chaman"]),
        ({"on": "2019-06-01"}, ["Bilal"]),
        ({"on": "2001-01-01"}, ["Chaman", "Dawood"]),
        ({"organisation": "pakistan-television"}, ["Dawood"]),
        # One and the same position.
        ({"organisation": "pakistan-television", "position": "minister"}, []),
        ({"organisation": "pakistan-television", "on": "2026-01-01"}, []),
        ({"place": "quetta"}, ["Ayesha"]),
        ({"place": "balochistan"}, ["Ayesha"]),
    ],
)
def test_people_are_found_by_the_positions_they_held(
    get: Get, cabinet: dict[str, Person], params: dict[str, str], expected: list[str]
) -> None:
    found = names(get("people/", params))
    assert [name for name in found if name in cabinet] == expected


def test_somebody_whom_no_public_article_names_is_not_found_by_a_position(get: Get) -> None:
    factories.make_person("Spy").positions.create(title="Spymaster")
    assert get("people/", {"position": "spymaster"})["results"] == []


# Organisations, tags, sections, authors


def test_organisations_are_found_by_kind_and_place(get: Get, archive: Archive) -> None:
    bank = factories.make_organisation("State Bank", kind="bank", place=archive.quetta)
    article = make_public()
    factories.make_mention(article, bank)
    index(article)
    assert names(get("organisations/", {"kind": "Bank"})) == ["State Bank"]
    assert names(get("organisations/", {"place": "balochistan"})) == ["State Bank"]
    assert list(get("organisations/", {"kind": "circus"}, status=400)) == ["kind"]


def test_a_kind_that_only_a_draft_names_is_no_kind(get: Get) -> None:
    draft = factories.make_article(published=None)
    factories.make_mention(draft, factories.make_organisation("Ring", kind="secret society"))
    index(draft)
    get("organisations/", {"kind": "secret society"}, status=400)


@pytest.mark.parametrize(
    "path", ["places", "people", "organisations", "tags", "sections", "authors"]
)
def test_entries_are_found_by_ids_and_slugs(get: Get, archive: Archive, path: str) -> None:
    first = get(f"{path}/")["results"][0]
    assert ids(get(f"{path}/", {"id": f"{first['id']}|999999"})) == [first["id"]]
    assert ids(get(f"{path}/", {"slug": f"nothing|{first['slug']}"})) == [first["id"]]
    assert ids(get(f"{path}/", {"q": first["name"][:3]})) == [first["id"]]
    for params in ({"id": "first"}, {"id": "|".join(map(str, range(101)))}, {"slug": "a|" * 101}):
        assert get(f"{path}/", params, status=400).keys() == params.keys()


def test_entities_are_followed_by_when_they_changed(get: Get) -> None:
    old, new = factories.make_place("Old"), factories.make_place("New")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    Place.objects.filter(pk=old.pk).update(updated_at=at)
    Place.objects.filter(pk=new.pk).update(updated_at=at + timedelta(hours=1))
    assert names(get("places/", {"updated_since": "2026-01-01T00:30:00Z"})) == ["New"]
    assert names(get("places/", {"order": "updated"})) == ["Old", "New"]
    assert names(get("places/", {"order": "-updated"})) == ["New", "Old"]
    get("places/", {"updated_since": "lately"}, status=400)


# Orders, keys and what cannot be


@pytest.mark.parametrize(
    ("path", "orders"),
    [
        ("places", "slug, -slug, name, -name, updated, -updated, nearest"),
        ("people", "slug, -slug, name, -name, updated, -updated"),
        ("tags", "slug, -slug, name, -name"),
        ("sections", "order, slug, -slug, name, -name"),
        ("images", "newest, oldest"),
        ("comments", "newest, oldest"),
    ],
)
def test_a_list_says_in_which_orders_it_can_be_had(
    get: Get, archive: Archive, path: str, orders: str
) -> None:
    refusal = get(f"{path}/", {"order": "best"}, status=400)
    assert refusal == {"order": [f"“best” is no order of this list. There are: {orders}."]}
    for order in orders.split(", "):
        if order != "nearest":
            get(f"{path}/", {"order": order})


def test_there_is_no_nearest_without_a_point(get: Get) -> None:
    refusal = get("places/", {"order": "nearest"}, status=400)
    assert refusal == {"order": ["The order “nearest” needs the parameter near."]}


@pytest.mark.parametrize("order", ["slug", "-slug", "name", "-name", "updated", "-updated"])
def test_every_order_leads_through_all_and_back(get: Get, order: str) -> None:
    for name in ("Zhob", "Awaran", "Kech", "Panjgur", "Gwadar"):
        factories.make_place(name)
    everything = names(get("places/", {"order": order}))
    first = get("places/", {"order": order, "page_size": 2})
    second = get(first["next"])
    third = get(second["next"])
    assert names(first) + names(second) + names(third) == everything
    assert names(get(third["previous"])) == names(second)
    assert len(everything) == 5


@pytest.mark.parametrize(
    "path",
    ["places", "people", "organisations", "tags", "sections", "authors", "images", "comments"],
)
def test_any_list_gives_only_the_keys_asked_for(get: Get, archive: Archive, path: str) -> None:
    factories.make_comment(archive.article)
    assert [list(each) for each in get(f"{path}/", {"fields": "url,id"})["results"][:1]] == [
        ["id", "url"]
    ]
    refusal = get(f"{path}/", {"fields": "id,password"}, status=400)
    assert refusal["fields"][0].startswith("“password” is none of: id, ")


# Comments and pictures of an article


def test_comments_are_found_by_article_and_time(get: Get, archive: Archive) -> None:
    article = archive.article
    factories.make_comment(make_public())
    first, second = factories.make_comment(article), factories.make_comment(article)
    noon = datetime(2026, 2, 1, 12, tzinfo=UTC)
    for comment, hours in ((first, 0), (second, 1)):
        type(comment).objects.filter(pk=comment.pk).update(created_at=noon + timedelta(hours=hours))
    assert article.path
    for named in (article.pk, article.path, article.path.strip("/"), f"http://x{article.path}"):
        assert ids(get("comments/", {"article": named})) == [second.pk, first.pk]
    of_it = {"article": article.pk}
    assert ids(get("comments/", of_it | {"order": "oldest"})) == [first.pk, second.pk]
    assert ids(get("comments/", of_it | {"since": "2026-02-01T13:00:00Z"})) == [second.pk]
    assert ids(get("comments/", of_it | {"until": "2026-02-01T13:00:00Z"})) == [first.pk]
    for absent in ("999", "/nothing/", "first", "http://[/", "\0"):
        assert list(get("comments/", {"article": absent}, status=400)) == ["article"]


def test_pictures_are_found_by_article(get: Get, archive: Archive) -> None:
    in_text = factories.make_image()
    Illustration.objects.create(article=archive.article, image=in_text)
    make_public(lead_image=factories.make_image())
    of_it = {"article": archive.article.path}
    assert ids(get("images/", of_it)) == [in_text.pk, archive.article.lead_image_id]
    assert ids(get("images/", of_it | {"order": "oldest"}))[1] == in_text.pk


def test_what_was_taken_out_of_search_is_nowhere(get: Get, archive: Archive) -> None:
    article = archive.article
    comment = factories.make_comment(article)
    Article.objects.filter(pk=article.pk).update(deindexed_at=datetime(2026, 3, 1, tzinfo=UTC))
    index(article)
    seen = make_public("Seen", tags=[archive.tag])

    for params in ({}, {"tag": "security"}, {"order": "oldest"}, {"updated_since": "2000-01-01"}):
        answer = get("articles/", params)
        assert (ids(answer), answer["count"]) == ([seen.pk], 1)
    for path in ("comments", "images", "people", "organisations", "authors"):
        answer = get(f"{path}/")
        assert (answer["results"], answer["count"]) == ([], 0)
    get("articles/", {"path": article.path}, status=400)
    get("comments/", {"article": article.pk}, status=400)
    for path in (
        f"articles/{article.pk}/",
        f"articles/{article.pk}/comments/",
        f"articles/{article.pk}/revisions/",
        f"comments/{comment.pk}/",
        f"images/{article.lead_image_id}/",
        f"people/{archive.person.slug}/",
    ):
        get(path, status=404)
    facets = get("articles/", {"facets": "place,person,tag"})["facets"]
    assert {name: [each["slug"] for each in of] for name, of in facets["values"].items()} == {
        "place": [],
        "person": [],
        "tag": ["security"],
    }


# What it costs


@pytest.mark.parametrize(
    "params",
    [
        {"tag": "many", "from": "1999-12-15", "to": "2000-01-20"},
        {"tag": "many", "section": "-sport", "author": "-nobody", "language": "en"},
        {"tag": "many", "place": "-sibi", "q": "flood", "order": "relevance", "count": "exact"},
    ],
)
def test_a_list_with_bodies_takes_eight_queries_and_its_facets_four_more(
    get: Get, params: dict[str, str]
) -> None:
    def queries(**more: str) -> int:
        get("articles/", params | more)
        with CaptureQueriesContext(connection) as captured:
            answer = get("articles/", params | {"include": "body"} | more)
        assert answer["results"]
        return len(captured)

    factories.make_place("Sibi")
    tag, author = factories.make_tag("many"), factories.make_author("Nobody")
    sport = factories.make_section("Sport")
    index(factories.make_article("Match", section=sport, authors=[author]))
    for month in (12, 1):
        published = datetime(2000 - (month == 12), month, 18, tzinfo=UTC)
        index(*(factories.make_article("Flood", tags=[tag], published=published) for _ in range(3)))

    assert queries(page_size="1") <= 8
    assert queries(page_size="100") <= 8
    assert queries(facets="place,person,organisation,tag,section,author,year") <= 12


# What is asked for in part, or not at all


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("places/?id=", "id"),
        ("places/?slug=", "slug"),
        ("places/?slug=|", "slug"),
        ("places/?kind=", "kind"),
        ("places/?country=", "country"),
        ("places/?q=%20", "q"),
        ("places/?order=", "order"),
        ("people/?position=", "position"),
        ("people/?q=%D9%80", "q"),
        ("images/?article=", "article"),
        ("comments/?until=", "until"),
        ("places/?kind=city&kind=town", "kind"),
        ("people/?order=name&order=slug", "order"),
        ("tags/?id=1&id=2", "id"),
        ("changes/?kinds=removed&kinds=moved", "kinds"),
    ],
)
def test_what_would_be_no_filter_is_refused(
    get: Get, archive: Archive, query: str, named: str
) -> None:
    answer = get(query, status=400)
    assert list(answer) == [named]
    assert answer[named][0]


def test_json_may_be_named_where_there_is_nothing_else(get: Get, archive: Archive) -> None:
    assert get("places/quetta/?format=json") == get("places/quetta/")
    assert "csv" in get("places/quetta/?format=csv", status=400)["format"][0]
