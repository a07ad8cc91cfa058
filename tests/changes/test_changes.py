"""Who keeps a copy learns of every change before readers, once and in order."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import changes, editing, vocabulary
from articles.models import Article, Change
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor")


def draft(headline: str = "Rain in Quetta") -> Article:
    article = Article(headline=headline, body="<p>It rained.</p>")
    editing.save(article, by=None)
    return article


def told(position: int = 0) -> list[tuple[str, int]]:
    changes.settle()
    return [
        (change.kind, change.article_id)
        for change in changes.after(position, changes.last_position(), 100).changes
    ]


def test_a_draft_is_nobody_elses_business() -> None:
    draft()
    assert told() == []


def test_what_becomes_of_an_article_is_told_in_order(editor: User) -> None:
    article = draft()
    editing.publish(article, by=editor)
    article.body = "<p>It rained a lot.</p>"
    editing.save(article, by=editor)
    editing.correct(article, text="A lot.", wrong="A little.", by=editor)
    article.slug = "rain"
    editing.save(article, by=editor)
    editing.withdraw(article, notice="It did not rain.", by=editor)
    kinds = ["published", "updated", "corrected", "moved", "withdrawn"]
    assert told() == [(kind, article.pk) for kind in kinds]
    moved = Change.objects.get(kind="moved")
    assert moved.path.endswith("/rain/")
    assert moved.former_path.endswith("/rain-in-quetta/")


def test_nothing_is_told_twice(editor: User) -> None:
    editing.publish(draft(), by=editor)
    changes.settle()
    (seen,) = changes.after(0, 1, 100).changes
    assert seen.position
    assert told(seen.position) == []
    second = draft("Snow")
    editing.publish(second, by=editor)
    assert told(seen.position) == [("published", second.pk)]


def test_what_the_clock_makes_public_is_told_when_its_time_has_come(editor: User) -> None:
    article = draft()
    due = timezone.now() + timedelta(hours=1)
    editing.publish(article, by=editor, at=due)
    assert told() == []
    with time_machine.travel(due + timedelta(seconds=1)):
        assert told() == [("published", article.pk)]
        assert told(changes.last_position()) == []


def test_a_time_that_is_put_off_counts_and_not_the_first(editor: User) -> None:
    article = draft()
    due = timezone.now() + timedelta(hours=1)
    editing.publish(article, by=editor, at=due)
    editing.publish(article, by=editor, at=due + timedelta(hours=1))
    with time_machine.travel(due + timedelta(seconds=1)):
        assert told() == []
    with time_machine.travel(due + timedelta(hours=2)):
        assert told() == [("published", article.pk)]


def test_what_is_taken_back_before_its_time_is_never_told(editor: User) -> None:
    article = draft()
    due = timezone.now() + timedelta(hours=1)
    editing.publish(article, by=editor, at=due)
    editing.withdraw(article, notice="Not now.", by=editor)
    with time_machine.travel(due + timedelta(hours=1)):
        assert told() == []


def test_what_is_embargoed_again_goes_and_comes_back(editor: User) -> None:
    article = draft()
    editing.publish(article, by=editor)
    article.embargo_until = timezone.now() + timedelta(hours=1)
    editing.save(article, by=editor)
    assert told() == [("published", article.pk), ("removed", article.pk)]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert told()[2:] == [("published", article.pk)]


def test_what_is_taken_out_of_search_is_removed_from_copies(editor: User) -> None:
    article = draft()
    editing.publish(article, by=editor)
    editing.deindex(article, by=editor)
    editing.reindex(article, by=editor)
    kinds = [kind for kind, _ in told()]
    assert kinds == ["published", "removed", "published"]


def test_a_new_name_of_a_place_changes_the_articles_that_show_it(editor: User) -> None:
    quetta = factories.make_place("Quetta")
    article = draft("Rain in Quetta")
    editing.publish(article, by=editor)
    before = told()
    quetta.name = "Kwatah"
    quetta.save()
    vocabulary.follow_rename(quetta)
    assert told() == [*before, ("updated", article.pk)]


def test_other_words_below_a_picture_change_the_articles_it_stands_above(editor: User) -> None:
    article = draft()
    article.lead_image = factories.make_image()
    editing.publish(article, by=editor)
    vocabulary.follow_image(article.lead_image)
    assert told() == [("published", article.pk), ("updated", article.pk)]


def test_a_change_that_came_late_stands_after_what_was_read(editor: User) -> None:
    """Whoever wrote first may be done last; nobody who has read on misses it."""
    first, second = draft("First"), draft("Second")
    editing.publish(first, by=editor)
    editing.publish(second, by=editor)
    late = Change.objects.get(article=first)
    Change.objects.filter(pk=late.pk).delete()  # as if its transaction were still open
    changes.settle()
    (read,) = changes.after(0, 1, 10).changes
    late.save(force_insert=True)
    assert read.position
    assert told(read.position) == [("published", first.pk)]


def test_changes_since_a_moment_are_those_that_could_be_read_since(editor: User) -> None:
    editing.publish(draft("Old"), by=editor)
    changes.settle()
    moment = timezone.now()
    with time_machine.travel(moment + timedelta(minutes=1)):
        assert changes.position_at(timezone.now()) == changes.last_position()
        article = draft("New")
        editing.publish(article, by=editor)
        assert told(changes.position_at(moment)) == [("published", article.pk)]


def test_settling_when_there_is_nothing_new_is_one_look(
    editor: User, django_assert_num_queries: object
) -> None:
    editing.publish(draft(), by=editor)
    changes.settle()
    with CaptureQueriesContext(connection) as queries:
        assert changes.settle() == 0
    assert len(queries) == 1


def test_many_are_settled_a_batch_at_a_time(editor: User) -> None:
    for number in range(3):
        editing.publish(draft(f"Number {number}"), by=editor)
    assert [changes.settle(2), changes.settle(2), changes.settle(2)] == [2, 1, 0]
    assert [change.position for change in changes.after(0, 3, 10).changes] == [1, 2, 3]


def test_one_can_read_back(editor: User) -> None:
    for number in range(3):
        editing.publish(draft(f"Number {number}"), by=editor)
    changes.settle()
    assert [change.position for change in changes.before(2, 0, 10).changes] == [1, 2]
