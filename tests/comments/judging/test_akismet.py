"""Akismet is asked over HTTP, here a server that answers as its documentation says."""

import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from articles.comments.drafts import Draft
from articles.comments.judging import standings
from articles.comments.submission import submit
from articles.models import Comment, CommentState, StandingKind, WordList, WordListKind
from tests.factories import make_article, make_comment, make_staff

pytestmark = pytest.mark.django_db

ZARINA = "zarina@example.org"


class Akismet:
    """What it will answer, and what it was asked."""

    def __init__(self) -> None:
        self.answer: tuple[int, str, dict[str, str]] = (200, "false", {})
        self.asked: list[tuple[str, dict[str, str]]] = []


@pytest.fixture
def akismet(settings) -> Iterator[Akismet]:
    service = Akismet()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {name: values[0] for name, values in parse_qs(body).items()}
            service.asked.append((self.path, fields))
            status, said, headers = service.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.AKISMET_KEY = "secret"
    settings.AKISMET_URL = f"http://127.0.0.1:{server.server_port}"
    yield service
    server.shutdown()
    server.server_close()


def post(text: str = "Well said.", *, is_known: bool = True, user=None) -> Comment:
    article = make_article()
    if is_known:
        make_comment(article, created_at=article.published_at, author_name="Zarina",
                     author_email=ZARINA)  # fmt: skip
    draft = Draft(text=text, name="Zarina", email=ZARINA, website="https://z.example")
    submit(article, draft, address="192.0.2.7", user_agent="Browser/1", user=user)
    return Comment.objects.latest("pk")


def test_it_is_told_what_a_moderator_sees(akismet):
    article = post().article
    ((path, fields),) = akismet.asked
    assert path == "/1.1/comment-check"
    assert fields == {
        "api_key": "secret",
        "blog": "http://127.0.0.1:8000",
        "user_ip": "192.0.2.7",
        "user_agent": "Browser/1",
        "permalink": f"http://127.0.0.1:8000{article.path}",
        "comment_type": "comment",
        "comment_author": "Zarina",
        "comment_author_email": "zarina@example.org",
        "comment_author_url": "https://z.example",
        "comment_content": "Well said.",
        "blog_charset": "UTF-8",
    }


@pytest.mark.parametrize(
    ("said", "headers", "state", "rule"),
    [
        ("false", {}, CommentState.APPROVED, "otherwise"),
        ("true", {}, CommentState.PENDING, "akismet"),
        ("true", {"X-akismet-pro-tip": "discard"}, CommentState.SPAM, "akismet"),
    ],
)
def test_its_verdict_holds_but_never_bins(akismet, said, headers, state, rule):
    akismet.answer = (200, said, headers)
    comment = post()
    assert (comment.state, comment.rule) == (state, rule)


@pytest.mark.parametrize(
    "answer",
    [
        (200, "invalid", {"X-akismet-debug-help": "We were unable to parse your blog URI"}),
        (200, "", {}),
        (500, "true", {}),
    ],
)
def test_without_an_answer_the_ladder_stands_and_the_log_says_why(akismet, answer, caplog):
    akismet.answer = answer
    with caplog.at_level(logging.WARNING, "articles.comments.judging.akismet"):
        assert post().rule == "otherwise"
    assert "comments go on without it" in caplog.text


def test_a_service_out_of_reach_stops_nobody(akismet, settings, caplog):
    settings.AKISMET_URL = "http://127.0.0.1:9"
    assert post().state == CommentState.APPROVED
    assert "Akismet does not answer" in caplog.text


def test_what_is_held_is_asked_about_too(akismet):
    assert post(is_known=False).rule == "first"
    assert len(akismet.asked) == 1


def test_nobody_is_asked_about_the_newsroom_the_trusted_the_banned_and_the_disallowed(akismet):
    WordList.objects.create(kind=WordListKind.DISALLOWED, words="casino")
    post("A casino.")
    post("One.", user=make_staff("Moderator"))
    standings.impose(StandingKind.TRUSTED, email=ZARINA, reason="Known.", by=None)
    post("Two.")
    standings.impose(StandingKind.BANNED, email=ZARINA, reason="No.", by=None)
    post("Three.")
    assert akismet.asked == []


def test_without_a_key_nobody_is_asked(akismet, settings):
    settings.AKISMET_KEY = ""
    assert post().rule == "otherwise"
    assert akismet.asked == []
