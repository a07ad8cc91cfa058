"""Whatever stands in the archive's texts, it is text: it changes no page's structure, runs nowhere
and breaks no feed or answer."""

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode
from lxml import html
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from articles import editing
from articles.comments.text.cleaning import clean_name, clean_text
from articles.comments.text.rendering import render
from articles.models import Article, CommentState
from articles.text.body import clean
from tests import browser as chromium
from tests import factories

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></textarea></style><svg onload=alert(1)>",
    "\"><img src=x onerror='alert(1)'>",
    "' onmouseover='alert(1)' x='",
    "javascript:alert(1)",
    "<!-- <![CDATA[ ]]> -->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7|add:7 }}{% debug %}{# #}",
    "%s %(name)s {0} {name}",
    "\u202ereversed\u2066\u200b\ufeff",
    "\u2028line\u2029separators\u0085end",
    "controls \x01\x08\x0b\x1f\x7f\ufffe\uffff",
    "Z\u0301\u0302\u0303\u0304a\u0300\u0301l\u0302g\u0303o",
    "\U0001f469\u200d\U0001f680 \U0010fffd",
]

ALLOWED = {
    "p", "h2", "h3", "li", "blockquote", "pre", "figcaption", "td", "th", "dt", "dd", "ul", "ol",
    "dl", "hr", "figure", "img", "table", "caption", "thead", "tbody", "tr", "a", "strong", "em",
    "b", "i", "u", "s", "sub", "sup", "small", "q", "cite", "abbr", "code", "mark", "time", "br",
    "span", "ins", "del", "bdi", "aside",
}  # fmt: skip
WITH_ADDRESS = {"href", "src", "cite", "action", "formaction", "poster", "background"}


