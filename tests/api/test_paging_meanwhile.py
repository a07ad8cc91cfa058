"""Whoever pages through a list gets each article that stays as it is once, whatever happens to
others between two pages."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article, Section, Status, Tag
from tests import factories
from tests.api.conftest import Get, index

pytestmark = pytest.mark.django_db

START = datetime(2000, 1, 1, tzinfo=UTC)
WORDS = ("gas", "gas field", "field of gas, gas, gas", "rain, and gas")


@dataclass
class Busy:
    """An archive in which things happen. ``touched`` are the articles that they happened to."""

    dice: random.Random
    tag: Tag
    section: Section
    alive: list[Article] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    def add(self, *published: datetime) -> None:
        added = [
            factories.make_article(
                self.dice.choice(WORDS),
                paragraphs=[" ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 6)))],
                published=moment,
                tags=[self.tag],
                section=self.section,
                updated_at=moment,
            )
            for moment in published
        ]
        index(*added)
        self.alive += added

    def happens(self, shown: list[int]) -> None:
        """One thing or another, often to an article at the edge of the page ``shown``."""
        now = timezone.now()
        # A list in the order of change gives again what is changed, and new, at its end.
        when = START + timedelta(days=self.dice.randint(0, 12), hours=self.dice.randint(0, 23))
        match self.dice.choice(["new", "older", "withdraw", "change", "date", "remove"]):
            case "new":
                self.add(now - timedelta(minutes=1))
                self.touched.add(self.alive[-1].pk)
            case "older":
                self.add(when)
                self.touched.add(self.alive[-1].pk)
            case "withdraw":
                self._change(self._any(shown), status=Status.WITHDRAWN, updated_at=now)
            case "change":
                self._change(self._any(shown), headline="gas " * 5, updated_at=now)
            case "date":
                self._change(self._any(shown), published_at=when, updated_at=now)
            case "remove":
                article = self._any(shown)
                self.touched.add(article.pk)
                self.alive.remove(article)
                Article.objects.filter(pk=article.pk).delete()

    def _any(self, shown: list[int]) -> Article:
        edges = [article for article in self.alive if article.pk in (shown[0], shown[-1])]
        return self.dice.choice(edges or self.alive)

    def _change(self, article: Article, **columns: Any) -> None:
        self.touched.add(article.pk)
        for name, value in columns.items():
            setattr(article, name, value)
        article.save()
        # Saving says that it changed now.
        index(article)


def pages(get: Get, busy: Busy, params: dict[str, str], link: str) -> Iterator[list[int]]:
    """The pages of a list from one end to the other, with things happening between them."""
    answer = get("articles/", params | {"page_size": "3", "fields": "id"})
    if link == "previous":
        while answer["next"]:
            answer = get(answer["next"])
    while True:
        ids = [article["id"] for article in answer["results"]]
        yield ids
        if not answer[link]:
            return
        for _ in range(busy.dice.randint(0, 2)):
            busy.happens(ids)
        answer = get(answer[link])


LISTS: list[dict[str, str]] = [
    {},
    {"order": "oldest"},
    {"tag": "fuel"},
    {"q": "gas"},
    {"q": "gas", "order": "oldest"},
    {"q": "gas OR field OR rain", "order": "relevance"},
    {"tag": "fuel", "section": "national", "from": "1990"},
    {"tag": "fuel", "section": "-sport"},
    {"tag": "-sport", "order": "oldest"},
    {"updated_since": "1999-01-01"},
]


@pytest.mark.parametrize("params", LISTS, ids=str)
@pytest.mark.parametrize(("link", "seed"), [("next", 1), ("previous", 2)])
def test_what_happens_to_others_skips_and_repeats_nothing(
    get: Get, params: dict[str, str], link: str, seed: int
) -> None:
    busy = Busy(random.Random(seed), factories.make_tag("fuel"), factories.make_section("National"))
    sport = factories.make_section("Sport")
    index(factories.make_article("Match", tags=[factories.make_tag("sport")], section=sport))
    busy.add(*(START + timedelta(days=number // 2) for number in range(14)))
    before = {article.pk for article in busy.alive}

    shown = [pk for page in pages(get, busy, params, link) for pk in page]

    seen_untouched = [pk for pk in shown if pk in before - busy.touched]
    assert sorted(seen_untouched) == sorted(before - busy.touched)
    assert busy.touched, "nothing happened"
