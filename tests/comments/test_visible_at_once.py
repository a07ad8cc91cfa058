"""A decision shows at once, wherever readers and programs look."""

import pytest
from django.test import Client

from articles import editing
from articles.comments import moderation
from articles.models import Article, CommentState
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

WORDS = "The bridge was shut on Tuesday."


def seen(client: Client, article: Article) -> dict[str, bool]:
    """Where the comment is."""
    pages = {
        "page": str(article.path),
        "feed": f"{article.path}feed/",
        "list of all": "/api/v1/comments/",
        "list of the article": f"/api/v1/articles/{article.pk}/comments/",
        "article with comments": f"/api/v1/articles/{article.pk}/?include=comments",
    }
    answers = {name: client.get(address).content.decode() for name, address in pages.items()}
    found = {name: WORDS in answer for name, answer in answers.items()}
    detail = client.get(f"/api/v1/articles/{article.pk}/").json()
    found["count on the page"] = "1 comment" in answers["page"]
    found["count in the API"] = detail["comments"]["count"] == 1
    found["front page"] = "1 comment, the last by" in client.get("/").content.decode()
    return found


def test_approving_and_binning_show_everywhere_at_once(client: Client) -> None:
    article = make_article()
    editing.record([article], actor="test")
    comment = make_comment(article, text=WORDS, state=CommentState.PENDING)
    assert not any(seen(client, article).values())

    moderation.decide([comment], CommentState.APPROVED, by=None)
    assert all(seen(client, article).values()), seen(client, article)

    moderation.decide([comment], CommentState.BIN, by=None)
    assert not any(seen(client, article).values())


def test_what_was_seen_before_is_not_answered_from_a_cache(client: Client) -> None:
    article = make_article()
    comment = make_comment(article, text=WORDS, state=CommentState.PENDING)
    address = f"/api/v1/articles/{article.pk}/comments/"
    before = client.get(address)
    unchanged = client.get(address, headers={"If-None-Match": before["ETag"]})

    moderation.decide([comment], CommentState.APPROVED, by=None)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})

    assert unchanged.status_code == 304
    assert after.status_code == 200
    assert WORDS in after.content.decode()
