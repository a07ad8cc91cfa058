"""The pages of people and of organisations."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles.models import Article, DatePrecision, Organisation, Person, PersonName, Status
from tests.factories import make_article, make_mention, make_organisation, make_person, make_place

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def about(entity: Person | Organisation, year: int = 2026, title: str = "") -> Article:
    article = make_article(published=datetime(year, 2, 1, 12, tzinfo=UTC))
    make_mention(article, entity, title=title)
    return article


def offices(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<p class="office[^>]*><b>([^<]+)</b> ([^<]+)</p>', page)


@pytest.fixture
def person():
    person = make_person("Somebody")
    person.positions.create(
        title="Prime Minister",
        place=make_place("Pakistan"),
        started_on=date(1990, 11, 6),
        ended_on=date(1993, 7, 18),
        source="A list of prime ministers",
    )
    return person


def test_beside_each_article_stands_what_somebody_was_that_day(client, listed, person):
    listed(
        about(person, 1992),
        about(person, 1985, title="Chief Minister"),
        about(person, 2020),
    )

    page = text(client.get("/people/somebody/?order=oldest"))

    assert offices(page) == [("Chief Minister", "in the article"), ("Prime Minister", "that day")]


def test_a_position_of_which_the_year_is_known_is_not_stated_for_a_day_of_it(
    client, listed, person
):
    person.positions.create(
        title="Mayor",
        started_on=date(1970, 1, 1),
        start_precision=DatePrecision.YEAR,
        ended_on=date(1971, 1, 1),
        end_precision=DatePrecision.YEAR,
    )
    listed(about(person, 1971))

    page = text(client.get("/people/somebody/"))

    assert offices(page) == [("Mayor", "about then")]
    assert "1970 – 1971" in page


def test_positions_name_their_place_and_their_source(client, listed, person):
    listed(about(person))

    page = text(client.get("/people/somebody/"))

    assert "6 November 1990 – 18 July 1993" in page
    assert '<a href="/places/pakistan/">Pakistan</a>' in page
    assert "source: A list of prime ministers" in page
    assert 'class="surely"' in page


def test_an_organisation_without_a_page_is_named_without_a_link(client, listed, person):
    known, unknown = make_organisation("Known body"), make_organisation("Unknown body")
    for organisation in (known, unknown):
        person.positions.create(title="Member", organisation=organisation)
    listed(about(person), about(known))

    page = text(client.get("/people/somebody/"))

    assert '<a href="/organisations/known-body/">Known body</a>' in page
    assert "Unknown body" in page
    assert "/organisations/unknown-body/" not in page


def test_the_first_and_the_latest_mention_are_links_on_every_page_of_the_list(
    client, listed, person
):
    articles = [about(person, year) for year in (1935, 1990, 2026)]
    listed(*articles)

    ends = text(client.get("/people/somebody/?year=1990")).split('class="ends')[1].split("</dl>")[0]

    assert re.findall(r'href="([^"]+)"', ends) == [
        articles[0].path,
        articles[2].path,
    ]


def test_an_only_mention_is_called_so(client, listed, person):
    listed(about(person))

    page = text(client.get("/people/somebody/"))

    assert "Only mention" in page
    assert "Latest mention" not in page


def test_who_appears_with_somebody_is_told_within_the_year_that_was_chosen(client, listed, person):
    early, late = about(person, 1935), about(person, 2026)
    make_mention(early, make_person("An early companion"))
    make_mention(late, make_person("A late companion"))
    listed(early, late)

    page = text(client.get("/people/somebody/?year=1935"))

    company = page.split('id="company"')[1].split("</section>")[0]
    assert "An early companion" in company
    assert "A late companion" not in company
    assert "of 1935" in company


def test_machines_are_told_the_positions_as_exactly_as_they_are_known(client, listed, person):
    person.positions.update(start_precision=DatePrecision.MONTH, ended_on=None)
    PersonName.objects.create(person=person, name="کوئی", language="ur", folded="x")
    listed(about(person))

    page = text(client.get("/people/somebody/"))

    told = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert told["@type"] == "Person"
    assert told["alternateName"] == ["کوئی"]
    assert told["hasOccupation"] == [
        {"@type": "Role", "roleName": "Prime Minister", "startDate": "1990-11"}
    ]


def test_what_a_person_is_called_cannot_become_markup(client, listed):
    listed(about(make_person("</script><b>", slug="odd")))

    assert "</script><b>" not in text(client.get("/people/odd/"))


def test_an_organisation_names_its_people_now_and_before(client, listed):
    body = make_organisation("The body", place=make_place("Karachi"))
    chair, former = make_person("The chair"), make_person("The former chair")
    chair.positions.create(title="Chair", organisation=body, started_on=date(2020, 1, 1))
    former.positions.create(
        title="Chair", organisation=body, started_on=date(2010, 1, 1), ended_on=date(2019, 1, 1)
    )
    listed(about(body), about(chair), about(former))

    page = text(client.get("/organisations/the-body/"))

    now, before = page.split('id="now"')[1].split('id="before"')
    assert "The chair</b></a>, Chair" in now
    assert "The former chair" not in now
    assert "The former chair" in before
    assert 'Based in <a href="/places/karachi/">Karachi</a>' in page


def test_an_organisation_names_nobody_whom_only_a_draft_names(client, listed):
    body = make_organisation("The body")
    hidden = make_person("The secret chair")
    hidden.positions.create(title="Chair", organisation=body)
    later = make_article(published=timezone.now() + timedelta(days=1), status=Status.SCHEDULED)
    make_mention(later, hidden)
    listed(about(body), later)

    assert "The secret chair" not in text(client.get("/organisations/the-body/"))
