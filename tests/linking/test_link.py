"""What linking writes for articles, what it leaves alone, and at what cost."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.linking import link
from articles.models import (
    Article,
    EntityKind,
    Mention,
    MentionRole,
    MentionState,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceKind,
    PlaceName,
    Position,
    Tag,
    TagSuggestion,
)
from articles.text.folding import fold
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_tag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quetta() -> Place:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    return make_place("Quetta", pakistan, population=1_100_000)


def shown(article: Article) -> set[str]:
    return {str(mention.entity) for mention in article.mentions.shown()}


def rows(article: Article) -> list[tuple[object, ...]]:
    return list(article.mentions.order_by("pk").values_list())


def test_known_names_are_linked(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain fell.", "Snow fell.", "It is cold in Quetta."])
    link([article])
    mention = article.mentions.get()
    assert mention.place == quetta
    assert mention.state == MentionState.LINKED
    assert mention.role == MentionRole.MENTIONED
    assert (mention.paragraph, mention.start, mention.quote) == ("p3", 14, "Quetta")
    assert mention.occurrences == [["p3", 14, "Quetta"]]


def test_an_unknown_person_with_a_title_is_created_and_marked_unreviewed(quetta: Place) -> None:
    article = make_article("Rain", paragraphs=["Interior Minister Mohsin Naqvi was in Quetta."])
    link([article])
    person = Person.objects.get()
    assert (person.name, person.slug, person.is_reviewed) == ("Mohsin Naqvi", "mohsin-naqvi", False)
    position = person.positions.get()
    assert (position.title, position.started_on) == ("Interior Minister", None)
    assert "Rain" in position.source
    assert article.mentions.get(person=person).title == "Interior Minister"


def test_an_unknown_organisation_is_created_with_its_acronym() -> None:
    article = make_article(paragraphs=["The Balochistan Liberation Army (BLA) denied it."])
    link([article])
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.is_reviewed) == ("Balochistan Liberation Army", False)
    assert [other.name for other in organisation.names.all()] == ["BLA"]


def test_one_person_in_many_articles_is_created_once() -> None:
    text = "Interior Minister Mohsin Naqvi was late."
    first, second = make_article(paragraphs=[text]), make_article(paragraphs=[text])
    link([first])
    link([second, make_article(paragraphs=[text])])
    assert Person.objects.count() == 1
    assert Position.objects.count() == 1
    assert Mention.objects.filter(person__name="Mohsin Naqvi").count() == 3


def test_what_was_created_is_known_by_name_to_later_articles() -> None:
    link([make_article(paragraphs=["The Balochistan Liberation Army (BLA) denied it."])])
    article = make_article(paragraphs=["Nobody believed the BLA."])
    link([article])
    assert shown(article) == {"Balochistan Liberation Army"}


def test_a_slug_that_is_taken_gets_a_number() -> None:
    make_person("Somebody Else", slug="mohsin-naqvi")
    link([make_article(paragraphs=["Interior Minister Mohsin Naqvi was late."])])
    assert Person.objects.get(name="Mohsin Naqvi").slug == "mohsin-naqvi-2"


def test_linking_again_changes_no_row(quetta: Place) -> None:
    make_tag("rain")
    article = make_article(
        "Rain in Quetta",
        dateline_text="QUETTA, Feb 1",
        paragraphs=[
            "Interior Minister Mohsin Naqvi saw the rain in Quetta.",
            "The Balochistan Liberation Army (BLA) was silent. Naqvi said so. So said Bilal Karim.",
            "The Quetta Gladiators of Pakistan won.",
        ],
    )
    link([article])
    before = rows(article), list(TagSuggestion.objects.values_list())
    link([article])
    assert (rows(article), list(TagSuggestion.objects.values_list())) == before


def test_what_the_text_no_longer_says_goes(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Quetta."])
    link([article])
    article.body = '<p id="p1">Rain in Pakistan.</p>'
    article.save()
    link([article])
    assert shown(article) == {"Pakistan"}


def test_a_mention_that_moves_keeps_its_row(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Quetta."])
    link([article])
    row = article.mentions.get()
    article.body = '<p id="p1">Much rain in Quetta.</p>'
    link([article])
    moved = article.mentions.get()
    assert (moved.pk, moved.start) == (row.pk, row.start + 5)


def test_the_answer_is_which_articles_changed(quetta: Place) -> None:
    dry, wet = make_article(paragraphs=["Rain fell."]), make_article(paragraphs=["Rain in Quetta."])
    assert link([dry, wet]) == {wet.pk}
    assert link([dry, wet]) == set()
    make_tag("rain")
    assert link([dry, wet]) == {dry.pk, wet.pk}
    quetta.name = "Shalkot"
    quetta.save()
    assert link([dry, wet]) == {wet.pk}


def test_a_mention_keeps_its_words_as_they_are_compared() -> None:
    person = make_person("Éric Dupond-Moretti")
    article = make_article(paragraphs=["Éric Dupond‑Moretti left."])
    link([article])
    assert article.mentions.get(person=person).folded == "eric dupond-moretti"


def test_a_suggestion_keeps_all_it_may_be_the_likeliest_first(quetta: Place) -> None:
    small = make_place("Rochester", quetta.parent, population=50_000)
    large = make_place("Rochester", quetta.parent, population=90_000)
    article = make_article(paragraphs=["They met in Rochester."])
    link([article])
    suggestion = article.mentions.get()
    assert (suggestion.state, suggestion.place) == (MentionState.SUGGESTED, large)
    assert suggestion.candidates == [large.pk, small.pk]
    small.delete()
    link([article])
    mention = article.mentions.get()
    assert (mention.state, mention.candidates) == (MentionState.LINKED, [])


def test_an_alias_that_is_a_common_word_links_only_with_evidence() -> None:
    person, company = make_person("Theresa May"), make_organisation("Orange Group")
    PersonName.objects.create(person=person, name="May", folded="may", is_common_word=True)
    OrganisationName.objects.create(
        organisation=company, name="Orange", folded="orange", is_common_word=True
    )
    bare = make_article(paragraphs=["May smiled. Orange was sold."])
    named = make_article(
        paragraphs=["Theresa May came. May smiled. Orange, of the Orange Group, was sold."]
    )
    link([bare, named])
    assert shown(bare) == set()
    assert shown(named) == {"Theresa May", "Orange Group"}


# --- What an editor decided -----------------------------------------------------------------------


def test_what_an_editor_rejected_is_not_linked_again(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Quetta."])
    make_mention(article, quetta, state=MentionState.REJECTED)
    link([article])
    assert shown(article) == set()
    assert article.mentions.count() == 1


def test_what_an_editor_confirmed_is_neither_changed_nor_doubled(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Quetta, Quetta and Quetta."])
    confirmed = make_mention(article, quetta, role=MentionRole.MENTIONED)
    link([article])
    mention = article.mentions.get()
    assert (mention.pk, mention.state) == (confirmed.pk, MentionState.CONFIRMED)
    assert (mention.role, mention.paragraph, mention.start) == (MentionRole.MENTIONED, "p1", 8)


def test_what_an_editor_confirmed_stays_when_the_text_does_not_name_it(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain fell."])
    make_mention(article, quetta)
    link([article])
    assert shown(article) == {"Quetta"}


def test_a_confirmed_dateline_does_not_keep_the_place_from_being_linked(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Quetta."])
    make_mention(article, quetta, role=MentionRole.FILED_FROM)
    link([article])
    assert set(article.mentions.values_list("role", flat=True)) == {"filed_from", "about"}


def test_words_whose_meaning_an_editor_settled_are_not_suggested_again() -> None:
    article = make_article(paragraphs=["“It is over,” said Bilal Karim."])
    link([article])
    suggestion = article.mentions.get(state=MentionState.SUGGESTED)
    suggestion.state = MentionState.REJECTED
    suggestion.save()
    link([article])
    assert article.mentions.get().state == MentionState.REJECTED


def test_words_that_an_editor_confirmed_as_one_are_linked_to_no_other() -> None:
    sarfraz, senior = make_person("Sarfraz Bugti"), make_person("Bugti Senior")
    article = make_article(paragraphs=["On Monday Sarfraz Bugti spoke. Sarfraz Bugti left."])
    make_mention(article, senior, quote="Sarfraz Bugti", occurrences=[["p1", 10, "Sarfraz Bugti"]])
    link([article])
    found = article.mentions.get(person=sarfraz)
    assert found.occurrences == [["p1", 31, "Sarfraz Bugti"]]
    assert found.sentence == "Sarfraz Bugti left."


@pytest.mark.parametrize("is_edited", [False, True])
def test_words_that_an_editor_rejected_are_linked_to_nobody(is_edited: bool) -> None:
    make_person("Sarfraz Bugti")
    article = make_article(paragraphs=["On Monday Sarfraz Bugti spoke."])
    Mention.objects.create(
        article=article,
        kind=EntityKind.PERSON,
        state=MentionState.REJECTED,
        quote="Sarfraz Bugti",
        paragraph="p1",
        start=10,
        occurrences=[["p1", 10, "Sarfraz Bugti"]],
    )
    if is_edited:
        article.body = '<p id="p1">It was late on Monday. Sarfraz Bugti spoke.</p>'
        article.save()
    link([article])
    assert article.mentions.get().state == MentionState.REJECTED


# --- Datelines and tags ---------------------------------------------------------------------------


def test_the_place_of_a_dateline_is_set_and_is_not_what_the_text_is_about(quetta: Place) -> None:
    article = make_article(dateline_text="QUETTA, Feb 1 (Agency)", paragraphs=["Rain fell."])
    link([article])
    assert article.dateline_place_id == quetta.pk
    assert Article.objects.get().dateline_place == quetta
    assert article.mentions.get().role == MentionRole.FILED_FROM


def test_a_dateline_that_an_editor_set_stays(quetta: Place) -> None:
    pasni = make_place("Pasni", quetta.parent)
    article = make_article(dateline_text="QUETTA, Feb 1", dateline_place=pasni)
    link([article])
    article.refresh_from_db()
    assert article.dateline_place == pasni
    assert article.mentions.get(role=MentionRole.FILED_FROM).place == pasni


def test_tags_are_suggested_in_singular_or_plural_and_not_twice() -> None:
    attack, security, sport = make_tag("attack"), make_tag("Security forces"), make_tag("port")
    article = make_article(paragraphs=["Attacks on security forces; transport."], tags=[attack])
    link([article])
    suggestion = article.tag_suggestions.get()
    assert (suggestion.tag, suggestion.quote) == (security, "security forces")
    link([article])
    assert article.tag_suggestions.get() == suggestion
    assert sport.suggestions.count() == 0


def test_a_rejected_tag_stays_rejected() -> None:
    tag = make_tag("flood")
    article = make_article(paragraphs=["Floods came."])
    TagSuggestion.objects.create(article=article, tag=tag, quote="Floods", is_rejected=True)
    link([article])
    assert article.tag_suggestions.get().is_rejected


# --- The vocabulary -------------------------------------------------------------------------------


def test_a_changed_name_is_noticed(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Shalkot."])
    link([article])
    assert shown(article) == set()
    PlaceName.objects.create(place=quetta, name="Shalkot", folded=fold("Shalkot"))
    link([article])
    assert shown(article) == {"Quetta"}
    quetta.names.all().delete()
    link([article])
    assert shown(article) == set()


def test_a_renamed_place_is_noticed(quetta: Place) -> None:
    article = make_article(paragraphs=["Rain in Shalkot."])
    link([article])
    quetta.name = "Shalkot"
    quetta.save()
    link([article])
    assert shown(article) == {"Shalkot"}


def test_people_and_organisations_of_the_archive_are_found_by_any_name() -> None:
    make_person("Mohsin Naqvi", names=["Syed Mohsin Raza Naqvi"])
    make_organisation("Pakistan Television", names=["PTV"])
    article = make_article(paragraphs=["Syed Mohsin Raza Naqvi watched PTV."])
    link([article])
    assert shown(article) == {"Mohsin Naqvi", "Pakistan Television"}
    assert Person.objects.count() == 1
    assert OrganisationName.objects.count() == 1


def test_what_was_merged_is_known_as_what_it_was_merged_into(quetta: Place) -> None:
    shell, person = make_person("Mohsin Naqwi"), make_person("Mohsin Naqvi")
    rains, rain = make_tag("downpour"), make_tag("rain")
    article = make_article(paragraphs=["A downpour soaked Mohsin Naqwi."])
    link([article])
    assert shown(article) == {"Mohsin Naqwi"}
    Person.objects.filter(pk=shell.pk).update(merged_into=person)
    Tag.objects.filter(pk=rains.pk).update(merged_into=rain)
    PersonName.objects.create(person=person, name="Mohsin Naqwi", folded="mohsin naqwi")
    link([article])
    assert shown(article) == {"Mohsin Naqvi"}
    assert article.tag_suggestions.get().tag == rain


def test_a_batch_costs_the_same_queries_whatever_its_size(quetta: Place) -> None:
    make_tag("rain")
    link([make_article()])  # reads the vocabulary

    def cost(articles: Iterable[Article]) -> int:
        with CaptureQueriesContext(connection) as queries:
            link(list(articles))
        return len(queries)

    def batch(size: int, family: str) -> list[Article]:
        return [
            make_article(
                dateline_text="QUETTA, Feb 1",
                paragraphs=[
                    f"Minister {chr(65 + n)}li {family} saw rain. {family} Bank of Gwadar."
                ],
            )
            for n in range(size)
        ]

    assert cost(batch(12, "Naqvi")) == cost(batch(1, "Bugti"))


def test_linking_nothing_is_harmless() -> None:
    link([])
    assert Mention.objects.count() == 0
