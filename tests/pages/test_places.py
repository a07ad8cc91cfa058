"""The page of a place, and the gazetteer with its map."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles.models import Article, Organisation, Person, Place, PlaceName, Status
from tests.factories import make_article, make_mention, make_organisation, make_person, make_place

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def about(headline: str, *entities: Place | Person | Organisation, **fields: Any) -> Article:
    article = make_article(headline, **fields)
    for entity in entities:
        make_mention(article, entity)
    return article


@pytest.fixture
def province():
    country = make_place("Pakistan", kind="country", country_code="PK", latitude=30, longitude=69)
    return make_place("Balochistan", country, "division", latitude=28.5, longitude=65.5)


@pytest.fixture
def town(province):
    return make_place("Quetta", province, latitude=30.2, longitude=67)


def parts(page: str) -> list[tuple[str, str]]:
    return re.findall(r"<b>([\d,]+)</b> <span>([^<]+)</span>", page)


def test_what_is_about_a_place_and_what_was_filed_from_it_are_counted_and_listed_apart(
    client, listed, province, town
):
    listed(
        about("About the province", province),
        about("About the town", town),
        about("Filed from the town", dateline_place=town),
    )

    page = text(client.get("/places/balochistan/"))
    filed = text(client.get("/places/balochistan/?list=filed"))

    assert parts(page) == [
        ("2", "about it or places in it"),
        ("1", "about the place itself"),
        ("1", "filed from it or places in it"),
    ]
    assert "About the town" in page
    assert "Filed from the town" not in page
    assert "Filed from the town" in filed
    assert "About the town" not in filed


def test_the_places_inside_can_be_left_out(client, listed, province, town):
    listed(about("About the province", province), about("About the town", town))

    page = text(client.get("/places/balochistan/?list=itself"))

    assert "About the province" in page
    assert "About the town" not in page


def test_a_place_with_nothing_inside_has_two_numbers(client, listed, town):
    listed(about("About the town", town, dateline_place=town))

    page = text(client.get("/places/quetta/"))

    assert parts(page) == [("1", "about it"), ("1", "filed from it")]


def test_years_pages_and_order_keep_to_the_list_that_was_chosen(client, listed, town):
    for year in (1935, 2026):
        days = [datetime(year, 1, day, tzinfo=UTC) for day in range(1, 26)]
        listed(*(make_article(published=day, dateline_place=town) for day in days))

    page = text(client.get("/places/quetta/?list=filed"))

    assert 'href="?list=filed&amp;year=1935"' in page
    assert 'href="?list=filed&amp;page=2"' in page
    assert 'href="?list=filed&amp;order=oldest"' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/places/quetta/?list=filed">' in page


def test_the_oldest_can_come_first(client, listed, town):
    listed(
        about("The old report", town, published=datetime(1935, 6, 1, tzinfo=UTC)),
        about("The new report", town),
    )

    page = text(client.get("/places/quetta/?order=oldest"))

    assert page.index("The old report") < page.index("The new report")


@pytest.mark.parametrize("query", ["list=x", "order=x", "page=0", "year=MMXX"])
def test_a_list_that_there_is_not_is_not_found(client, town, query):
    assert client.get(f"/places/quetta/?{query}").status_code == 404


def test_what_lies_in_it_is_named_with_the_most_written_about_first(client, listed, province, town):
    gwadar = make_place("Gwadar", province)
    make_place("Nowhere", province)
    listed(about("", town), about("", gwadar), about("", gwadar))

    page = text(client.get("/places/balochistan/"))

    inside = page.split('id="inside"')[1].split("</section>")[0]
    assert re.findall(r">(\w+)</a> <span>(\d+)<", inside) == [("Gwadar", "2"), ("Quetta", "1")]


def test_who_is_named_with_it_does_not_include_what_it_lies_in(client, listed, province, town):
    listed(about("", town, province, province.parent, make_person("Somebody"), make_place("Kabul")))

    company = text(client.get("/places/quetta/")).split('id="company"')[1].split("</section>")[0]

    assert "In its only article" in company
    assert re.findall(r">(\w+)</a>", company) == ["Somebody", "Kabul"]


def test_the_map_has_a_dot_for_each_place_inside_as_large_as_much_is_about_it(
    client, listed, province, town
):
    gwadar = make_place("Gwadar", province, latitude=25.1, longitude=62.3)
    listed(about("", town), *(about("", gwadar) for _ in range(4)))

    page = text(client.get("/places/balochistan/"))

    radii = dict(re.findall(r'aria-label="(\w+): \d+ articles?".*?r="([\d.]+)"', page))
    assert float(radii["Gwadar"]) > float(radii["Quetta"])
    assert 'class="country"' in page


def test_names_in_other_scripts_say_their_language_and_direction(client, listed, town):
    PlaceName.objects.create(place=town, name="کوئٹہ", language="ur", folded="x")
    PlaceName.objects.create(place=town, name="Shal", folded="shal")
    listed(about("", town))

    page = text(client.get("/places/quetta/"))

    assert '<bdi lang="ur" dir="rtl">کوئٹہ</bdi>' in page
    assert "Also <bdi>Shal</bdi>" in page


def test_the_preferred_name_in_the_language_of_the_site_stands_over_the_page(
    client, listed, town, settings
):
    settings.LANGUAGE_CODE = "ur"
    PlaceName.objects.create(place=town, name="کوئٹہ", language="ur", folded="x", is_preferred=True)
    listed(about("", town))

    page = text(client.get("/places/quetta/"))

    assert '<h1><bdi lang="ur" dir="rtl">کوئٹہ</bdi></h1>' in page
    assert "Also <bdi>Quetta</bdi>" in page


def test_machines_are_told_where_it_is_and_what_others_call_it(client, listed, town):
    Place.objects.filter(pk=town.pk).update(wikidata_id="Q185458", geonames_id=1167528)
    listed(about("", town))

    page = text(client.get("/places/quetta/"))

    told = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert told["@type"] == "City"
    assert told["geo"]["latitude"] == 30.2
    assert told["containedInPlace"]["name"] == "Balochistan"
    assert told["sameAs"] == [
        "https://www.wikidata.org/wiki/Q185458",
        "https://www.geonames.org/1167528/",
    ]
    assert 'href="https://www.wikidata.org/wiki/Q185458"' in page


def test_each_list_of_a_place_has_a_feed(client, listed, town):
    listed(about("About the town", town), about("Filed from the town", dateline_place=town))

    page = text(client.get("/places/quetta/?list=filed"))
    feed = text(client.get("/places/quetta/feed/?list=filed"))

    assert 'href="/places/quetta/feed/?list=filed"' in page
    assert "Filed from the town" in feed
    assert "About the town" not in feed
    assert client.get("/places/quetta/feed/?list=x").status_code == 404


def test_the_map_of_the_archive_shows_every_place_as_a_dot_and_in_words(client, listed, town):
    listed(about("", town), about("", make_place("Nowhere in particular")))

    page = text(client.get("/places/?view=map"))

    assert 'aria-label="Quetta: 1 article"' in page
    assert '<a href="/places/quetta/">Quetta</a>' in page.split('id="shown"')[1]
    assert "Nowhere in particular" not in page
    assert 'href="?view=map&amp;in=pakistan"' in page


def test_the_map_leads_into_a_country(client, listed, province, town):
    listed(about("", town), about("", make_place("Kabul", latitude=34.5, longitude=69.2)))

    page = text(client.get("/places/?view=map&in=pakistan"))

    assert "Quetta" in page
    assert "Kabul" not in page
    assert 'href="?view=map&amp;in=balochistan"' in page


def test_places_can_be_narrowed_to_a_kind_and_a_country(client, listed, province, town):
    kabul = make_place("Kabul", country_code="AF")
    listed(about("", town, province, kabul))

    page = text(client.get("/places/?kind=city&country=pk"))

    lines = page.split("<button>Show</button>")[1]
    assert "Quetta" in lines
    assert "Kabul" not in lines
    assert "Balochistan" not in lines
    assert client.get("/places/?kind=x").status_code == 404
    assert "of this choice yet" in text(client.get("/places/?country=ZZ"))


def test_what_lies_in_a_place_can_be_ranked(client, listed, province, town):
    listed(about("", town))

    page = text(client.get("/places/?in=balochistan&order=most"))

    assert '<a href="/places/quetta/">Quetta</a>' in page
    assert ">Pakistan<" not in page.split("<button>Show</button>")[1]


def test_an_organisation_shares_no_page_with_a_place_of_its_id(client, listed, town):
    listed(about("", make_organisation("Something", pk=town.pk)))

    assert "No articles here yet" in text(client.get("/places/quetta/"))


def test_what_is_due_later_is_counted_nowhere_on_the_page(client, listed, province, town):
    later = {"published": timezone.now() + timedelta(days=1), "status": Status.SCHEDULED}
    listed(about("", town), about("", town, dateline_place=town, **later))

    page = text(client.get("/places/balochistan/"))

    assert parts(page)[0] == ("1", "about it or places in it")
    assert ("0", "filed from it") in parts(page)
    assert 'aria-label="Quetta: 1 article"' in text(client.get("/places/?view=map"))


def test_what_is_due_later_does_not_move_a_place_on_any_list(client, listed, province, town):
    gwadar = make_place("Gwadar", province, latitude=25.1, longitude=62.3)
    listed(about("", town), about("", gwadar))
    addresses = ("/places/balochistan/", "/places/?view=map", "/places/?order=most")
    before = [text(client.get(address)) for address in addresses]

    later = {"published": timezone.now() + timedelta(days=1), "status": Status.SCHEDULED}
    listed(*(about("", gwadar, **later) for _ in range(3)))

    assert [text(client.get(address)) for address in addresses] == before


def test_a_place_that_was_only_filed_from_shows_what_was_filed(client, listed, town):
    listed(about("Filed from there", dateline_place=town))

    page = text(client.get("/places/quetta/"))

    assert "Filed from there" in page
    assert parts(page) == [("0", "about it"), ("1", "filed from it")]
    assert 'href="?list=about"' in page
    assert "Filed from there" not in text(client.get("/places/quetta/?list=about"))
