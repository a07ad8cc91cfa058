"""What editors decide about names, over many articles at once."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.editing import mentions
from articles.listings import Listing
from articles.models import (
    Article,
    AuditEntry,
    EntityKind,
    ListingKind,
    Mention,
    MentionRole,
    MentionState,
    Person,
    Place,
)
from articles.vocabulary.merging import merge
from tests.factories import (
    make_article,
    make_mention,
    make_person,
    make_place,
    make_section,
    make_staff,
)

pytestmark = pytest.mark.django_db


def suggest(article: Article, entity: Any, **fields: Any) -> Mention:
    return make_mention(article, entity, state=MentionState.SUGGESTED, **fields)


def in_list_of(person: Person) -> int:
    return Listing(ListingKind.PERSON, person.pk).count()


def test_a_name_is_confirmed_in_many_articles_and_their_lists_have_them() -> None:
    zia, other = make_person("Zia Khan"), make_person("Imran Khan")
    articles = [make_article() for _ in range(3)]
    waiting = [suggest(article, other, quote="Khan").pk for article in articles]
    ann = make_staff("Editor", "ann")

    mentions.confirm(waiting, zia, by=ann, reason="The only Khan of that year")

    assert in_list_of(zia) == 3
    assert in_list_of(other) == 0
    assert {one.reason for one in Mention.objects.all()} == {"The only Khan of that year"}
    noted = AuditEntry.objects.filter(action="confirm")
    assert {(one.actor, one.detail) for one in noted} == {("ann", "“Khan” is Zia Khan")}
    assert noted.count() == 3


def test_an_undo_makes_everything_as_it_was() -> None:
    zia, other = make_person(), make_person()
    article = make_article()
    linked = make_mention(article, zia, state=MentionState.LINKED, occurrences=[["p1", 0, "Zia"]])
    waiting = suggest(article, other, occurrences=[["p1", 9, "Khan"]], reason="a surname alone")
    editing.record([article])
    before = list(Mention.objects.order_by("pk").values())

    was = mentions.confirm([waiting.pk], zia, by=None)
    together = Mention.objects.get()
    mentions.undo(was, by=None)

    assert together.pk == linked.pk
    assert together.occurrences == [["p1", 0, "Zia"], ["p1", 9, "Khan"]]
    assert list(Mention.objects.order_by("pk").values()) == before


def test_two_suggestions_of_an_article_become_one_mention() -> None:
    zia = make_person()
    article = make_article()
    two = [suggest(article, make_person(), occurrences=[["p1", at, "Khan"]]).pk for at in (0, 30)]

    was = mentions.confirm(two, zia, by=None)

    assert Mention.objects.get().occurrences == [["p1", 0, "Khan"], ["p1", 30, "Khan"]]
    assert mentions.undo(was, by=None) == 2
    assert Mention.objects.filter(state=MentionState.SUGGESTED).count() == 2


def test_what_was_decided_anew_since_stays_when_a_step_is_undone() -> None:
    zia = make_person()
    waiting = suggest(make_article(), zia)
    was = mentions.reject([waiting.pk], by=None)
    Mention.objects.filter(pk=waiting.pk).update(state=MentionState.CONFIRMED)

    assert mentions.undo(was, by=None) == 0

    assert Mention.objects.get().state == MentionState.CONFIRMED


def test_a_rejected_name_is_in_no_list_and_keeps_why() -> None:
    zia = make_person()
    waiting = suggest(make_article(), zia)

    mentions.reject([waiting.pk], by=None, reason="A street")

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (MentionState.REJECTED, "A street")
    assert in_list_of(zia) == 0


def test_a_dateline_without_a_place_has_the_one_that_is_confirmed_until_it_is_undone() -> None:
    sui = make_place("Sui")
    article = make_article()
    waiting = suggest(article, make_place(), role=MentionRole.FILED_FROM)

    was = mentions.confirm([waiting.pk], sui, by=None)
    article.refresh_from_db()
    assert article.dateline_place == sui
    assert Listing(ListingKind.DATELINE, sui.pk).count() == 1

    mentions.undo(was, by=None)
    article.refresh_from_db()
    assert article.dateline_place is None


def test_an_editor_decides_in_the_own_sections_alone() -> None:
    sports = make_section("Sports")
    ann = make_staff("Editor")
    ann.desk_sections.add(sports)
    zia = make_person()
    own = suggest(make_article(section=sports), zia)
    foreign = suggest(make_article(), zia)

    mentions.confirm([own.pk, foreign.pk], zia, by=ann)

    assert Mention.objects.get(pk=own.pk).state == MentionState.CONFIRMED
    assert Mention.objects.get(pk=foreign.pk).state == MentionState.SUGGESTED
    with pytest.raises(PermissionDenied):
        mentions.reject([foreign.pk], by=ann)


def test_what_is_decided_already_and_another_kind_are_refused() -> None:
    confirmed = make_mention(make_article(), make_person())
    waiting = suggest(make_article(), make_person())

    with pytest.raises(ValidationError, match="quicker"):
        mentions.reject([confirmed.pk], by=None)
    with pytest.raises(ValidationError, match="is a place"):
        mentions.confirm([waiting.pk], make_place("Sui"), by=None)


def test_a_decision_about_thirty_articles_costs_no_more_queries_than_one_about_five() -> None:
    def queries(number: int) -> tuple[int, int]:
        zia = make_person()
        waiting = [suggest(make_article(), make_person(), quote="Khan").pk for _ in range(number)]
        with CaptureQueriesContext(connection) as deciding:
            was = mentions.confirm(waiting, zia, by=None)
        with CaptureQueriesContext(connection) as undoing:
            mentions.undo(was, by=None)
        return len(deciding), len(undoing)

    queries(1)  # the words of the articles are known from then on
    assert queries(30) == queries(5)


def test_a_new_entry_has_a_free_address_and_a_name_with_letters() -> None:
    ann = make_staff("Editor")
    make_person("Zia Khan")

    made = mentions.new_entry(EntityKind.PERSON, "  Zia   Khan ", by=ann)

    assert (made.name, made.slug) == ("Zia Khan", "zia-khan-2")
    with pytest.raises(ValidationError, match="no letter"):
        mentions.new_entry(EntityKind.ORGANISATION, "–", by=ann)
    with pytest.raises(ValidationError, match="place"):
        mentions.new_entry(EntityKind.PLACE, "Sui", by=ann)
    with pytest.raises(PermissionDenied):
        mentions.new_entry(EntityKind.PERSON, "Bano", by=make_staff("Reporter"))


# What the text no longer says


def adrift(text: str, entity: Person | Place) -> Mention:
    article = make_article(paragraphs=[text])
    return make_mention(article, entity, is_adrift=True, paragraph="p1", sentence="It is gone.")


def test_a_mention_adrift_is_anchored_where_the_text_says_other_words() -> None:
    mention = adrift("It rained. In KÉTTA the river rose.", make_place("Quetta"))

    was = mentions.anchor(mention.pk, "ketta", by=None)

    mention.refresh_from_db()
    assert (mention.quote, mention.start, mention.is_adrift) == ("KÉTTA", 14, False)
    assert mention.occurrences == [["p1", 14, "KÉTTA"]]
    assert mention.sentence == "In KÉTTA the river rose."
    assert mention.folded == "ketta"
    mentions.undo([was], by=None)
    mention.refresh_from_db()
    assert mention.is_adrift


def test_words_that_the_text_does_not_say_anchor_nothing() -> None:
    mention = adrift("It rained.", make_person())

    for words in ("Quetta", "", "  "):
        with pytest.raises(ValidationError):
            mentions.anchor(mention.pk, words, by=None)


def test_a_mention_adrift_is_kept_without_words_or_dropped() -> None:
    kept, dropped = adrift("It rained.", make_person()), adrift("It rained.", make_person("Zia"))

    mentions.keep(kept.pk, by=None)
    was = mentions.drop(dropped.pk, by=None)

    assert [(one.quote, one.state) for one in Mention.objects.all()] == [("", "confirmed")]
    assert mentions.undo([was], by=None) == 1
    assert Mention.objects.get(pk=dropped.pk).is_adrift
    with pytest.raises(ValidationError, match="quicker"):
        mentions.drop(kept.pk, by=None)


def test_words_are_anchored_as_words_and_not_inside_others() -> None:
    mention = adrift("Khanzada spoke. Then Khan and Khan left.", make_person("Khan"))

    with pytest.raises(ValidationError, match="does not say"):
        mentions.anchor(mention.pk, "Khanz", by=None)
    mentions.anchor(mention.pk, "khan", by=None)

    mention.refresh_from_db()
    assert mention.occurrences == [["p1", 21, "Khan"], ["p1", 30, "Khan"]]


def test_a_mention_adrift_takes_the_place_of_a_suggestion_that_is_confirmed_as_the_same() -> None:
    bugti = make_person("Sarfraz Bugti")
    mention = adrift("On Monday Bugti spoke.", bugti)
    suggestion = Mention.objects.create(
        article=mention.article,
        kind=EntityKind.PERSON,
        state=MentionState.SUGGESTED,
        quote="Bugti",
        folded="bugti",
        paragraph="p1",
        start=10,
        occurrences=[["p1", 10, "Bugti"]],
        sentence="On Monday Bugti spoke.",
    )
    before = list(Mention.objects.order_by("pk").values())

    was = mentions.confirm([suggestion.pk], bugti, by=None)

    one = Mention.objects.get()
    assert (one.quote, one.paragraph, one.start, one.is_adrift) == ("Bugti", "p1", 10, False)
    assert (one.occurrences, one.sentence) == (suggestion.occurrences, suggestion.sentence)
    mentions.undo(was, by=None)
    assert list(Mention.objects.order_by("pk").values()) == before


# What was merged between a decision and its undoing


def test_what_was_merged_since_stands_for_what_it_was_merged_into() -> None:
    zia, old, current = make_person("Zia"), make_person("Ziya"), make_person("Ziaa")
    waiting = suggest(make_article(), old)
    was = mentions.confirm([waiting.pk], zia, by=None)
    merge(old, current, by=None)

    mentions.undo(was, by=None)

    waiting.refresh_from_db()
    assert (waiting.person, waiting.state) == (current, MentionState.SUGGESTED)


def test_suggestions_that_a_merge_made_one_come_back_as_one_with_the_words_of_both() -> None:
    zia, old, current = make_person("Zia"), make_person("Ziya"), make_person("Ziaa")
    article = make_article()
    two = [
        suggest(article, person, occurrences=[["p1", at, "Zia"]]).pk
        for at, person in ((0, old), (30, current))
    ]
    was = mentions.confirm(two, zia, by=None)
    merge(old, current, by=None)

    mentions.undo(was, by=None)

    one = Mention.objects.get()
    assert (one.person, one.state) == (current, MentionState.SUGGESTED)
    assert one.occurrences == [["p1", 0, "Zia"], ["p1", 30, "Zia"]]


def test_what_comes_back_joins_the_mention_that_the_article_has_of_it_by_now() -> None:
    zia, old, current = make_person("Zia"), make_person("Ziya"), make_person("Ziaa")
    article = make_article()
    waiting = suggest(article, old, occurrences=[["p1", 30, "Zia"]])
    was = mentions.confirm([waiting.pk], zia, by=None)
    make_mention(article, current, occurrences=[["p1", 0, "Zia"]])
    merge(old, current, by=None)

    mentions.undo(was, by=None)

    one = Mention.objects.get()
    assert (one.person, one.state) == (current, MentionState.CONFIRMED)
    assert one.occurrences == [["p1", 0, "Zia"], ["p1", 30, "Zia"]]
