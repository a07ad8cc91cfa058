"""What a name would link, seen before anything is written."""

from importlib import import_module
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.linking import About
from articles.models import EntityKind, Mention, MentionState, PlaceKind
from articles.relinking import Outcome, Preview, preview
from tests.factories import make_article, make_mention, make_organisation, make_place
from tests.relinking.world import make_balochistan, write_about
from tests.search.archive import publish

pytestmark = pytest.mark.django_db


def of(entity: object, *names: str) -> Preview:
    kind = EntityKind(entity._meta.model_name)  # type: ignore[attr-defined]
    return preview(About(kind, entity.pk), names or [entity.name])  # type: ignore[attr-defined]


def test_it_shows_the_words_in_their_sentence_and_writes_nothing():
    (article,) = write_about("Nushki")
    seen = of(make_place("Nushki", make_balochistan()))
    (one,) = seen.linked
    assert one.article == article
    assert one.quotation == ("The road to ", "Nushki", ", Balochistan, is open.")
    assert (seen.looked_at, seen.is_all, seen.articles) == (1, True, 1)
    assert not Mention.objects.exists()


def test_what_stays_unsure_would_only_be_suggested_and_says_why():
    england = make_place("England", kind=PlaceKind.DIVISION, population=56_000_000)
    texas = make_place("Texas", kind=PlaceKind.DIVISION, population=29_000_000)
    make_place("Rochester", england, population=90_000)
    publish("Fair", paragraphs=["Rain.", "Snow.", "A fair in Rochester."])
    seen = of(make_place("Rochester", texas, population=91_000))
    assert seen.linked == []
    (one,) = seen.suggested
    assert "Rochester" in one.reason


def test_drafts_are_looked_at_too_and_other_articles_are_not():
    write_about("Quetta")
    make_article("Draft", published=None, paragraphs=["In Nushki, Balochistan."])
    make_article("Elsewhere", published=None, paragraphs=["In Balochistan."])
    seen = of(make_place("Nushki", make_balochistan()))
    assert [one.article.headline for one in seen.linked] == ["Draft"]
    assert seen.looked_at == 1


def test_a_name_that_was_corrected_shows_what_would_no_longer_be_linked():
    (article,) = write_about("Nushki")
    place = make_place("Noshki", make_balochistan())
    make_mention(article, place, state=MentionState.LINKED, quote="Nushki")
    seen = of(place, "Noshki", "Nushki")
    assert [one.outcome for one in seen.changes] == [Outcome.UNLINK]


def test_words_that_others_lose_are_shown_apart():
    make_balochistan()
    party = make_organisation("Awami Party")
    longer = make_organisation("Balochistan Awami Party")
    article = publish("Party", paragraphs=["Rain.", "Snow.", "The Balochistan Awami Party met."])
    words: dict[str, Any] = {
        "paragraph": "p3",
        "start": 16,
        "occurrences": [["p3", 16, "Awami Party"]],
    }
    make_mention(article, party, state=MentionState.LINKED, **words)
    seen = of(longer)
    assert [str(one.mention.organisation) for one in seen.linked] == ["Balochistan Awami Party"]
    assert [str(one.mention.organisation) for one in seen.others] == ["Awami Party"]


def test_only_the_newest_are_looked_at_and_in_their_order(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(import_module("articles.relinking.preview"), "LOOKED_AT", 2)
    write_about("Nushki", 4)
    seen = of(make_place("Nushki", make_balochistan()))
    assert (seen.looked_at, seen.is_all) == (2, False)
    assert [one.article.headline for one in seen.linked] == ["Report 4", "Report 3"]


def test_it_takes_as_many_queries_for_many_articles_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    write_about("Nushki", 9)
    place = make_place("Nushki", make_balochistan())
    with django_assert_max_num_queries(16):
        assert len(of(place).linked) == 9
