"""What the tests of the API ask with, and an article with everything in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client

from articles import listings, search
from articles.models import (
    Article,
    Author,
    CorrectionKind,
    MentionRole,
    Organisation,
    Person,
    Place,
    PlaceKind,
    Section,
    Tag,
)
from tests import factories

API = "/api/v1/"
Get = Callable[..., Any]


def index(*articles: Article) -> None:
    """What ``editing.record`` does for articles made by the factories."""
    ids = [article.pk for article in articles]
    with transaction.atomic():
        listings.refresh(ids)
        search.refresh(ids)


def make_public(headline: str = "", **fields: Any) -> Article:
    """An article in its lists and in the search index."""
    article = factories.make_article(headline, **fields)
    index(article)
    return article


@pytest.fixture
def get(client: Client) -> Get:
    """Ask for a path below /api/v1/ and read the JSON; the status must be as expected."""

    def ask(path: str = "", params: dict[str, Any] | None = None, status: int = 200) -> Any:
        address = path if path.startswith("http") else f"{API}{path}"
        response = client.get(address, params or {})
        assert response.status_code == status, response.content
        return response.json()

    return ask


class Archive(NamedTuple):
    """An article that has one of everything."""

    article: Article
    balochistan: Place
    quetta: Place
    person: Person
    organisation: Organisation
    tag: Tag
    section: Section
    author: Author


@pytest.fixture
def archive(db: None) -> Archive:
    pakistan = factories.make_place("Pakistan", kind=PlaceKind.COUNTRY, country_code="PK")
    balochistan = factories.make_place("Balochistan", pakistan, PlaceKind.DIVISION)
    quetta = factories.make_place(
        "Quetta", balochistan, latitude=30.18, longitude=67.0, names=["کوئٹہ"]
    )
    person = factories.make_person("Sarfraz Bugti", title="Chief Minister")
    organisation = factories.make_organisation("Pakistan Television")
    tag, section = factories.make_tag("security"), factories.make_section("National")
    author = factories.make_author("Sample Desk")
    article = factories.make_article(
        "Attacks across Balochistan",
        summary="Attacks in several towns.",
        paragraphs=["First.", "Second."],
        published=datetime(2026, 2, 1, 12, tzinfo=UTC),
        section=section,
        tags=[tag],
        authors=[author],
        lead_image=factories.make_image(),
        dateline_place=quetta,
        dateline_text="QUETTA:",
        source="Wire",
        word_count=2,
        revision=1,
    )
    factories.make_mention(article, quetta, role=MentionRole.ABOUT)
    factories.make_mention(article, person, role=MentionRole.SPEAKER, title="Chief Minister")
    factories.make_mention(article, organisation)
    article.corrections.create(kind=CorrectionKind.CORRECTION, text="A number was wrong.")
    index(article)
    return Archive(article, balochistan, quetta, person, organisation, tag, section, author)
