import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from articles.comments import tokens
from articles.comments.discussion import discussion
from articles.models import (
    Address,
    Article,
    Comment,
    CommentPolicy,
    CommentRules,
    CommentState,
    Correction,
    CorrectionKind,
    Status,
    WordList,
    WordListKind,
)
from tests.comments.moments import NOON
from tests.factories import make_article, make_comment, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def typed(article: Article, **fields: Any) -> dict[str, Any]:
    """What a reader sends who opened the form a minute ago."""
    with time_machine.travel(NOON - timedelta(minutes=1), tick=False):
        token = tokens.issue(article.pk)
    return {
        "comment": "Well said.",
        "author": "Zarina",
        "email": "zarina@example.org",
        "url": "",
        "token": token,
        "subject": "",
    } | fields


def post(
    client: Client,
    article: Article,
    *,
    path: str = "",
    headers: dict[str, str] | None = None,
    **fields: Any,
) -> Any:
    return client.post(
        f"{path or article.path}comments/", typed(article, **fields), headers=headers
    )


def field(page: Any, name: str) -> str:
    """The form field of this name in a page, as its HTML."""
    html = page.content.decode()
    found = re.search(rf'<(input|textarea)[^>]*name="{name}"[^>]*>[^<]*', html)
    assert found, f"the page has no field {name}"
    return unescape(found.group())


def error_of(page: HttpResponse, name: str) -> str:
    described_by = re.search(r'aria-describedby="([^"]+)"', field(page, name))
    if described_by is None or not described_by[1].endswith("_error"):
        return ""
    error = re.search(rf'id="{described_by[1].split()[-1]}">([^<]*)<', page.content.decode())
    assert error, f"{name} is described by nothing"
    return unescape(error[1]).strip()


def test_a_reader_without_cookies_posts_and_is_sent_back_to_the_held_comment(reader):
    article = make_article()
    response = post(reader, article)
    comment = Comment.objects.get()
    assert response.status_code == 303
    assert not response.cookies
    place = urlsplit(response["Location"])
    assert place.path == article.path
    assert place.fragment == f"comment-{comment.pk}"
    assert tokens.held_comment_id(place.query.removeprefix("held=")) == comment.pk


def test_a_trusted_reader_is_sent_to_the_published_comment(reader):
    article = make_article()
    make_comment(
        make_article(),
        author_name="Zarina",
        author_email="zarina@example.org",
        created_at=NOON - timedelta(days=1),
    )
    response = post(reader, article)
    comment = article.comments.get()
    place = urlsplit(response["Location"])
    assert (place.path, place.fragment) == (article.path, f"comment-{comment.pk}")
    assert tokens.own_comment_id(place.query.removeprefix("mine=")) == comment.pk
    assert Article.objects.get(pk=article.pk).comment_count == 1


def test_an_article_in_another_script_takes_comments(reader):
    article = make_article("کوئٹہ میں برف")
    assert post(reader, article).status_code == 303


def test_faults_are_told_beside_their_fields_and_everything_typed_is_kept(reader):
    article = make_article("Snow in Quetta")
    page = post(
        reader,
        article,
        comment="Half a thought & more",
        author="",
        email="zarina@",
        url="javascript:x",
    )
    assert page.status_code == 400
    assert not page.cookies
    assert error_of(page, "author") == "Please give a name."
    assert error_of(page, "email") == "This is not an e-mail address. One looks like a@b.org."
    assert error_of(page, "url").startswith("This is not a web address.")
    assert error_of(page, "comment") == ""
    assert "Half a thought & more" in field(page, "comment")
    assert 'value="zarina@"' in field(page, "email")
    assert 'value="javascript:x"' in field(page, "url")
    assert "Snow in Quetta" in page.content.decode()
    assert not Comment.objects.exists()


def test_the_form_page_can_be_posted_again(reader, clock):
    article = make_article()
    page = post(reader, article, token="forged")
    assert page.status_code == 400
    assert tokens.TokenFault.FORGED in page.content.decode()
    fresh = field(page, "token").partition('value="')[2].partition('"')[0]
    clock.shift(timedelta(seconds=5))
    assert post(reader, article, token=fresh).status_code == 303


@pytest.mark.parametrize(
    ("age", "fault"),
    [
        (timedelta(seconds=1), tokens.TokenFault.EARLY),
        (timedelta(days=2), tokens.TokenFault.LATE),
    ],
)
def test_a_form_posted_too_soon_or_too_late_keeps_the_text(reader, age, fault):
    article = make_article()
    with time_machine.travel(NOON - age, tick=False):
        token = tokens.issue(article.pk)
    page = post(reader, article, token=token)
    assert page.status_code == 400
    assert fault in page.content.decode()
    assert "Well said." in field(page, "comment")


