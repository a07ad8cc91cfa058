import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.admin.comment_rules.sentences import FLOOD, LADDER, READERS
from articles.comments.judging.ladder import DISALLOWED, OTHERWISE, RULES, TRUSTED_PEOPLE
from articles.comments.judging.words import in_force
from articles.models import AuditEntry, Comment, CommentRules, CommentState, WordList
from tests.browser import violations
from tests.factories import make_article, make_comment, make_section, make_staff

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/commentrules/"


def typed(desk: Client, **changes: str) -> dict[str, str]:
    """The form as the page shows it, with ``changes`` made in it."""
    form = desk.get(PAGE).context["form"]
    shown = {field.name: field.value() for field in form}
    given = {name: str(value) for name, value in shown.items() if value is not False}
    given.update(changes)
    return {name: value for name, value in given.items() if value != "off"}


def switch_on(desk: Client, **changes: str):
    return desk.post(PAGE, typed(desk, **changes) | {"switch_on": "1"}, follow=True)


def try_out(desk: Client, **changes: str):
    return desk.post(PAGE, typed(desk, **changes) | {"try": "1"})


def test_the_page_has_every_step_of_the_ladder_in_its_order():
    steps = [rule.name for rule in (*TRUSTED_PEOPLE, *RULES)]
    assert [sentence.rule for sentence in LADDER] == [*steps, OTHERWISE.rule, DISALLOWED]


def test_every_rule_stands_in_a_sentence():
    said = "".join(sentence.words for sentence in (*LADDER, *FLOOD, *READERS))
    fields = [field.name for field in CommentRules._meta.fields if field.name != "id"]
    assert sorted(re.findall(r"{(\w+)}", said)) == sorted(fields)


def test_numbers_stand_in_sentences_and_have_names_for_screen_readers(desk: Client):
    page = desk.get(PAGE).content.decode()
    sentence = re.search(r"A comment with (<input.*?>) or more links is held", page)
    assert sentence
    assert 'aria-label="Links from which a comment is held"' in sentence[1]
    assert 'value="2"' in sentence[1]


def test_rules_that_are_switched_on_are_in_force_and_on_record(desk: Client):
    page = switch_on(desk, links_held="3", hold_imitators="off", held_words="casino\npoker")
    assert "The rules are in force as you see them." in page.content.decode()
    rules = CommentRules.objects.current()
    assert (rules.links_held, rules.hold_imitators, rules.hold_first) == (3, False, 1)
    assert in_force().held.find("poker")
    assert AuditEntry.objects.latest("pk").detail == (
        "links from which a comment is held: 2 → 3; hold names like those of the staff: on → off;"
        " held words: 2 more, 0 fewer"
    )
    assert "2 → 3" in desk.get(f"{PAGE}1/history/").content.decode()


def test_nothing_is_written_when_nothing_was_changed(desk: Client):
    page = switch_on(desk)
    assert "Nothing was otherwise" in page.content.decode()
    assert not CommentRules.objects.exists()
    assert not AuditEntry.objects.filter(kind="commentrules").exists()


def test_a_list_keeps_its_remarks_and_names_the_lines_that_cannot_be_read(desk: Client):
    page = switch_on(desk, held_words="casino # again\n\n10.0.0.0/99").content.decode()
    assert WordList.objects.get().words == "casino # again\n\n10.0.0.0/99"
    assert "1 line<" in page
    assert "Line 3, “<bdi>10.0.0.0/99</bdi>”: it is neither a network address nor" in page


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("hold_rejected_percent", "101", "less than or equal to 100"),
        ("depth", "0", "greater than or equal to 1"),
        ("links_held", "-1", "greater than or equal to 0"),
        ("links_held", "many", "whole number"),
        ("policy", "anarchy", "Select a valid choice"),
    ],
)
def test_a_number_that_makes_no_sense_changes_nothing(desk: Client, field, value, fault):
    page = switch_on(desk, **{field: value}).content.decode()
    assert fault in page
    assert f'aria-describedby="id_{field}_error"' in page
    assert f'id="id_{field}_error"' in page
    assert not CommentRules.objects.exists()


def test_a_comment_cannot_be_longer_and_shorter_than_itself(desk: Client):
    page = switch_on(desk, least_length="9", greatest_length="5").content.decode()
    assert "No comment can be as long as that and as short." in page
    assert not CommentRules.objects.exists()


def test_what_a_colleague_switched_on_meanwhile_is_not_overwritten_unseen(desk: Client):
    mine = typed(desk, links_held="5") | {"switch_on": "1"}
    switch_on(desk, hold_first="2")
    page = desk.post(PAGE, mine).content.decode()
    assert "Somebody has changed the rules since you opened this page." in page
    assert CommentRules.objects.current().hold_first == 2


