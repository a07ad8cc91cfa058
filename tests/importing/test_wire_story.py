"""The first real input: the raw text of a page, never seen before by anyone.

It has no headline, its dateline names no year, and it ends in debris of the page it came from.
"""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from time_machine import TimeMachineFixture

from articles.gazetteer.load import load
from articles.models import (
    Article,
    EntityKind,
    Mention,
    MentionRole,
    Organisation,
    Person,
    Place,
    Revision,
    Status,
    TagSuggestion,
)
from articles.text.body import blocks
from tests.factories import make_tag

pytestmark = pytest.mark.django_db

STORY = Path(__file__).parent.parent / "files" / "islamabad-feb-1.txt"
PLACES = {
    "Islamabad", "Pakistan", "Balochistan", "Quetta", "Nushki", "Dalbandin", "Pasni", "Gwadar",
    "Mastung", "Harnai", "Panjgur",
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer(module_db: None) -> None:
    load(["PK", "CN", "AF", "IN"])


@pytest.fixture
def article(gazetteer: None) -> Article:
    run("--publish", "--year", "2026")
    return Article.objects.get()


def run(*options: str) -> str:
    output = StringIO()
    call_command("import_articles", str(STORY), *options, stdout=output)
    return output.getvalue()


def shown(article: Article, kind: EntityKind) -> set[str]:
    return {
        str(mention.entity)
        for mention in Mention.objects.shown().filter(article=article, kind=kind)
    }


def test_it_is_published_on_the_day_of_its_dateline(article: Article, client: Client) -> None:
    assert article.status == Status.PUBLISHED
    assert article.published_at is not None
    assert article.published_at.date() == date(2026, 2, 1)
    assert article.path is not None
    assert article.path.startswith("/2026/02/01/violent-clashes-")
    assert client.get(article.path).status_code == 200


def test_the_dateline_is_kept_as_data_and_as_it_stood(article: Article) -> None:
    assert article.dateline_place == Place.objects.get(slug="islamabad")
    assert article.dateline_date == date(2026, 2, 1)
    assert article.dateline_text == "Islamabad, Feb 1"
    assert not article.dateline_year_is_guess


def test_twelve_paragraphs_come_out_and_no_debris(article: Article) -> None:
    texts = [block.text for block in blocks(article.body)]
    lines = [line for line in STORY.read_text(encoding="utf-8").split("\n") if len(line) > 40]

    assert len(texts) == 12
    assert texts == [lines[0].removeprefix("Islamabad, Feb 1: "), *lines[1:]]


def test_headline_and_summary_are_drawn_from_the_lead(article: Article) -> None:
    assert article.headline.startswith("Violent clashes have erupted across several parts")
    assert len(article.headline) < 120
    assert article.headline_is_drawn
    assert article.summary.startswith("Violent clashes")


def test_exactly_the_places_it_names_are_linked(article: Article) -> None:
    assert shown(article, EntityKind.PLACE) == PLACES
    for place in Place.objects.filter(mentions__article=article):
        assert place.latitude is not None
        assert place.name == "Pakistan" or "Pakistan" in {
            outer.name for outer in Place.objects.chain(place)
        }
    filed = article.mentions.get(role=MentionRole.FILED_FROM)
    assert filed.place == article.dateline_place


def test_people_are_found_by_their_titles(article: Article) -> None:
    titles = {
        str(mention.person): mention.title
        for mention in Mention.objects.shown().filter(article=article, kind=EntityKind.PERSON)
    }

    assert titles == {
        "Mohsin Naqvi": "Federal Interior Minister",
        "Sarfraz Bugti": "Balochistan Chief Minister",
    }
    assert not Person.objects.filter(is_reviewed=True).exists()


def test_organisations_are_found_by_their_names(article: Article) -> None:
    assert shown(article, EntityKind.ORGANISATION) == {
        "Balochistan Liberation Army",
        "Tehrik-e-Taliban Pakistan",
        "Pakistan Television",
    }


def test_a_mention_keeps_its_words_and_where_they_stand(article: Article) -> None:
    mention = article.mentions.get(place__slug="mastung")
    text = {block.id: block.text for block in blocks(article.body)}[mention.paragraph]

    assert text[mention.start : mention.start + len(mention.quote)] == "Mastung"
    assert article.mentions.get(place__slug="quetta").occurrences[-1][2] == "Quetta"


def test_tags_are_suggested_from_the_archive_s_own(gazetteer: None) -> None:
    make_tag("internet")
    make_tag("natural gas")
    make_tag("cricket")
    run("--publish", "--year", "2026")

    assert {str(suggestion) for suggestion in TagSuggestion.objects.all()} == {
        "internet",
        "natural gas",
    }
    assert not Article.objects.get().tags.exists()


def test_a_year_that_is_not_given_is_inferred_and_marked(
    gazetteer: None, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(datetime(2026, 11, 22, tzinfo=UTC))
    output = run("--publish")

    article = Article.objects.get()
    assert article.dateline_date == date(2026, 2, 1)
    assert article.dateline_year_is_guess
    assert "names no year" in output


def test_the_source_s_date_overrules(gazetteer: None) -> None:
    run("--publish", "--source", "https://paper.example/2025/02/02/clashes")

    article = Article.objects.get()
    assert article.published_at is not None
    assert article.published_at.date() == date(2025, 2, 2)
    assert article.dateline_date == date(2025, 2, 1)
    assert not article.dateline_year_is_guess


def test_importing_again_changes_nothing(article: Article) -> None:
    def state() -> list[object]:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Article, Mention, Person, Organisation, Revision)
        ]

    before = state()
    output = run("--publish", "--year", "2026")

    assert "1 unchanged" in output
    assert state() == before


def test_a_dry_run_tells_and_writes_nothing(gazetteer: None) -> None:
    output = run("--dry-run", "--year", "2026")

    for words in (*PLACES, "Mohsin Naqvi, Federal Interior Minister", "Pakistan Television"):
        assert words in output
    for model in (Article, Mention, Person, Organisation):
        assert not model.objects.exists()


def test_readers_walk_from_it_to_all_it_names(article: Article, client: Client) -> None:
    assert 'href="/2026/02/"' in client.get("/2026/").content.decode()
    for address in (
        "/2026/02/01/",
        "/2026/02/",
        "/places/quetta/",
        "/places/balochistan/",
        "/places/islamabad/",
        "/people/mohsin-naqvi/",
        "/organisations/balochistan-liberation-army/",
        "/search/?q=gunmen",
        "/api/v1/articles/?place=balochistan",
    ):
        page = client.get(address).content.decode()
        assert (article.path or "") in page, address
