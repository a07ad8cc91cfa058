"""What an editor decided about found mentions before they were stored, and how it lasts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from articles.linking import FoundMention, Occurrence, analyse, decide, link
from articles.linking.link import copy_of
from articles.models import (
    Article,
    EntityKind,
    MentionRole,
    MentionState,
    Organisation,
    Person,
    Place,
    PlaceKind,
)
from tests.factories import make_article, make_person, make_place

pytestmark = pytest.mark.django_db

CONFIRMED, REJECTED = MentionState.CONFIRMED, MentionState.REJECTED


@pytest.fixture
def quetta() -> Place:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    return make_place("Quetta", pakistan, population=1_100_000)


def found_in(article: Article) -> dict[str, FoundMention]:
    return {mention.name: mention for mention in analyse(copy_of(article)).mentions}


def decided(article: Article, mentions: Sequence[FoundMention]) -> dict[str, str]:
    """The article's mentions and their states once it was decided, and linked twice."""
    decide({article: mentions})
    link([article])
    article.body = article.body.replace("</p>", " The end.</p>")
    article.save()
    link([article])
    return {str(mention): mention.state for mention in article.mentions.all()}


def test_what_is_rejected_is_not_linked_again_nor_its_person_made() -> None:
    article = make_article(paragraphs=["Interior Minister Mohsin Naqvi was late."])
    naqvi = found_in(article)["Mohsin Naqvi"]

    assert decided(article, [replace(naqvi, state=REJECTED)]) == {"Mohsin Naqvi": REJECTED}
    assert not Person.objects.exists()


def test_who_is_confirmed_is_made_with_the_title_of_the_copy() -> None:
    article = make_article(paragraphs=["Interior Minister Mohsin Naqvi was late."])
    naqvi = found_in(article)["Mohsin Naqvi"]

    assert decided(article, [replace(naqvi, state=CONFIRMED)]) == {"Mohsin Naqvi": CONFIRMED}
    assert Person.objects.get().positions.get().title == "Interior Minister"


def test_a_name_that_an_editor_gave_to_somebody_known_makes_nobody_new() -> None:
    known = make_person("Syed Mohsin Raza Naqvi")
    article = make_article(paragraphs=["Interior Minister Mohsin Naqvi was late."])
    naqvi = found_in(article)["Mohsin Naqvi"]

    decided(article, [replace(naqvi, entity_id=known.pk, state=CONFIRMED)])

    assert article.mentions.get().person == known
    assert Person.objects.count() == 1


def test_two_names_of_one_person_are_one_mention_with_the_words_of_both(quetta: Place) -> None:
    known = make_person("Sarfraz Bugti")
    article = make_article(paragraphs=["Chief Minister Mir Bugti spoke.", "Sarfraz Bugti left."])
    mentions = [
        FoundMention(
            EntityKind.PERSON,
            known.pk,
            "Sarfraz Bugti",
            MentionRole.MENTIONED,
            CONFIRMED,
            (Occurrence(paragraph, start, words),),
        )
        for paragraph, start, words in (("p1", 15, "Mir Bugti"), ("p2", 0, "Sarfraz Bugti"))
    ]

    decide({article: mentions})

    mention = article.mentions.get()
    assert mention.occurrences == [["p1", 15, "Mir Bugti"], ["p2", 0, "Sarfraz Bugti"]]


def test_who_is_confirmed_under_one_name_is_not_rejected_under_another(quetta: Place) -> None:
    article = make_article(paragraphs=["It is cold in Quetta."])
    found = found_in(article)["Quetta"]

    assert decided(article, [replace(found, state=state) for state in (REJECTED, CONFIRMED)]) == {
        "Quetta": CONFIRMED
    }


def test_a_dateline_s_place_that_was_rejected_stays_out_of_the_article(quetta: Place) -> None:
    article = make_article(dateline_text="QUETTA, Feb 1", paragraphs=["It was cold."])
    filed_from = found_in(article)["Quetta"]

    decided(article, [replace(filed_from, state=REJECTED)])

    article.refresh_from_db()
    assert article.dateline_place is None


def test_what_nobody_decided_is_linked_beside_it(quetta: Place) -> None:
    article = make_article(
        paragraphs=["The Balochistan Liberation Army (BLA) was not seen in Quetta."]
    )
    army = found_in(article)["Balochistan Liberation Army"]

    assert decided(article, [replace(army, state=REJECTED)]) == {
        "Balochistan Liberation Army": REJECTED,
        "Quetta": MentionState.LINKED,
    }
    assert not Organisation.objects.exists()