def test_a_trial_shows_what_would_be_otherwise_and_what_moderators_decided(desk: Client):
    article = make_article()
    moderator = make_staff("Moderator", "mina")
    known: dict[str, Any] = {"author_name": "Zarina", "author_email": "z@b.org"}
    make_comment(article, **known)
    fine = make_comment(
        article, text="A casino opened.", decided_at=article.published_at, decided_by=moderator,
        **known,
    )  # fmt: skip
    make_comment(
        article, text="Casino! Casino!", state=CommentState.SPAM, decided_by=moderator,
        decided_at=article.published_at, **known,
    )  # fmt: skip
    make_comment(article, text="No word of it.", **known)

    page = try_out(desk, held_words="casino")

    trial = page.context["trial"]
    assert (trial.tried, len(trial.changes)) == (4, 2)
    (row,) = trial.by_rule
    assert (row.rule, row.number, row.approved, row.rejected) == ("held-words", 2, 1, 1)
    html = page.content.decode()
    assert "2 of the newest 4 comments would be decided otherwise" in html
    assert "“casino” in the text is held" in html
    assert "mina decided on" in html
    assert f"/admin/articles/comment/{fine.pk}/change/" in html


def test_a_trial_changes_nothing(desk: Client):
    comment = make_comment(make_article(), text="A casino.")
    try_out(desk, links_held="9", disallowed_words="casino")
    assert not CommentRules.objects.exists()
    assert not WordList.objects.exists()
    assert Comment.objects.get(pk=comment.pk).state == CommentState.APPROVED
    assert not AuditEntry.objects.filter(kind="commentrules").exists()


def test_a_trial_keeps_what_was_typed(desk: Client):
    form = try_out(desk, links_held="7", held_words="casino").context["form"]
    assert (form["links_held"].value(), form["held_words"].value()) == ("7", "casino")


def test_a_trial_costs_the_same_for_many_comments(desk: Client, django_assert_max_num_queries):
    for number in range(30):
        make_comment(
            make_article(section=make_section()), text="A casino.", user=make_staff(),
            author_email=f"{number}@b.org", address=f"192.0.2.{number}",
        )  # fmt: skip
    given = typed(desk, held_words="casino") | {"try": "1"}
    with django_assert_max_num_queries(25):
        assert desk.post(PAGE, given).context["trial"].tried == 30


def test_moderators_read_the_rules_and_only_editors_change_them(client: Client):
    client.force_login(make_staff("Moderator"))
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Switch on" not in page.content.decode()
    assert page.content.decode().count(" disabled") > 20
    assert client.post(PAGE, {"switch_on": "1"}).status_code == 403
    client.force_login(make_staff("Reporter"))
    assert client.get(PAGE).status_code == 403


def test_a_section_may_be_stricter(client: Client):
    client.force_login(make_staff("Administrator"))
    section = make_section("Courts")
    page = f"/admin/articles/section/{section.pk}/change/"
    form = client.get(page).context["adminform"].form
    given = {field.name: field.value() for field in form} | {"comment_policy": "premoderated"}
    client.post(page, given)
    section.refresh_from_db()
    assert section.comment_policy == "premoderated"


@pytest.mark.browser
def test_an_editor_tries_a_rule_and_switches_it_on(browser_page: Page, live_server: LiveServer):
    make_staff("Editor", "sana", password="secret")
    make_comment(make_article(), text="A casino opened.", author_name="Zarina")
    page = browser_page
    page.goto(f"/admin/login/?next={PAGE}")
    page.get_by_label("Username").fill("sana")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()

    page.get_by_label("Held words").fill("casino")
    page.get_by_label("Approved comments that make a commenter known").fill("0")
    page.get_by_role("button", name="Try on recent comments").click()
    expect(page.get_by_role("heading", name="of the newest")).to_be_visible()
    assert violations(page, {}) == []
    page.get_by_role("button", name="Switch on").click()

    expect(page.get_by_text("The rules are in force as you see them.")).to_be_visible()
    expect(page.get_by_label("Held words")).to_have_value("casino")


def test_lists_of_any_length_can_be_tried_and_switched_on(desk: Client, data_dir: Path):
    listed = (data_dir / "spam" / "wordpress-comment-blocklist.txt").read_text()
    make_comment(make_article(), text="Cheap viagra.")
    page = try_out(desk, held_words=listed, disallowed_words=listed)
    assert [row.rule for row in page.context["trial"].by_rule] == ["disallowed"]
    page = switch_on(desk, held_words=listed, disallowed_words=listed)
    assert "65370 lines" in page.content.decode()
