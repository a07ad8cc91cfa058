"""Two hundred readers post at the same moment to the site as it is served, on the real database."""

import os
from collections import Counter
from datetime import timedelta
from http.client import HTTPConnection
from itertools import count
from threading import Barrier, Thread
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from articles.comments import tokens
from articles.models import Article, Comment, CommentCount, CommentPolicy, CommentState
from benchmarks.processes import environment, served
from tests.factories import make_article, make_comment

READERS = 200


class Post(NamedTuple):
    """A reader presses the button; ``address`` is the reader's, as a proxy says it."""

    article: Article
    name: str
    text: str
    address: str


class Answer(NamedTuple):
    status: int
    page: str
    """Where to, or what is said."""


def send(site: str, post: Post, token: str) -> Answer:
    fields = {
        "comment": post.text,
        "author": post.name,
        "email": f"{post.name}@example.org",
        "token": token,
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": post.address,
    }
    server = HTTPConnection(urlsplit(site).netloc, timeout=60)
    server.request("POST", f"{post.article.path}comments/", urlencode(fields), headers)
    answer = server.getresponse()
    page = answer.read().decode()
    server.close()
    return Answer(answer.status, answer.headers.get("Location") or page)


def send_at_once(site: str, posts: list[Post]) -> list[Answer]:
    """The answers to all of them, none sent before all are ready."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        issued = {post.article.pk: tokens.issue(str(post.article.pk)) for post in posts}
    answers: list[Answer] = []
    together = Barrier(len(posts))

    def press(post: Post) -> None:
        together.wait()
        answers.append(send(site, post, issued[post.article.pk]))

    readers = [Thread(target=press, args=(post,)) for post in posts]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return answers


def address_of_database() -> str:
    """The tests' database as DATABASE_URL takes it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_readers_at_the_same_moment_are_all_served_or_refused_with_a_reason():
    articles = [make_article() for _ in range(3)]
    closed = make_article(comment_policy=CommentPolicy.CLOSED)
    yesterday = timezone.now() - timedelta(days=1)
    for number in range(40):
        make_comment(
            articles[0],
            created_at=yesterday,
            author_name=f"known{number}",
            author_email=f"known{number}@example.org",
        )
    # Each in a network of its own: 100 new readers, 40 known ones, 20 who press the button twice,
    # and 20 on an article that is closed.
    addresses = (f"10.{number // 250}.{number % 250}.1" for number in count())

    def post(article: Article, name: str) -> Post:
        return Post(article, name, f"It is {name} who says so.", next(addresses))

    posts = [
        *(post(articles[number % 3], f"new{number}") for number in range(100)),
        *(post(articles[number % 3], f"known{number}") for number in range(40)),
        *(post(articles[0], f"twice{number // 2}") for number in range(40)),
        *(post(closed, f"late{number}") for number in range(20)),
    ]
    assert len(posts) == READERS
    env = environment(
        settings.DATA_DIR,
        DATABASE_URL=address_of_database(),
        TRUSTED_PROXIES="127.0.0.1",
        DEBUG="1",
    )

    with served(env) as site:
        answers = send_at_once(site, posts)

    assert Counter(answer.status for answer in answers) == {303: 160, 409: 20, 403: 20}
    refused = [answer.page for answer in answers if answer.status != 303]
    assert all("received" in page or "closed" in page for page in refused)
    stored = Comment.objects.filter(address__isnull=False)
    places = {answer.page.partition("#comment-")[2] for answer in answers if answer.status == 303}
    assert places == {str(pk) for pk in stored.values_list("pk", flat=True)}
    assert Counter(stored.values_list("state", flat=True)) == {"approved": 40, "pending": 120}
    for article in articles:
        states = Counter(article.comments.values_list("state", flat=True))
        counted = CommentCount.objects.filter(article=article).values_list("state", "number")
        assert dict(counted) == states
        assert Article.objects.get(pk=article.pk).comment_count == states[CommentState.APPROVED]
