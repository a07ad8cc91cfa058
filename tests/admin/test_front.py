"""The desk's front page: what waits for whom, and where one click leads."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles import editing
from articles.models import Article, CommentState, ErrorReport, MentionState, TagSuggestion
from tests.factories import (
    make_article,
    make_comment,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db


def recorded(article: Article) -> Article:
    editing.record([article])
    return article


def draft(headline: str = "", **fields: Any) -> Article:
    return recorded(make_article(headline, published=None, **fields))


def aged(article: Article, **ago: float) -> Article:
    Article.objects.filter(pk=article.pk).update(updated_at=timezone.now() - timedelta(**ago))
    return article


def front(client: Client) -> Any:
    return html.fromstring(client.get("/admin/").content.decode())


def cards(client: Client) -> dict[str, tuple[str, list[str]]]:
    """Of each card its number and its lines, each with the word about it."""
    found = {}
    for card in front(client).find_class("card"):
        heading = card.find("h2/a")
        number = "".join(heading.xpath("span/text()"))
        lines = [
            " | ".join("".join(part.itertext()) for part in item).replace("\xa0", " ")
            for item in card.iter("li")
        ]
        found[heading.text.strip()] = (number, lines)
    return found


@pytest.fixture
def sana() -> User:
    return make_staff("Editor", "sana", first_name="Sana", last_name="Baloch")


@pytest.fixture
def at_the_desk(sana: User, client: Client) -> Client:
    client.force_login(sana)
    return client


def test_what_is_in_review_waits_the_longest_waiting_first(at_the_desk: Client) -> None:
    zia = make_staff("Reporter", "zia")
    for headline, days in (("New", 1), ("Old", 3)):
        article = draft(headline, created_by=zia)
        editing.submit(article, by=zia)
        aged(article, days=days)

    assert cards(at_the_desk)["To review"] == (
        "2",
        ["Old | zia, 3 days ago", "New | zia, 1 day ago"],
    )


def test_what_came_back_says_why(sana: User, client: Client) -> None:
    zia = make_staff("Reporter", "zia")
    article = draft("Rain", created_by=zia)
    editing.submit(article, by=zia)
    editing.send_back(article, by=sana, reason="Who says so?")
    client.force_login(zia)

    assert cards(client)["Your turn"] == ("1", ["Rain | Sent back: Who says so?"])


def test_my_turn_ends_when_readers_see_it(at_the_desk: Client, sana: User) -> None:
    article = draft("Rain", assigned_to=sana)
    assert "Your turn" in cards(at_the_desk)

    editing.publish(article, by=sana)

    assert "Your turn" not in cards(at_the_desk)


def test_drafts_of_my_own_and_what_goes_stale(at_the_desk: Client, sana: User) -> None:
    aged(draft("Fresh", created_by=sana), days=13)
    aged(draft("Stale", created_by=sana), days=15)
    aged(draft("A colleague’s"), days=30)

    shown = cards(at_the_desk)

    assert shown["Your drafts"] == ("2", ["Fresh | 1 week ago", "Stale | 2 weeks ago"])
    assert shown["Going stale"] == ("2", ["Stale | 2 weeks ago", "A colleague’s | 4 weeks ago"])


def test_what_is_scheduled_or_embargoed_stands_in_the_order_of_its_hour(
    at_the_desk: Client,
) -> None:
    now = timezone.now()
    for headline, hours in (("Later", 5), ("Next", 1)):
        editing.publish(draft(headline), by=None, at=now + timedelta(hours=hours))
    embargoed = draft("Embargoed", embargo_until=now + timedelta(hours=3))
    editing.publish(embargoed, by=None)

    number, lines = cards(at_the_desk)["Scheduled next"]

    assert number == "3"
    assert [line.split(" | ")[0] for line in lines] == ["Next", "Embargoed", "Later"]
    assert f"{now + timedelta(hours=1):%H:%M}" in lines[0]


def test_held_comments_wait_for_moderators(client: Client) -> None:
    article = recorded(make_article("Floods"))
    make_comment(article, state=CommentState.PENDING, text="I was there.", author_name="Bano")
    make_comment(article)
    client.force_login(make_staff("Moderator"))

    assert cards(client) == {"Held comments": ("1", ["I was there. | Bano, on “Floods”"])}


def test_the_cards_of_comments_lead_into_the_queue(client: Client) -> None:
    article = recorded(make_article("Floods"))
    held = make_comment(article, state=CommentState.PENDING)
    make_comment(article, text="Rude.", author_name="Gul", reports_open=2)
    client.force_login(make_staff("Moderator"))

    links = [link.get("href") for link in front(client).find_class("card")[0].iter("a")]

    queue = "/admin/articles/comment/queue/"
    assert links == [f"{queue}?tab=pending", f"{queue}?tab=pending&comment={held.pk}"]
    assert cards(client)["Reported comments"] == ("1", ["Rude. | Gul, on “Floods”"])


def test_errors_that_readers_report_wait_for_editors(at_the_desk: Client) -> None:
    article = recorded(make_article("Floods"))
    for state in ("open", "declined"):
        ErrorReport.objects.create(article=article, revision=1, text="Not so.", state=state)

    assert cards(at_the_desk)["Errors reported"] == ("1", ["Not so. | just now, in “Floods”"])


def test_what_machines_did_waits_for_editors(at_the_desk: Client) -> None:
    drawn = recorded(make_article("Drawn", headline_is_drawn=True))
    recorded(make_article("Guessed", dateline_year_is_guess=True))
    make_mention(drawn, make_place(), state=MentionState.SUGGESTED)
    tagged = recorded(make_article("Tagged"))
    TagSuggestion.objects.create(article=tagged, tag=make_tag(), quote="x")
    thrown = draft("Thrown away", headline_is_drawn=True)
    editing.put_in_bin(thrown, by=None)

    shown = cards(at_the_desk)

    assert shown["Wanting a headline"][1] == ["Drawn | just now"]
    assert shown["With a guessed year"][1] == ["Guessed | just now"]
    assert shown["Suggestions to confirm"][0] == "2"


def test_names_to_decide_about_wait_for_whoever_may_link(client: Client) -> None:
    article = recorded(make_article("Floods"))
    for number in range(2):
        make_mention(
            recorded(make_article()),
            make_person(f"Khan {number}"),
            state=MentionState.SUGGESTED,
            quote="Khan",
            folded="khan",
        )
    make_mention(article, make_place("Quetta"), is_adrift=True)
    client.force_login(make_staff("Archivist"))

    shown = cards(client)

    assert shown["Suggested names"] == ("1", ["Khan | person · 2"])
    assert shown["Names no longer in the text"] == ("1", ["Quetta | Floods"])


def test_names_that_only_a_machine_has_seen_wait_for_archivists(client: Client) -> None:
    make_person("Bano Qudsia", is_reviewed=False, description="A novelist.")
    make_person("Known to all")
    make_organisation("Port Authority", is_reviewed=False)
    client.force_login(make_staff("Archivist"))

    assert cards(client) == {
        "People to look at": ("1", ["Bano Qudsia | A novelist."]),
        "Organisations to look at": ("1", ["Port Authority | just now"]),
    }


def test_corrections_of_late_and_what_changed_last(at_the_desk: Client, sana: User) -> None:
    article = recorded(make_article("Floods"))
    recorded(make_article("Rain"))
    editing.correct(article, wrong="Monday", text="It was Tuesday.", by=sana)

    shown = cards(at_the_desk)

    assert shown["Corrected of late"] == ("", ["Floods | Correction, just now"])
    assert len(shown["Changed last"][1]) == 2


def test_no_card_counts_further_than_a_glance_can_use(at_the_desk: Client, sana: User) -> None:
    Article.objects.bulk_create(
        Article(headline=f"Draft {number}", slug=f"draft-{number}", created_by=sana)
        for number in range(120)
    )

    number, lines = cards(at_the_desk)["Your drafts"]

    assert (number, len(lines)) == ("99+", 5)


def test_one_click_leads_to_all_of_it(at_the_desk: Client, sana: User) -> None:
    articles = [draft(f"Draft {number}", created_by=sana, assigned_to=sana) for number in range(7)]
    for article in articles[:6]:
        editing.submit(article, by=sana)
    for article in articles:
        aged(article, days=20)
        make_mention(article, make_place(), state=MentionState.SUGGESTED)
    Article.objects.update(headline_is_drawn=True, dateline_year_is_guess=True)
    editing.publish(recorded(make_article()), by=None, at=timezone.now() + timedelta(days=1))

    for card in front(at_the_desk).find_class("card"):
        number = "".join(card.xpath("h2/a/span/text()"))
        if number:
            page = at_the_desk.get(card.find("h2/a").get("href"))
            assert len(page.context["cl"].result_list) == int(number), card.find("h2/a").text


def test_each_role_sees_what_concerns_it(client: Client) -> None:
    article = recorded(make_article("Public", headline_is_drawn=True))
    make_comment(article, state=CommentState.PENDING)
    editing.correct(article, wrong="It was not.", text="So it was.", by=None)
    colleague = make_staff("Reporter")
    editing.submit(draft("A colleague’s", created_by=colleague), by=colleague)

    seen = {}
    for role in ("Reporter", "Editor", "Moderator", "Archivist", "Administrator"):
        client.force_login(make_staff(role))
        seen[role] = list(cards(client))

    desk = ["To review", "Held comments", "Wanting a headline", "Corrected of late", "Changed last"]
    assert seen == {
        "Reporter": ["Changed last"],
        "Editor": desk,
        "Moderator": ["Held comments"],
        "Archivist": ["Changed last"],
        "Administrator": desk,
    }


def test_nobody_is_shown_a_draft_that_they_may_not_read(client: Client) -> None:
    sport, news = make_section("Sport"), make_section("News")
    secret = draft("A scandal", section=news, headline_is_drawn=True, assigned_to=None)
    make_mention(secret, make_place(), state=MentionState.SUGGESTED)
    editing.submit(secret, by=None)
    limited = make_staff("Editor")
    limited.desk_sections.add(sport)

    for account in (make_staff("Reporter"), make_staff("Moderator"), limited):
        client.force_login(account)
        assert b"A scandal" not in client.get("/admin/").content


def test_new_work_begins_here(client: Client) -> None:
    buttons = {}
    for role in ("Reporter", "Editor", "Moderator", "Archivist"):
        client.force_login(make_staff(role))
        buttons[role] = [link.text for link in front(client).find_class("button")]

    everything = ["New from copy", "New article", "Upload images"]
    assert buttons == {
        "Reporter": everything,
        "Editor": everything,
        "Moderator": [],
        "Archivist": ["New from copy", "Upload images"],
    }


def test_a_desk_without_work_says_so(client: Client) -> None:
    client.force_login(make_staff("Moderator"))

    page = client.get("/admin/").content.decode()

    assert "Nothing waits for you." in page


def test_markup_in_what_people_wrote_is_shown_and_not_obeyed(
    at_the_desk: Client, sana: User
) -> None:
    article = draft("<script>x()</script>", created_by=sana, assigned_to=sana)
    make_comment(article, state="pending", text="<b>loud</b>", author_name="<i>Bano</i>")
    editing.submit(article, by=sana)
    editing.send_back(article, by=sana, reason="<img src=x onerror=x()>")

    page = at_the_desk.get("/admin/").content.decode()

    for markup in ("<script>x()", "<b>loud", "<i>Bano", "<img src=x"):
        assert markup not in page
    assert "&lt;script&gt;x()" in page


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Administrator"])
def test_the_front_page_costs_the_same_for_one_of_each_and_for_many(
    client: Client, role: str
) -> None:
    staff = make_staff(role)
    client.force_login(staff)

    def add_one_of_each() -> None:
        article = recorded(make_article(headline_is_drawn=True, dateline_year_is_guess=True))
        make_comment(article, state=CommentState.PENDING)
        make_comment(article, reports_open=1)
        ErrorReport.objects.create(article=article, revision=1, text="It was Tuesday.")
        make_mention(article, make_place(), state=MentionState.SUGGESTED)
        editing.correct(article, wrong="It was not.", text="So it was.", by=None)
        author = make_staff("Reporter")
        aged(draft(created_by=staff, assigned_to=staff), days=20)
        editing.submit(draft(created_by=author), by=author)
        editing.publish(draft(), by=None, at=timezone.now() + timedelta(days=1))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    add_one_of_each()
    client.get("/admin/")
    first = count()
    for _ in range(6):
        add_one_of_each()

    assert count() == first <= 22