def test_a_machine_that_fills_in_the_hidden_field_is_refused(reader):
    page = post(reader, make_article(), subject="shoes")
    assert page.status_code == 400
    assert "shoes" not in page.content.decode()
    assert not Comment.objects.exists()


def test_a_comment_on_a_closed_article_is_refused_with_its_text_kept(reader):
    page = post(reader, make_article(comment_policy=CommentPolicy.CLOSED))
    assert page.status_code == 403
    assert "Comments on this article are closed." in page.content.decode()
    assert "Well said." in field(page, "comment")


def test_a_second_press_of_the_button_is_a_duplicate(reader):
    article = make_article()
    post(reader, article)
    page = post(reader, article)
    assert page.status_code == 409
    assert "it has been received" in page.content.decode()


def test_who_posts_too_quickly_is_told_when_to_come_back(reader, clock):
    article = make_article()
    post(reader, article)
    clock.shift(timedelta(seconds=5))
    page = post(reader, article, comment="And another thing.")
    assert page.status_code == 429
    assert page["Retry-After"] == "10"
    assert "And another thing." in field(page, "comment")


def test_an_answer_that_is_not_posted_yet_still_says_whom_it_answers(reader):
    article = make_article()
    parent = make_comment(article, author_name="Sana")
    page = post(reader, article, comment="", comment_parent=parent.pk)
    html = page.content.decode()
    assert "Leave a reply to <bdi>Sana</bdi>" in html
    assert f'value="{parent.pk}"' in field(page, "comment_parent")


def test_an_answer_to_a_comment_that_is_gone_can_become_a_comment_on_the_article(reader):
    article = make_article()
    gone = make_comment(article, state=CommentState.BIN)
    page = post(reader, article, comment_parent=gone.pk)
    assert page.status_code == 403
    assert 'name="comment_parent"' not in page.content.decode()
    assert post(reader, article).status_code == 303


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": Status.DRAFT}, 404),
        ({"status": Status.IN_REVIEW}, 404),
        ({"status": Status.SCHEDULED, "published": NOON + timedelta(days=1)}, 404),
        ({"embargo_until": NOON + timedelta(days=1)}, 404),
        ({"status": Status.WITHDRAWN}, 410),
    ],
)
def test_what_is_not_public_takes_no_comment_and_tells_nothing(reader, fields, status):
    article = make_article("A secret plan", **fields)
    for response in (post(reader, article), reader.get(f"{article.path}comments/")):
        assert response.status_code == status
        assert "Leave a reply" not in response.content.decode()
        assert ("A secret plan" in response.content.decode()) == (status == 410)
    assert not Comment.objects.exists()


def test_a_withdrawn_article_says_why_it_takes_no_comment(reader):
    article = make_article(status=Status.WITHDRAWN)
    Correction.objects.create(
        article=article, kind=CorrectionKind.WITHDRAWAL, text="It confused two people."
    )

    assert "It confused two people." in post(reader, article).content.decode()


def test_an_unknown_article_is_not_found(reader):
    assert reader.post("/2026/01/01/nothing/comments/").status_code == 404


def test_a_form_posted_to_an_articles_old_address_is_sent_on_as_it_is(reader):
    article = make_article()
    Address.objects.create(path="/2025/01/01/old/", article=article)
    response = post(reader, article, path="/2025/01/01/old/")
    assert response.status_code == 308
    assert response["Location"] == f"{article.path}comments/"


def test_the_old_address_of_a_draft_tells_nothing(reader):
    article = make_article(status=Status.DRAFT)
    Address.objects.create(path="/2025/01/01/old/", article=article)
    assert reader.get("/2025/01/01/old/comments/").status_code == 404


def test_the_post_address_leads_a_visitor_to_the_comments(reader):
    article = make_article()
    response = reader.get(f"{article.path}comments/")
    assert (response.status_code, response["Location"]) == (302, f"{article.path}#comments")


def test_other_methods_are_not_allowed(reader):
    assert reader.put(f"{make_article().path}comments/").status_code == 405


@pytest.fixture
def moderator(reader):
    user = make_user("sana")
    user.user_permissions.add(Permission.objects.get(codename="change_comment"))
    reader.force_login(user)
    return user


def test_a_moderator_who_is_signed_in_is_published_at_once(reader, moderator):
    post(reader, make_article())
    comment = Comment.objects.get()
    assert (comment.state, comment.user) == (CommentState.APPROVED, moderator)


