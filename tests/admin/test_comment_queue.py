"""The moderators' queue without JavaScript: what it shows, its verbs, undo, and who may use it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles.admin.comments.verbs import REASONS
from articles.comments import moderation, staff
from articles.comments.judging import standings
from articles.models import (
    Article,
    AuditEntry,
    Comment,
    CommentReport,
    CommentState,
    ModeratorMail,
    Standing,
    StandingKind,
)
from tests.factories import make_article, make_comment, make_staff

pytestmark = pytest.mark.django_db

QUEUE = "/admin/articles/comment/queue/"
NOW = timezone.now()


@pytest.fixture
def sana() -> User:
    return make_staff("Moderator", "sana", first_name="Sana", last_name="Baloch")


@pytest.fixture
def desk(sana: User, client: Client) -> Client:
    client.force_login(sana)
    return client


@pytest.fixture
def article() -> Article:
    return make_article("Floods in Sindh")


def held(article: Article, text: str = "", *, age: int = 0, **fields: Any) -> Comment:
    created = NOW - timedelta(minutes=age)
    return make_comment(article, state="pending", text=text, created_at=created, **fields)


def shown(answer: Any) -> Any:
    return html.fromstring(answer.content.decode())


def in_front(page: Any) -> int | None:
    panes = page.find_class("pane")
    return int(panes[0].get("data-comment")) if panes else None


def press(desk: Client, page: Any, verb: str, **fields: str) -> Any:
    """Presses the button of a verb in the pane, and gives the page that follows."""
    form = next(
        form for form in page.forms if form.xpath(f".//button[@name='verb' and @value='{verb}']")
    )
    data = {**dict(form.form_values()), "verb": verb, **fields}
    return shown(desk.post(form.get("action"), data, follow=True))


def take_back(desk: Client, page: Any) -> Any:
    form = page.get_element_by_id("undo")
    return shown(desk.post(form.get("action"), dict(form.form_values()), follow=True))


def words_of(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def said(page: Any) -> str:
    return words_of(page.get_element_by_id("said"))


def test_the_newest_is_in_front_with_what_stands_around_it(desk: Client, article: Article) -> None:
    parent = make_comment(article, text="Who opened the gates?", author_name="Bano")
    make_comment(article, parent=parent, text="The engineer did.", author_name="Gul")
    held(article, "An older one.", age=60)
    comment = held(
        article,
        "See **here**.",
        parent=parent,
        author_name="Zia",
        author_email="z@b.org",
        address="192.0.2.7",
        rule="first",
        rule_state="pending",
        rule_reason="no approved comment before",
        spam_score=0.42,
    )
    Comment.objects.filter(pk=comment.pk).update(html="<p>See <strong>here</strong>.</p>")

    page = shown(desk.get(QUEUE))

    assert in_front(page) == comment.pk
    text = words_of(page.find_class("pane")[0])
    for words in (
        "Zia",
        "Floods in Sindh",
        "comments open",
        "Answers Bano Who opened the gates?",
        "See here .",
        "As it was typed See **here**.",
        "Held for moderation by rule: no approved comment before",
        "42 % like what was marked as spam",
        "The engineer did.",
        "z@b.org",
        "192.0.2.7, 1 from there",
    ):
        assert words in text
    assert page.xpath("//nav[@id='tabs']//a[@aria-current='page']")[0].text_content() == "Held 2"


@pytest.mark.parametrize(
    ("verb", "state", "words"),
    [
        ("approve", CommentState.APPROVED, "Zia: approved."),
        ("spam", CommentState.SPAM, "Zia: marked as spam."),
        ("bin", CommentState.BIN, "Zia: put in the bin."),
    ],
)
def test_a_decision_is_said_and_noted_and_the_next_comment_comes_up(
    desk: Client, sana: User, article: Article, verb: str, state: str, words: str
) -> None:
    following = held(article, age=5)
    comment = held(article, author_name="Zia")

    page = press(desk, shown(desk.get(QUEUE)), verb, reason=REASONS[0])

    comment.refresh_from_db()
    assert (comment.state, comment.decided_by, comment.reason) == (state, sana, REASONS[0])
    assert in_front(page) == following.pk
    assert said(page) == words
    entry = AuditEntry.objects.get(object_id=comment.pk)
    assert (entry.actor, entry.detail) == ("sana", REASONS[0])


def test_after_the_last_come_those_that_were_passed_over_and_then_nothing_waits(
    desk: Client, article: Article
) -> None:
    first, second = held(article), held(article, age=5)
    page = shown(desk.get(QUEUE, {"comment": second.pk}))

    page = press(desk, page, "approve")
    assert in_front(page) == first.pk
    page = press(desk, page, "approve")

    assert in_front(page) is None
    assert "Nothing waits here." in page.text_content()


def test_one_can_walk_to_the_next_and_back(desk: Client, article: Article) -> None:
    first, second = held(article), held(article, age=5)

    page = shown(desk.get(QUEUE))
    (forth,) = page.xpath("//a[@aria-keyshortcuts='J']/@href")
    page = shown(desk.get(forth))
    assert in_front(page) == second.pk
    (back,) = page.xpath("//a[@aria-keyshortcuts='K']/@href")

    assert in_front(shown(desk.get(back))) == first.pk


def test_what_was_decided_can_be_taken_back_one_after_the_other(
    desk: Client, article: Article
) -> None:
    first, second = held(article), held(article, age=5)
    page = press(desk, shown(desk.get(QUEUE)), "approve")
    page = press(desk, page, "spam")

    page = take_back(desk, page)
    assert said(page) == "Taken back: 1 comment is as before."
    assert in_front(page) == second.pk
    page = take_back(desk, page)

    assert in_front(page) == first.pk
    assert set(Comment.objects.values_list("state", "decided_at")) == {("pending", None)}
    assert page.get_element_by_id("undo").get("hidden") is not None


def test_only_whoever_decided_can_take_it_back(
    desk: Client, article: Article, client: Client
) -> None:
    comment = held(article)
    page = press(desk, shown(desk.get(QUEUE)), "bin")
    undo = dict(page.get_element_by_id("undo").form_values())
    colleague = Client()
    colleague.force_login(make_staff("Moderator"))

    answer = colleague.post(QUEUE + "undo/", undo, follow=True)

    comment.refresh_from_db()
    assert comment.state == CommentState.BIN
    assert "can no longer be taken back here" in said(shown(answer))


def test_whoever_is_second_is_told_who_was_first_and_goes_on(
    desk: Client, article: Article
) -> None:
    following = held(article, age=5)
    comment = held(article, author_name="Zia")
    page = shown(desk.get(QUEUE))
    moderation.decide([comment], CommentState.SPAM, by=make_staff("Moderator", "gul"))

    page = press(desk, page, "approve")

    comment.refresh_from_db()
    assert comment.state == CommentState.SPAM
    assert said(page) == (
        "gul was quicker: the comment of Zia is marked as spam. Nothing was done."
    )
    assert in_front(page) == following.pk


def test_nobody_approves_words_that_they_have_not_seen(desk: Client, article: Article) -> None:
    comment = held(article, "Kind words.", author_name="Zia")
    page = shown(desk.get(QUEUE))
    Comment.objects.filter(pk=comment.pk).update(text="Unkind.", edited_at=timezone.now())

    page = press(desk, page, "approve")

    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING
    assert said(page) == "Zia has changed the words of the comment meanwhile. Nothing was done."


def test_a_comment_that_a_colleague_deleted_does_not_stop_the_work(
    desk: Client, article: Article
) -> None:
    following = held(article, age=5)
    comment = held(article)
    page = shown(desk.get(QUEUE))
    moderation.delete([comment], by=None)

    page = press(desk, page, "approve")

    assert "a colleague has deleted it" in said(page)
    assert in_front(page) == following.pk


def test_reports_are_read_and_judged(desk: Client, article: Article) -> None:
    comment = make_comment(article, reports_open=1, decided_at=NOW)
    CommentReport.objects.create(comment=comment, reason="private", text="My telephone number!")

    page = shown(desk.get(QUEUE, {"tab": "reported"}))
    assert "It gives away something private: My telephone number!" in " ".join(
        page.find_class("reports")[0].text_content().split()
    )
    page = press(desk, page, "approve")

    comment.refresh_from_db()
    assert comment.reports_open == 0
    assert CommentReport.objects.get().was_right is False
    assert in_front(page) is None


def test_a_reply_of_the_newsroom_approves_what_it_answers(
    desk: Client, article: Article, sana: User
) -> None:
    comment = held(article)

    press(desk, shown(desk.get(QUEUE)), "reply", text="Thank you.")

    assert Comment.objects.get(pk=comment.pk).state == CommentState.APPROVED
    reply = Comment.objects.get(parent=comment)
    assert (reply.state, reply.badge, reply.author_name) == ("approved", "staff", "Sana Baloch")
    assert b"Thank you." in desk.get(article.get_absolute_url()).content


def test_a_reply_is_taken_back_together_with_the_approval(desk: Client, article: Article) -> None:
    comment = held(article)

    page = press(desk, shown(desk.get(QUEUE)), "reply", text="Thank you.")
    page = take_back(desk, page)

    assert in_front(page) == comment.pk
    assert Comment.objects.get(pk=comment.pk).state == CommentState.PENDING
    assert Comment.objects.get(parent=comment).state == CommentState.BIN
    assert Article.objects.get().comment_count == 0


def test_an_edited_comment_stays_in_front_and_says_so(desk: Client, article: Article) -> None:
    comment = held(article, "A rude word.")

    page = press(desk, shown(desk.get(QUEUE)), "edit", text="[cut]")

    assert in_front(page) == comment.pk
    flags = page.find_class("flags")[0].text_content()
    assert "edited" in flags
    assert "sana" in flags
    assert "It said: A rude word." in page.find_class("why")[0].text_content()
    page = take_back(desk, page)
    assert (
        said(page) == f"Taken back: the comment of {comment.author_name} says again what it said."
    )
    comment.refresh_from_db()
    assert comment.text == "A rude word."


def test_edits_are_taken_back_one_after_the_other(desk: Client, article: Article) -> None:
    comment = held(article, "First.")
    page = press(desk, shown(desk.get(QUEUE)), "edit", text="Second.")
    page = press(desk, page, "edit", text="Third.")

    page = take_back(desk, page)
    assert Comment.objects.get(pk=comment.pk).text == "Second."
    take_back(desk, page)
    assert Comment.objects.get(pk=comment.pk).text == "First."


def test_what_a_colleague_has_edited_since_is_not_taken_back(
    desk: Client, article: Article
) -> None:
    comment = held(article, "A rude word.")
    page = press(desk, shown(desk.get(QUEUE)), "edit", text="A word.")
    staff.edit(comment, "[cut]", by=make_staff("Moderator"))

    page = take_back(desk, page)

    assert Comment.objects.get(pk=comment.pk).text == "[cut]"
    assert "somebody has changed the words" in said(page)


def test_what_its_author_has_withdrawn_is_neither_approved_nor_held(
    desk: Client, article: Article
) -> None:
    comment = make_comment(article, state="bin", withdrawn_at=NOW)

    page = shown(desk.get(f"{QUEUE}?tab=bin&comment={comment.pk}"))

    assert page.xpath("//button[@value='spam']")
    assert not page.xpath("//button[@value='approve' or @value='hold']")
    for state in (CommentState.PENDING, CommentState.APPROVED):
        assert moderation.decide([comment], state, by=None) == []


def test_a_comment_is_featured_and_no_longer(desk: Client, article: Article) -> None:
    comment = make_comment(article, rule="known")

    page = press(desk, shown(desk.get(QUEUE, {"tab": "new"})), "feature")
    assert "featured" in page.find_class("flags")[0].text_content()
    press(desk, page, "feature")

    assert Comment.objects.get(pk=comment.pk).featured_at is None


@pytest.mark.parametrize(
    ("whom", "email", "network"),
    [
        ("email", "z@b.org", ""),
        ("address", "", "192.0.2.7/32"),
        ("network", "", "192.0.2.0/24"),
    ],
)
def test_a_commenter_is_banned_for_a_time_and_the_ban_taken_back(
    desk: Client, article: Article, sana: User, whom: str, email: str, network: str
) -> None:
    comment = held(article, author_email="z@b.org", address="192.0.2.7")

    page = press(
        desk, shown(desk.get(QUEUE)), "ban", whom=whom, days="7", reason="Insults somebody"
    )

    standing = Standing.objects.get()
    assert (standing.email, standing.network) == (email, network)
    assert (standing.kind, standing.created_by) == (StandingKind.BANNED, sana)
    assert standing.until is not None
    assert timedelta(days=6) < standing.until - timezone.now() <= timedelta(days=7)
    assert in_front(page) == comment.pk
    assert "May not comment" in page.find_class("commenter")[0].text_content()
    take_back(desk, page)
    assert not Standing.objects.in_force().exists()


def test_whoever_was_banned_before_is_so_again_when_a_ban_is_taken_back(
    desk: Client, article: Article
) -> None:
    held(article, author_email="z@b.org")
    before = standings.impose(StandingKind.BANNED, email="z@b.org", reason="Insults", by=None)
    page = press(desk, shown(desk.get(QUEUE)), "ban", whom="email", days="1", reason="Again")
    assert Standing.objects.in_force().get() != before

    page = take_back(desk, page)

    assert Standing.objects.in_force().get() == before
    assert said(page) == "Taken back; as before, z@b.org: may not comment."


def test_a_ban_wants_a_reason(desk: Client, article: Article) -> None:
    held(article, author_email="z@b.org")

    page = press(desk, shown(desk.get(QUEUE)), "ban", whom="email", days="0")

    assert said(page) == "Say why; only the newsroom sees it."
    assert not Standing.objects.exists()


def test_the_history_of_a_commenter_stands_beside_the_comment(
    desk: Client, article: Article
) -> None:
    comment = held(article, author_email="z@b.org", address="192.0.2.7")
    for number in range(12):
        state = "spam" if number < 3 else "approved"
        make_comment(article, state=state, author_email="z@b.org", text=f"Earlier {number}.")
    make_comment(article, author_email="other@b.org", address="192.0.2.7", text="Somebody else.")

    aside = shown(desk.get(QUEUE, {"comment": comment.pk})).find_class("commenter")[0]

    facts = [" ".join(" ".join(fact.itertext()).split()) for fact in aside.xpath(".//dl/div")]
    assert facts[:4] == [
        "E-mail z@b.org",
        "Approved 9",
        "Rejected 3",
        "Network address 192.0.2.7, 2 from there",
    ]
    assert len(aside.xpath(".//ol/li")) == 10
    assert "Somebody else." not in aside.text_content()


def test_all_that_waits_of_a_commenter_is_decided_about_at_once_and_taken_back(
    desk: Client, article: Article
) -> None:
    other = held(article, age=90, author_email="other@b.org")
    known = make_comment(article, author_email="z@b.org", rule="known")
    for age in range(3):
        held(article, age=age, author_email="z@b.org")
    make_comment(article, author_email="z@b.org", decided_at=NOW)

    page = press(desk, shown(desk.get(QUEUE)), "spam_all")

    assert said(page) == "4 comments of z@b.org: marked as spam."
    assert in_front(page) == other.pk
    assert Comment.objects.filter(state="spam").count() == 4
    take_back(desk, page)
    assert Comment.objects.filter(state="pending").count() == 4
    assert Comment.objects.get(pk=known.pk).state == CommentState.APPROVED


def test_a_link_to_a_comment_shows_it_whatever_its_state_and_decides_nothing(
    desk: Client, article: Article
) -> None:
    comment = make_comment(article, state="spam")

    page = shown(desk.get(f"{QUEUE}?comment={comment.pk}&verb=approve"))

    assert in_front(page) == comment.pk
    assert Comment.objects.get(pk=comment.pk).state == CommentState.SPAM
    act = reverse("admin:articles_comment_act", args=[comment.pk])
    assert desk.get(act, {"verb": "approve"}).status_code == 405


@pytest.mark.parametrize("asked", ["", "0", "99999999999999999999", "9" * 5_000, "x", "-1", "٣"])
def test_an_odd_address_shows_the_first_of_those_that_wait(
    desk: Client, article: Article, asked: str
) -> None:
    comment = held(article)

    assert in_front(shown(desk.get(QUEUE, {"comment": asked, "tab": "x"}))) == comment.pk


def test_one_chooses_how_often_one_is_told_by_mail(desk: Client, sana: User) -> None:
    desk.post(QUEUE + "mail/", {"rhythm": "hourly", "tab": "pending"})
    assert ModeratorMail.objects.get(user=sana).rhythm == "hourly"

    page = shown(desk.get(QUEUE))

    assert page.xpath("//select[@name='rhythm']/option[@selected]/@value") == ["hourly"]


def test_markup_in_what_readers_sent_is_shown_and_not_obeyed(
    desk: Client, article: Article
) -> None:
    evil = "<script>x()</script>"
    comment = held(article, evil, author_name=evil, user_agent=evil, rule="a", rule_reason=evil)
    Comment.objects.filter(pk=comment.pk).update(reports_open=1)
    CommentReport.objects.create(comment=comment, reason="other", text=evil)
    page = desk.get(QUEUE).content.decode()
    assert evil not in page

    after = press(desk, shown(desk.get(QUEUE)), "approve", reason=evil)

    assert evil in said(after)
    assert not after.xpath("//script[contains(text(), 'x()')]")


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("approve", {"reason": "\0\u202eodd " + "x" * 70_000}),
        ("edit", {"text": "\0"}),
        ("edit", {"text": "x" * 70_000}),
        ("reply", {"text": ""}),
        ("ban", {"whom": "nobody", "days": "many", "reason": "\0"}),
        ("ban", {}),
    ],
)
def test_what_no_form_of_ours_sends_breaks_nothing(
    desk: Client, article: Article, verb: str, fields: dict[str, str]
) -> None:
    comment = held(article, "As it was.", author_email="z@b.org")
    act = reverse("admin:articles_comment_act", args=[comment.pk])

    answer = desk.post(act, {"verb": verb, "tab": "pending", **fields}, follow=True)

    assert answer.status_code == 200
    comment.refresh_from_db()
    assert comment.text == "As it was."
    assert not Standing.objects.exists()


def test_a_verb_that_there_is_not_is_not_found(desk: Client, article: Article) -> None:
    act = reverse("admin:articles_comment_act", args=[held(article).pk])

    assert desk.post(act, {"verb": "praise"}).status_code == 404
    assert desk.post(act, {}).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("Reporter", 403),
        ("Archivist", 403),
        ("Moderator", 200),
        ("Editor", 200),
        ("Administrator", 200),
    ],
)
def test_only_moderators_have_a_queue(
    client: Client, article: Article, role: str, status: int
) -> None:
    comment = held(article)
    client.force_login(make_staff(role))
    act = reverse("admin:articles_comment_act", args=[comment.pk])

    assert client.get(QUEUE).status_code == status
    assert client.post(act, {"verb": "approve"}, follow=True).status_code == status
    assert client.post(QUEUE + "undo/", {"key": "x"}, follow=True).status_code == status
    assert client.post(QUEUE + "mail/", {"rhythm": "daily"}, follow=True).status_code == status
    comment.refresh_from_db()
    assert (comment.state == "approved") == (status == 200)


def test_a_moderator_may_do_this_and_nothing_else(desk: Client, article: Article) -> None:
    page = shown(desk.get("/admin/"))
    lists = [link.text for link in page.xpath("//nav[@id='desk-nav']//a")]
    assert lists == ["Desk", "Comments", "Rules", "Bans and trust"]

    for kind in ("article", "errorreport", "auditentry"):
        assert desk.get(f"/admin/articles/{kind}/").status_code == 403
    assert desk.post(f"/admin/articles/article/{article.pk}/correct/").status_code == 403


def test_who_may_not_ban_is_not_offered_it_and_cannot(client: Client, article: Article) -> None:
    comment = held(article, author_email="z@b.org")
    limited = make_staff("Moderator")
    group = limited.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="ban_commenter"))
    client.force_login(limited)
    act = reverse("admin:articles_comment_act", args=[comment.pk])

    assert not shown(client.get(QUEUE)).xpath("//button[@value='ban']")
    data = {"verb": "ban", "whom": "email", "days": "7", "reason": "Rude"}
    assert client.post(act, data).status_code == 403
    assert not Standing.objects.exists()


def test_the_queue_costs_the_same_however_much_waits(desk: Client, article: Article) -> None:
    def add(number: int) -> None:
        parent = make_comment(article)
        for _ in range(number):
            comment = held(article, parent=parent, author_email="z@b.org", address="192.0.2.7")
            Comment.objects.filter(pk=comment.pk).update(reports_open=1)
            CommentReport.objects.create(comment=comment, reason="other")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert in_front(shown(desk.get(QUEUE))) is not None
        return len(queries)

    add(2)
    desk.get(QUEUE)
    first = count()
    add(20)

    assert count() == first <= 26
