"""What an archive has of comments is filled into the columns that came later."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from articles.comments import counts
from articles.models import Comment, CommentCount, CommentState
from tests.factories import make_article, make_comment, make_user

migration = import_module("articles.migrations.0006_discussion_filled_in")


class Editor:
    connection = connection


@pytest.mark.django_db
def test_threads_counts_and_badges_of_comments_that_were_there_before() -> None:
    articles = [make_article(), make_article()]
    first = make_comment(articles[0], user=make_user())
    answer = make_comment(articles[0], parent=first)
    make_comment(articles[0], parent=answer, state=CommentState.SPAM)
    make_comment(articles[1], state=CommentState.BIN)
    # An early version deleted a comment and left the paths of its answers as they were.
    lost = make_comment(articles[1])
    orphan = make_comment(articles[1], parent=make_comment(articles[1], parent=lost))
    Comment.objects.filter(pk=lost.pk).delete()
    Comment.objects.update(root=None, thread_size=0, badge="")
    CommentCount.objects.all().delete()

    migration.fill_in_threads(apps, Editor)
    migration.fill_in_badges(apps, Editor)
    migration.fill_in_counts(apps, Editor)
    counted = [one for one in counts.miscounts([a.pk for a in articles]) if "lines" not in one.what]

    assert counted == []
    first.refresh_from_db()
    orphan.refresh_from_db()
    assert (first.thread_size, first.badge) == (2, "staff")
    assert orphan.depth == 1
    assert orphan.root_id == orphan.parent_id