class Structure(HTMLParser):
    """The elements of a page in their order, with the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.structured_data: list[Any] = []
        self.is_data = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.is_data = ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self.is_data:
            self.structured_data.append(json.loads(data))
            self.is_data = False


def publish(words: str) -> Article:
    """An article with ``words`` in every text that readers see, and all that belongs to it."""
    words = words[:120]
    place = factories.make_place(
        words, slug="place", latitude=30, longitude=67, description=words, names=[words]
    )
    person = factories.make_person(words, slug="person", title=words, description=words)
    organisation = factories.make_organisation(words, slug="organisation", description=words)
    article = factories.make_article(
        words,
        slug="slug",
        paragraphs=["First.", words],
        summary=words,
        section=factories.make_section(words[:90], slug="section", description=words),
        authors=[factories.make_author(words, slug="author", biography=words)],
        tags=[factories.make_tag(words[:90], slug="tag", description=words)],
        lead_image=factories.make_image(alt_text=words, caption=words, credit=words, rights=words),
        dateline_place=place,
        dateline_text=words,
        source=words,
        published=timezone.now(),
        comment_count=1,
    )
    for entity in (place, person, organisation):
        factories.make_mention(article, entity, title=words, paragraph="p2", start=0)
    article.corrections.create(text=words)
    factories.make_comment(article, author_name=clean_name(words) or "A", text=words)
    editing.record([article], actor="test", reason=words)
    article.summary = f"{words} again"
    article.save()
    editing.record([article], actor="test", reason=words)
    return article


def pages(article: Article) -> list[str]:
    path = article.path or ""
    return [
        "/",
        path,
        f"{path}history/",
        f"{path}history/1/",
        path[: len("/2026/02/01/")],
        "/corrections/",
        "/sections/section/",
        "/tags/",
        "/tags/tag/",
        "/places/",
        "/places/place/",
        "/people/",
        "/people/person/",
        "/organisations/organisation/",
        "/authors/author/",
        "/search/",
        "/search/?tag=tag&person=person",
    ]


def feeds(article: Article) -> list[str]:
    path = article.path or ""
    return [
        "/feed/",
        f"{path}feed/",
        "/corrections/feed/",
        "/tags/tag/feed/",
        "/people/person/feed/",
        "/search/feed/?author=author",
        "/sitemap.xml",
        f"/sitemaps/{path[1:5]}-{path[6:8]}-1.xml",
        "/news-sitemap.xml",
    ]


def structures(client: Client, words: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """What each page is made of when all texts are ``words``; leaves nothing behind."""
    found = {}
    with transaction.atomic():
        article = publish(words)
        for address in pages(article):
            answer = client.get(address)
            assert answer.status_code == 200, (address, words)
            structure = Structure(answer.content.decode())
            found[address] = structure.elements
            if address == article.path:
                assert structure.structured_data[0]["headline"] == article.headline
        for address in feeds(article):
            ElementTree.fromstring(client.get(address).content)
        for address in ("articles/?include=body,comments,revisions", "people/", "places/place/"):
            assert client.get(f"/api/v1/{address}").json()
        transaction.set_rollback(True)
    return found


def problems_of(fragment: str) -> list[str]:
    """What an HTML fragment holds that no body may hold."""
    found = []
    for element in html.fragment_fromstring(fragment, create_parent="main").iterdescendants():
        if element.tag not in ALLOWED:
            found.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            # As browsers read it: https://url.spec.whatwg.org/#url-parsing
            address = re.sub(r"[\t\n\r]", "", value).lstrip("".join(map(chr, range(33))))
            scheme = re.match(r"([a-z0-9+.-]*):", address, re.IGNORECASE)
            if name in WITH_ADDRESS and scheme:
                if scheme[1].lower() not in {"http", "https", "mailto", "tel"}:
                    found.append(f"{name}={value}")
            elif name.startswith("on") or name in {"style", "srcdoc", "id", "name", "class"}:
                found.append(f"{name}={value}")
    return found


def xss_payloads(data_dir: Path) -> list[str]:
    """Every twentieth of the list, and all of those that sanitisers have been caught with."""
    lines = (data_dir / "hostile" / "xss-payload-list.txt").read_text().splitlines()
    module = (data_dir / "hostile" / "dompurify-expect.mjs").read_text()
    caught = re.findall(r'"payload"\s*:\s*("(?:[^"\\]|\\.)*")', module)
    return [*lines[::20], *(json.loads(text) for text in caught)]


@pytest.mark.slow
@pytest.mark.django_db
def test_texts_change_no_page_s_structure_and_break_no_feed(client):
    plain = structures(client, "plain words")

    for words in PAYLOADS:
        assert structures(client, words) == plain, words


@pytest.mark.django_db
@pytest.mark.parametrize("words", PAYLOADS)
@pytest.mark.parametrize("parameter", ["q", "place", "from", "order", "page", "nonsense"])
def test_what_is_asked_for_is_shown_as_text(client, words, parameter):
    address = f"/search/?{urlencode({parameter: words})}"

    page = Structure(client.get(address).content.decode())

    expected = Structure(client.get(f"/search/?{urlencode({parameter: 'plain'})}").content.decode())
    assert page.elements == expected.elements
    api = client.get(f"/api/v1/articles/?{urlencode({parameter: words})}")
    assert api.json()


@pytest.mark.parametrize("words", PAYLOADS)
def test_a_body_keeps_only_what_articles_are_made_of(words):
    for markup in (words, f"<p>{words}</p>", f'<a href="{words}" title="{words}">{words}</a>'):
        assert problems_of(clean(markup)) == []


COMMENT_TAGS = {"p", "br", "blockquote", "ul", "ol", "li", "em", "strong", "code", "a", "span"}


def test_no_known_payload_survives_in_a_body_or_a_comment(data_dir):
    for words in xss_payloads(data_dir):
        assert problems_of(clean(words)) == [], words
        comment = render(words)
        assert set(re.findall(r"<(\w+)", comment)) <= COMMENT_TAGS, words
        assert problems_of(comment) == [], words


def test_naughty_strings_come_back_as_they_were_typed(data_dir):
    """But for the stars and backticks that are marks of emphasis."""
    for words in json.loads((data_dir / "hostile" / "blns.json").read_text()):
        shown = html.fragment_fromstring(render(words) or "<p></p>", create_parent="main")
        if words.isprintable() and "\n" not in words:
            text = str(shown.text_content())
            assert re.sub("[*`>]", "", text) == re.sub("[*`>]", "", clean_text(words)), words


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_runs_in_a_browser(
    request: pytest.FixtureRequest, window: BrowserContext, live_server: LiveServer, client: Client
) -> None:
    payloads = list(PAYLOADS)
    if os.environ.get("NEWSROOM_TEST_DATA"):
        payloads += xss_payloads(request.getfixturevalue("data_dir"))
    article = publish("".join(PAYLOADS))
    article.body = "".join(f"<p>{words}</p>" for words in payloads)
    editing.save(article, by=None)
    for words in payloads[-190:]:
        comment = factories.make_comment(article, author_name=clean_name(words)[:200], text=words)
        comment.html = render(words)
        comment.save()
        factories.make_comment(article, author_name="A", text=words, state=CommentState.PENDING)
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    session = client.cookies["sessionid"].value
    window.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = window.new_page()
    problems = chromium.watch(page, live_server.url)
    page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))

    for address in (
        *pages(article),
        f"/search/?{urlencode({'q': payloads[1]})}",
        f"/search/?{urlencode({'from': payloads[1]})}",
        "/admin/articles/comment/",
        "/admin/articles/article/",
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{article.pk}/history/",
        f"/admin/articles/article/{article.pk}/withdraw/",
        "/admin/articles/person/",
        "/admin/articles/image/",
    ):
        page.goto(f"{live_server.url}{address}")

    # Pictures of other sites, which a body may name, are refused by the policy: that is no script.
    assert [problem for problem in problems if "Loading the image" not in problem] == []