@pytest.mark.parametrize(("site", "trusted"), [("same-origin", True), ("cross-site", False)])
def test_another_site_cannot_post_in_a_moderators_name(reader, moderator, site, trusted):
    post(reader, make_article(), headers={"Sec-Fetch-Site": site})
    assert (Comment.objects.get().user is not None) == trusted


def test_a_hundred_kilobytes_are_refused_and_kept(reader):
    page = post(reader, make_article(), comment="Well. " * 17_000)
    assert page.status_code == 400
    assert "at most 65,525 bytes" in error_of(page, "comment")


def test_what_is_larger_than_any_comment_is_refused_without_reading_it(reader, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
    page = post(reader, make_article(), comment="Well. " * 100_000)
    assert page.status_code == 413
    assert "larger than anything that can be posted here" in page.content.decode()


@pytest.mark.parametrize("length", ["x", "-1", "", "9" * 5_000])
def test_a_length_that_is_none_breaks_nothing(reader, length):
    path = f"{make_article().path}comments/"
    response = reader.post(path, {"comment": "Well said."}, CONTENT_LENGTH=length)
    assert response.status_code in (400, 413)


def test_a_file_that_comes_with_a_comment_is_not_kept_anywhere(reader, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    article = make_article()
    large, small = SimpleUploadedFile("a", b"x" * 200_000), SimpleUploadedFile("a", b"x" * 2_000)
    assert post(reader, article, comment=large).status_code == 413
    page = post(reader, article, comment=small)
    assert (page.status_code, error_of(page, "comment")) == (400, "Please write a comment.")
    assert list(tmp_path.iterdir()) == []


def test_a_preview_shows_the_comment_and_keeps_what_was_typed_and_stores_nothing(reader, clock):
    article = make_article("Snow in Quetta")
    parent = make_comment(article, author_name="Sana")
    page = post(
        reader,
        article,
        comment="*Well* <b>said</b>",
        url="z.example",
        comment_parent=parent.pk,
        wants_replies="on",
        preview="yes",
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "<h1>Preview of your comment</h1>" in html
    assert "<p><em>Well</em> &lt;b&gt;said&lt;/b&gt;</p>" in html
    assert '<a href="https://z.example" rel="nofollow ugc noopener">' in html
    assert "Leave a reply to <bdi>Sana</bdi>" in html
    assert "*Well* <b>said</b>" in field(page, "comment")
    assert 'value="Zarina"' in field(page, "author")
    assert "checked" in field(page, "wants_replies")
    assert "checked" not in field(page, "wants_decision")
    assert article.comments.count() == 1

    fresh = field(page, "token").partition('value="')[2].partition('"')[0]
    clock.shift(timedelta(seconds=20))
    assert post(reader, article, token=fresh).status_code == 303


def test_a_preview_of_a_faulty_comment_tells_the_faults(reader):
    page = post(reader, make_article(), comment="", preview="yes")
    assert page.status_code == 400
    assert error_of(page, "comment") == "Please write a comment."


def test_there_is_no_preview_where_nothing_can_be_posted(reader):
    page = post(reader, make_article(comment_policy=CommentPolicy.CLOSED), preview="yes")
    assert page.status_code == 403
    assert "Well said." in field(page, "comment")


def test_a_reader_may_ask_to_be_told_by_mail(reader):
    post(reader, make_article(), wants_replies="on")
    comment = Comment.objects.get()
    assert (comment.wants_replies, comment.wants_decision) == (True, False)


@pytest.mark.parametrize(
    ("rules", "policy", "told"),
    [
        ({}, "open", "A moderator reads your first comment before it appears;"),
        ({"hold_first": 3}, "open", "A moderator reads your first 3 comments before they appear;"),
        ({"hold_first": 0}, "open", "Most comments appear at once;"),
        ({}, "premoderated", "A moderator reads every comment here before it appears."),
        ({"policy": "premoderated"}, "open", "A moderator reads every comment here"),
        ({}, "open", "You can correct what you posted for 10 minutes,"),
        ({"edit_minutes": 0}, "open", "You can withdraw what you posted later."),
    ],
)
def test_the_form_says_what_becomes_of_a_comment_under_the_rules_in_force(
    reader, rules, policy, told
):
    CommentRules.objects.create(pk=1, **rules)
    article = make_article(comment_policy=policy)
    assert told in shown(article)
    assert told in post(reader, article, comment="").content.decode()


HOSTILE = '"><script>alert(1)</script>\x00\u202e<img src=x onerror=alert(1)> &lt;'


def test_hostile_input_is_stored_harmless_and_shown_harmless(reader):
    article = make_article()
    response = post(
        reader,
        article,
        comment=HOSTILE,
        author=f"Zarina {HOSTILE}",
        headers={"User-Agent": HOSTILE},
    )
    comment = Comment.objects.get()
    assert "\x00" not in comment.author_name + comment.text + comment.user_agent
    html = shown(article, urlsplit(response["Location"]).query)
    assert f'id="comment-{comment.pk}"' in html
    assert "<script>" not in html
    assert "<img" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize(
    "name", ["comment", "author", "email", "url", "comment_parent", "token", "subject"]
)
def test_hostile_input_in_any_field_is_answered(reader, name):
    hostile: dict[str, Any] = {name: HOSTILE}
    page = post(reader, make_article(), **hostile)
    assert page.status_code in (303, 400)
    assert b"<script>alert" not in page.content


def shown(article: Article, query: str = "") -> str:
    """The discussion on the article's page, for a reader who came with this query."""
    request = RequestFactory().get(f"{article.path}?{query}")
    article = Article.objects.get(pk=article.pk)
    context = {"article": article, "discussion": discussion(article, request.GET)}
    return render_to_string("articles/comments/_discussion.html", context)


def test_the_form_says_what_is_required_and_how_browsers_fill_it_in():
    html = shown(make_article())
    assert "Leave a reply</h2>" in html
    assert html.count("<small>required</small>") == 3
    assert html.count("<small>optional</small>") == 1
    assert "*emphasis*" in html
    for wanted in ("name", "email", "url"):
        assert f'autocomplete="{wanted}"' in html
    assert "csrfmiddlewaretoken" not in html


def test_a_held_comment_is_marked_for_its_author_and_not_there_for_others():
    article = make_article()
    held = make_comment(article, state=CommentState.PENDING, text="Held words")
    own = shown(article, f"held={tokens.held_key(held.pk)}")
    assert "Held words" in own
    assert "Waiting for a moderator: only you see this" in own
    assert "Held words" not in shown(article)
    assert "Held words" not in shown(article, f"held={held.pk}")


def test_a_readers_email_and_network_address_are_in_no_page():
    article = make_article()
    comment = make_comment(article, author_email="zarina@example.org", address="192.0.2.77")
    html = shown(article, f"replytocom={comment.pk}")
    assert "zarina@" not in html
    assert "192.0.2.77" not in html


def test_answering_without_javascript_names_who_is_answered_and_can_be_cancelled():
    article = make_article()
    comment = make_comment(article, author_name="Sana <3")
    assert f'href="?replytocom={comment.pk}#respond"' in shown(article)
    html = shown(article, f"replytocom={comment.pk}")
    assert "Leave a reply to <bdi>Sana &lt;3</bdi>" in html
    assert f'name="comment_parent" value="{comment.pk}"' in html
    assert f'href="{article.path}#respond"' in html


@pytest.mark.parametrize("number", ["0", "x", "999999", "1e9", ""])
def test_answering_nothing_is_answering_the_article(number):
    html = shown(make_article(), f"replytocom={number}")
    assert "Leave a reply</h2>" in html
    assert "Cancel reply" not in html


def test_nobody_can_answer_a_held_comment():
    article = make_article()
    held = make_comment(article, state=CommentState.PENDING)
    query = f"held={tokens.held_key(held.pk)}&replytocom={held.pk}"
    assert f"replytocom={held.pk}" not in shown(article, query)
    assert "Leave a reply</h2>" in shown(article, query)


def test_a_closed_article_shows_its_comments_and_no_form():
    article = make_article(comment_policy=CommentPolicy.CLOSED)
    comment = make_comment(article)
    html = shown(article)
    assert f'id="comment-{comment.pk}"' in html
    assert "Comments are closed." in html
    assert "<form" not in html
    assert "replytocom" not in html


def test_a_published_comments_links_are_marked_as_a_readers():
    article = make_article()
    make_comment(article, author_website="https://z.example")
    assert '<a href="https://z.example" rel="nofollow ugc noopener">' in shown(article)


def test_the_number_of_comments_is_in_the_heading():
    assert ">Comments</h2>" in shown(make_article())
    assert ">1 comment</h2>" in shown(make_article(comment_count=1))
    assert ">3 comments</h2>" in shown(make_article(comment_count=3))


def test_posting_costs_the_same_however_many_comments_there_are(
    reader, django_assert_max_num_queries
):
    article = make_article()
    for _ in range(30):
        make_comment(article, created_at=NOON - timedelta(days=1))
    with django_assert_max_num_queries(24):
        assert post(reader, article).status_code == 303


def test_who_has_seen_the_preview_posts_at_once(reader, clock):
    article = make_article()
    previewed = post(reader, article, preview="yes")
    token = re.search(r'value="([^"]+)"', field(previewed, "token"))
    assert token
    assert post(reader, article, token=token[1]).status_code == 303


def test_a_form_that_had_been_open_for_too_long_comes_back_with_a_new_token(reader):
    article = make_article()
    with time_machine.travel(NOON - timedelta(days=2), tick=False):
        old = tokens.issue(article.pk)
    refused = post(reader, article, token=old)
    assert refused.status_code == 400
    assert old not in field(refused, "token")


def test_what_a_rule_bins_is_received_and_said_to_be_and_is_not_taken_twice(reader, clock):
    WordList.objects.create(kind=WordListKind.DISALLOWED, words="swindle")
    article = make_article()

    answer = post(reader, article, comment="A swindle.")
    page = reader.get(answer["Location"].partition("#")[0]).content.decode()
    clock.shift(timedelta(minutes=1))
    again = post(reader, article, comment="A swindle.")

    assert Comment.objects.get().state == CommentState.BIN
    assert "Your comment was received." in page
    assert "A swindle." not in page
    assert again.status_code == 409


def test_a_closed_article_shows_what_was_typed_and_no_button(reader):
    article = make_article(comment_policy=CommentPolicy.CLOSED)
    page = post(reader, article)
    assert page.status_code == 403
    assert "Well said." in field(page, "comment")
    assert "Post comment" not in page.content.decode()
    assert "A moderator reads" not in page.content.decode()


@pytest.mark.parametrize("nothing", ["\u3164", "\u2061 \u3164", "\U000e0041", "\u200d\u2060"])
def test_what_nobody_can_see_is_neither_a_comment_nor_a_name(reader, nothing):
    article = make_article()
    assert error_of(post(reader, article, comment=nothing), "comment")
    assert error_of(post(reader, article, author=nothing), "author")
    assert not Comment.objects.exists()


def page_token(reader: Client, article: Article) -> str:
    """The token of the form on the article's page."""
    return field(reader.get(article.path or ""), "token").partition('value="')[2].partition('"')[0]


def test_a_page_has_the_same_form_at_every_hour_and_the_form_can_be_posted(reader, clock):
    article = make_article()
    token = page_token(reader, article)
    clock.shift(timedelta(days=90))

    assert page_token(reader, article) == token
    assert post(reader, article, token=token).status_code == 303
    assert post(reader, make_article(), token=token).status_code == 400


@pytest.mark.parametrize("is_known", [True, False])
def test_who_sends_a_page_s_own_token_must_have_been_approved_before(reader, is_known):
    CommentRules.objects.create(pk=1, hold_first=0, seconds_between=0)
    article = make_article()
    if is_known:
        make_comment(make_article(), author_name="Zarina", author_email="zarina@example.org")

    post(reader, article, token=page_token(reader, article))
    post(reader, article, comment="With scripts.")

    undated, dated = article.comments.order_by("pk")
    assert dated.state == CommentState.APPROVED
    assert undated.state == (CommentState.APPROVED if is_known else CommentState.PENDING)


def test_a_form_that_is_shown_again_is_dated_from_then_on(reader, clock):
    article = make_article()
    shown = post(reader, article, token=page_token(reader, article), email="")
    token = field(shown, "token").partition('value="')[2].partition('"')[0]

    assert tokens.fault(token, article.pk) == tokens.TokenFault.EARLY
    clock.shift(timedelta(seconds=2))
    assert tokens.fault(token, article.pk) is None


def test_who_begins_to_write_is_given_a_dated_token_that_nothing_keeps(reader, clock):
    article = make_article()
    given = reader.get(f"{article.path}comments/token/")
    clock.shift(timedelta(seconds=2))

    assert tokens.fault(given.content.decode(), article.pk) is None
    assert "no-store" in given["Cache-Control"]


@pytest.mark.parametrize(
    "article",
    [{"status": Status.DRAFT, "published": None}, {"comment_policy": CommentPolicy.CLOSED}],
)
def test_where_nobody_can_comment_no_token_is_given(reader, article):
    found = make_article("Snow", **{"published": NOON} | article)
    assert reader.get(f"{found.path or '/2026/03/01/snow/'}comments/token/").status_code == 404
