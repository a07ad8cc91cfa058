"""What readers and programs find where an article was withdrawn."""

import pytest
from django.test import Client

from articles import editing
from articles.models import Article
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

NOTICE = "The report rested on a forged letter."


@pytest.fixture
def withdrawn() -> Article:
    article = make_article("A letter comes to light", paragraphs=["It says all."])
    make_comment(article, text="I doubt it.")
    editing.record([article], actor="import")
    editing.withdraw(article, by=None, notice=NOTICE)
    return article


@pytest.mark.parametrize(
    "below", ["", "history/", "history/1/", "history/?from=1&to=2", "feed/", "comments/"]
)
def test_every_address_of_its_own_answers_with_the_notice(
    client: Client, withdrawn: Article, below: str
) -> None:
    answer = client.get(f"{withdrawn.path}{below}")

    assert answer.status_code == 410
    page = answer.content.decode()
    assert NOTICE in page
    assert "It says all." not in page
    assert "I doubt it." not in page


def test_nobody_comments_on_it(client: Client, withdrawn: Article) -> None:
    answer = client.post(f"{withdrawn.path}comments/", {"author": "A", "comment": "So?"})

    assert answer.status_code == 410


@pytest.mark.parametrize("below", ["", "comments/", "revisions/"])
def test_the_api_answers_with_the_notice(client: Client, withdrawn: Article, below: str) -> None:
    answer = client.get(f"/api/v1/articles/{withdrawn.pk}/{below}")

    assert (answer.status_code, answer.json()) == (410, {"detail": NOTICE})


def test_the_notice_stands_among_the_corrections_and_in_their_feed(
    client: Client, withdrawn: Article
) -> None:
    for address in ("/corrections/", "/corrections/feed/"):
        page = client.get(address).content.decode()
        assert NOTICE in page
        assert "Withdrawal" in page
        assert withdrawn.headline in page


def test_once_it_is_published_again_the_notice_is_a_note_on_it(
    client: Client, withdrawn: Article
) -> None:
    editing.publish(withdrawn, by=None)

    answer = client.get(withdrawn.get_absolute_url())

    assert answer.status_code == 200
    assert NOTICE in answer.content.decode()
    assert "It says all." in answer.content.decode()
