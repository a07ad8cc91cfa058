"""What the newsroom does with comments besides deciding about them."""

import pytest
from pytest_django import Settings

from articles.comments import staff
from articles.models import Article, AuditEntry, Badge, Comment, CommentState
from tests.factories import make_article, make_author, make_comment, make_staff

pytestmark = pytest.mark.django_db


def test_an_answer_of_the_newsroom_stands_at_once_below_what_it_answers_with_a_badge() -> None:
    article = make_article(comment_policy="closed")
    comment = make_comment(article)
    sana = make_staff("Moderator", "sana", first_name="Sana", last_name="Baloch")

    answer = staff.answer(comment, "Thank you. <b>", by=sana)

    answer.refresh_from_db()
    assert (answer.state, answer.badge) == (CommentState.APPROVED, Badge.STAFF)
    assert answer.author_name == "Sana Baloch"
    assert answer.html == "<p>Thank you. &lt;b&gt;</p>"
    assert answer.path.startswith(comment.path)
    assert Article.objects.get().comment_count == 2
    assert answer.decided_by == sana


def test_readers_never_learn_a_login(settings: Settings) -> None:
    comment, sana = make_comment(make_article()), make_staff("Moderator", "sana_login")
    assert staff.answer(comment, "Thank you.", by=sana).author_name == settings.SITE_NAME

    make_author("Sana of the Desk", user=sana)
    assert staff.answer(comment, "Thank you!", by=sana).author_name == "Sana of the Desk"


def test_who_wrote_the_article_answers_as_its_author() -> None:
    sana = make_staff("Editor", "sana")
    article = make_article(authors=[make_author("Sana", user=sana)])

    assert staff.answer(make_comment(article), "Thank you.", by=sana).badge == Badge.AUTHOR


def test_an_edited_comment_says_so_and_the_audit_log_has_what_it_said() -> None:
    comment = make_comment(make_article(), text="A rude word.")
    sana = make_staff("Moderator", "sana")

    assert staff.edit(comment, "[cut]", by=sana)
    assert not staff.edit(comment, "[cut]", by=sana)
    assert not staff.edit(comment, " \u202e ", by=sana)

    comment.refresh_from_db()
    assert (comment.text, comment.html, comment.edited_by) == ("[cut]", "<p>[cut]</p>", sana)
    assert comment.edited_at is not None
    assert AuditEntry.objects.get(action="edit").detail == "It said: A rude word."


def test_only_approved_comments_are_featured() -> None:
    sana = make_staff("Moderator", "sana")
    article = make_article()
    shown, held = make_comment(article), make_comment(article, state="pending")

    assert staff.feature(shown, by=sana)
    assert not staff.feature(held, by=sana)
    assert list(Comment.objects.filter(featured_at__isnull=False)) == [shown]
    assert not staff.feature(shown, by=sana)
    assert not Comment.objects.filter(featured_at__isnull=False).exists()
