"""Linking confined to one entity: what it touches, and what it leaves as it is."""

import pytest

from articles.linking import About, foresee, link
from articles.models import Article, EntityKind, MentionState, Person, Place, PlaceKind
from tests.factories import make_article, make_mention, make_organisation, make_person, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def balochistan() -> Place:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    return make_place("Balochistan", pakistan, PlaceKind.DIVISION, population=12_000_000)


def of(entity: Place | Person) -> About:
    return About(EntityKind(str(entity._meta.model_name)), entity.pk)


def shown(article: Article) -> set[str]:
    return {str(mention.entity) for mention in article.mentions.shown()}


def test_only_the_entity_is_linked_and_nobody_is_made(balochistan: Place) -> None:
    article = make_article(
        paragraphs=["Rain fell.", "Snow fell.", "Minister Sana Mir was in Nushki, Balochistan."]
    )
    nushki = make_place("Nushki", balochistan)
    assert link([article], of(nushki)) == {article.pk}
    assert shown(article) == {"Nushki"}
    assert not Person.objects.exists()
    assert link([article], of(nushki)) == set()


def test_what_it_will_write_can_be_seen_before(balochistan: Place) -> None:
    article = make_article(paragraphs=["Rain fell.", "Snow fell.", "It rains in Nushki."])
    nushki = make_place("Nushki", balochistan)
    changes = foresee([article], of(nushki))
    assert [(row.place_id, row.quote) for row in changes.new] == [(nushki.pk, "Nushki")]
    assert changes.articles == {article.pk}
    assert not article.mentions.exists()


def test_a_longer_name_takes_its_words_from_a_shorter_one(balochistan: Place) -> None:
    party = make_organisation("Awami Party")
    longer = make_organisation("Balochistan Awami Party of Makran")
    article = make_article(paragraphs=["The Balochistan Awami Party of Makran met."])
    make_mention(
        article,
        party,
        state=MentionState.LINKED,
        paragraph="p1",
        start=16,
        occurrences=[["p1", 16, "Awami Party"]],
    )
    make_mention(
        article,
        make_person("Somebody Else"),
        state=MentionState.LINKED,
        paragraph="p9",
        occurrences=[["p9", 0, "Somebody Else"]],
    )
    link([article], About(EntityKind.ORGANISATION, longer.pk))
    assert shown(article) == {"Balochistan Awami Party of Makran", "Somebody Else"}


def test_what_an_editor_decided_stays(balochistan: Place) -> None:
    nushki = make_place("Nushki", balochistan)
    article = make_article(paragraphs=["Rain fell in Nushki."])
    make_mention(article, nushki, state=MentionState.REJECTED)
    assert link([article], of(nushki)) == set()
    assert shown(article) == set()


def test_a_dateline_is_given_the_place_and_no_other(balochistan: Place) -> None:
    nushki = make_place("Nushki", balochistan)
    filed = make_article(dateline_text="NUSHKI, Feb 1", paragraphs=["Rain fell."])
    other = make_article(dateline_text="BALOCHISTAN, Feb 1", paragraphs=["Rain in Nushki."])
    link([filed, other], of(nushki))
    filed.refresh_from_db()
    other.refresh_from_db()
    assert (filed.dateline_place, other.dateline_place) == (nushki, None)


def test_somebody_known_inside_a_longer_name_is_suggested_as_that_person() -> None:
    person = make_person("Sana Mir")
    article = make_article(paragraphs=["Rain fell.", "Then Raiste Sana Mir was seen."])
    link([article], of(person))
    mention = article.mentions.get()
    assert (mention.person, mention.state) == (person, MentionState.SUGGESTED)
    assert mention.reason.startswith("Stands inside a longer name")
