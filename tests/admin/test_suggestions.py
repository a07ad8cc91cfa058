"""The screen on which names that machines were not sure of are decided about, name by name."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.admin.suggestions.scope import within_rights
from articles.models import Article, EntityKind, Mention, MentionState, Person
from articles.text.folding import fold
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_staff,
)

pytestmark = pytest.mark.django_db

SCREEN = "/admin/suggestions/"


@pytest.fixture
def ann() -> User:
    return make_staff("Editor", "ann")


@pytest.fixture
def desk(ann: User, client: Client) -> Client:
    client.force_login(ann)
    return client


def suggest(words: str, entity: Any = None, article: Article | None = None, **fields: Any) -> Any:
    """A suggestion of a person by these words, in a sentence of an article."""
    return Mention.objects.create(
        article=article or make_article(),
        kind=EntityKind.PERSON,
        person=entity,
        state=MentionState.SUGGESTED,
        quote=words,
        folded=fold(words),
        **{"sentence": f"So said {words} on Monday.", **fields},
    )


def decide(desk: Client, name: str, verb: str, **given: Any) -> str:
    """What the screen says after a decision."""
    data = {"kind": "person", "name": name, "scope": "all", "shown": name, **given}
    answer = desk.post(reverse("desk:decide_name"), {**data, "verb": verb}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def undo(desk: Client) -> str:
    key = desk.get(SCREEN).context["undo"].key
    answer = desk.post(reverse("desk:undo_names"), {"key": key}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def states() -> list[str]:
    return list(Mention.objects.order_by("pk").values_list("state", flat=True))


def test_the_name_that_waits_most_often_is_in_front_with_its_sentences(desk: Client) -> None:
    zia = make_person("Zia Khan", title="Governor")
    suggest("Bano")
    for _ in range(3):
        suggest("Khan", candidates=[zia.pk], reason="two people of this name")

    page = desk.get(SCREEN)

    facts = page.context["facts"]
    assert (facts.words, len(facts.ids)) == ("Khan", 3)
    assert facts.reasons == [("two people of this name", 3)]
    assert [one.label for one in facts.candidates] == ["Zia Khan (Governor)"]
    assert "So said <mark>Khan</mark> on Monday." in page.content.decode()
    assert [one.words for one in page.context["names"]] == ["khan", "bano"]


def test_the_likeliest_candidate_of_most_articles_comes_first(desk: Client) -> None:
    first, second, third = (make_person(f"Khan {number}") for number in range(3))
    suggest("Khan", candidates=[third.pk, second.pk])
    suggest("Khan", first, candidates=[second.pk])
    suggest("Khan", candidates=[second.pk, first.pk])

    facts = desk.get(SCREEN).context["facts"]

    assert [one.pk for one in facts.candidates] == [second.pk, first.pk, third.pk]


def test_all_of_a_name_are_confirmed_and_the_next_name_comes_up(desk: Client) -> None:
    zia = make_person("Zia Khan")
    suggest("Bano")
    for _ in range(2):
        suggest("Khan")

    said = decide(desk, "khan", "confirm", choice=zia.pk)

    assert said == "2 articles: “khan” is Zia Khan."
    assert states() == ["suggested", "confirmed", "confirmed"]
    assert desk.get(SCREEN).context["facts"].words == "Bano"


def test_only_the_ticked_are_rejected(desk: Client) -> None:
    mentions = [suggest("Khan") for _ in range(3)]

    none = decide(desk, "khan", "reject", scope="ticked")
    some = decide(desk, "khan", "reject", scope="ticked", mention=[mentions[1].pk])

    assert "Tick the articles" in none
    assert some == "1 article: “khan” is rejected."
    assert states() == ["suggested", "rejected", "suggested"]


def test_a_new_person_is_made_from_the_words_and_unmade_with_the_step(desk: Client) -> None:
    suggest("Sarfraz Bugti")

    decide(desk, "sarfraz bugti", "confirm", choice="new", new_name="Sarfraz Bugti")
    assert Mention.objects.get().person == Person.objects.get(name="Sarfraz Bugti")

    assert undo(desk) == "Taken back: 1 suggestion is as before."
    assert not Person.objects.exists()
    assert states() == ["suggested"]


def test_nothing_is_confirmed_before_somebody_is_chosen(desk: Client) -> None:
    suggest("Khan")
    shell = make_person("Old Khan", merged_into=make_person("Khan"))

    assert "Choose whom" in decide(desk, "khan", "confirm")
    assert "choose another" in decide(desk, "khan", "confirm", choice=shell.pk)
    assert "choose another" in decide(desk, "khan", "confirm", choice="9" * 40)
    assert states() == ["suggested"]


def test_somebody_else_is_found_by_any_spelling(desk: Client) -> None:
    bugti = make_person("Sarfraz Bugti", names=["سرفراز بگٹی"])
    suggest("Khan")

    for sought in ("bugti", "SARFRAZ B", "سرفراز"):
        facts = desk.get(SCREEN, {"name": "khan", "find": sought}).context["facts"]
        assert [one.pk for one in facts.found] == [bugti.pk], sought


def test_names_are_found_by_their_beginning_and_narrowed_to_a_section_or_year(desk: Client) -> None:
    sports = make_section("Sports")
    suggest("Khan", article=make_article(section=sports))
    suggest("Khattak")
    suggest("Bano")

    def names(**query: Any) -> list[str]:
        return [one.words for one in desk.get(SCREEN, query).context["names"]]

    assert names(q="KHA") == ["khan", "khattak"]
    assert names(section=sports.pk) == ["khan"]
    assert sorted(names(year=2026)) == ["bano", "khan", "khattak"]
    assert desk.get(SCREEN, {"year": 1999}).context["facts"] is None


def test_an_editor_of_some_sections_sees_no_others_names(desk: Client, ann: User) -> None:
    ann.desk_sections.add(make_section("Sports"))
    suggest("Khan")

    page = desk.get(SCREEN, {"name": "khan"})

    assert page.context["facts"] is None
    assert "So said" not in page.content.decode()
    assert "quicker" in decide(desk, "khan", "reject")
    assert states() == ["suggested"]


def test_people_places_and_organisations_have_a_tab_each(desk: Client) -> None:
    suggest("Khan")
    for entity in (make_place("Sui"), make_place("Sui"), make_organisation("Sui Gas")):
        make_mention(make_article(), entity, state="suggested", folded=fold(entity.name))

    tabs = {tab.label: tab.number for tab in desk.get(SCREEN).context["tabs"]}

    assert tabs == {"people": "1", "organisations": "1", "places": "2", "sentence gone": "0"}


def test_a_mention_whose_sentence_is_gone_is_seen_to(desk: Client) -> None:
    article = make_article(paragraphs=["In Kwetta the river rose."])
    mention = make_mention(article, make_place("Quetta"), is_adrift=True, sentence="In Quetta.")
    tab = {"kind": "adrift"}
    assert "In <mark>Quetta</mark>." in desk.get(SCREEN, tab).content.decode()

    given = {"mention": mention.pk, "verb": "anchor", "words": "Quetta", "shown": "Quetta"}
    refused = desk.post(reverse("desk:see_to_adrift"), given, follow=True)
    given["words"] = "Kwetta"
    done = desk.post(reverse("desk:see_to_adrift"), given, follow=True)

    assert "does not say “Quetta”" in refused.content.decode()
    assert "stands now at “Kwetta”" in done.content.decode()
    mention.refresh_from_db()
    assert (mention.quote, mention.is_adrift) == ("Kwetta", False)


def test_words_from_articles_are_never_markup(desk: Client) -> None:
    suggest("<b>Khan</b>", sentence="“<b>Khan</b>” <script>", reason="<i>")

    page = desk.get(SCREEN).content.decode()

    assert "<mark>&lt;b&gt;Khan&lt;/b&gt;</mark>” &lt;script&gt;" in page
    assert "<i>" not in page


def test_the_screen_costs_the_same_queries_for_one_suggestion_and_for_many(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    people = [make_person(f"Khan {number}", title="Minister") for number in range(8)]
    for number in range(60):
        article = make_article()
        suggest(f"Khan {number % 30}", article=article, candidates=[one.pk for one in people])

    with django_assert_max_num_queries(18):
        desk.get(SCREEN, {"find": "khan"})


def test_a_decision_by_a_verb_that_there_is_not_is_not_found(desk: Client) -> None:
    suggest("Khan")
    data = {"kind": "person", "name": "khan", "scope": "all", "verb": "shout"}

    assert desk.post(reverse("desk:decide_name"), data).status_code == 404
    assert desk.get(reverse("desk:decide_name")).status_code == 405


def test_what_waits_for_a_sections_editor_is_not_sought_among_all_articles_of_the_section() -> None:
    waiting = within_rights(Mention.objects.filter(is_adrift=True), frozenset({make_section().pk}))
    if connection.vendor == "postgresql":  # which walks a small table rather than any index
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")

    assert "mention_adrift" in waiting.order_by("-id").values("pk")[:25].explain()
