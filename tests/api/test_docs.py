"""The examples in docs/api.md and on the pages about the API do what they say."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.test import Client
from lxml import html
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.api import keys
from articles.models import Article, Scope
from tests import factories
from tests.api.conftest import Archive, index
from tests.browser import violations

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"
ACCEPTED = (200, 201, 202, 204)


@pytest.fixture
def shown(archive: Archive) -> Article:
    """The article of the examples, and all that they ask for."""
    tags = [factories.make_tag(name) for name in ("natural gas", "mining")]
    article = factories.make_article(
        "Floods", slug="the-slug", path="/2026/02/01/the-slug/", tags=tags
    )
    index(article)
    factories.make_comment(article)
    return article


def commands(shell: str) -> Iterator[list[str]]:
    for line in shell.replace("\\\n", " ").splitlines():
        if line.strip():
            yield shlex.split(line)


def run(client: Client, command: list[str], site: str, article: Article) -> Any:
    """What the API answers to the ``command``, which is curl's."""
    program, *words = command
    assert program == "curl"
    headers, body, method, address = {}, None, "", ""
    rest = iter(words)
    for word in rest:
        match word:
            case "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            case "-d":
                body = next(rest)
            case "-X":
                method = next(rest)
            case _:
                address = word
    if "Authorization" in headers:
        editor = factories.make_staff(username=f"editor-{id(command)}")
        made = keys.make("Examples", user=editor, scopes=list(Scope))
        headers["Authorization"] = f"Bearer {made[1]}"
    path = address.removeprefix(site)
    shown = article.comments.get() if "/comments/1/" in path else article
    path = path.replace("/1/", f"/{shown.pk}/")
    if "If-Match" in headers:
        asked = {"Authorization": headers["Authorization"]}
        headers["If-Match"] = client.get(path.split("?")[0], headers=asked)["ETag"]
    sort = headers.pop("Content-Type", "application/json")
    method = method or ("GET" if body is None else "POST")
    return client.generic(method, path, body or "", content_type=sort, headers=headers)


MANUAL_COMMANDS = list(
    commands("".join(re.findall(r"```sh\n(.*?)```", MANUAL.read_text(), re.DOTALL)))
)


@pytest.mark.django_db
@pytest.mark.parametrize("command", MANUAL_COMMANDS, ids=lambda command: command[-1])
def test_every_command_in_the_manual_works(
    client: Client, shown: Article, command: list[str]
) -> None:
    response = run(client, command, "$SITE", shown)
    assert response.status_code in ACCEPTED, response.content


@pytest.mark.django_db
def test_the_manual_has_every_parameter_of_articles(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()
    text = MANUAL.read_text()
    for parameter in schema["paths"]["/api/v1/articles/"]["get"]["parameters"]:
        assert f"`{parameter['name']}" in text, parameter["name"]


@pytest.mark.django_db
def test_every_command_and_every_link_on_the_page_works(client: Client, shown: Article) -> None:
    page: Any = html.fromstring(client.get("/api/v1/docs/").content.decode())
    found = [
        command
        for code in page.xpath("//code[@class='shell']")
        for command in commands(code.text_content())
    ]
    assert len(found) > 10
    for command in found:
        response = run(client, command, "http://testserver", shown)
        assert response.status_code in ACCEPTED, (command, response.content)
    links = page.xpath("//a[@class='try']/@href")
    assert len(links) > 20
    for link in links:
        response = client.get(link)
        assert response.status_code == 200, (link, response.content)


@pytest.mark.django_db
def test_the_reference_has_every_operation_and_every_shape_it_refers_to(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()
    page: Any = html.fromstring(client.get("/api/v1/docs/reference/").content.decode())
    ids = set(page.xpath("//@id"))
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert operation["operationId"] in ids
    for link in page.xpath("//main//a[starts-with(@href, '#')]/@href"):
        assert link.removeprefix("#") in ids


@pytest.mark.django_db
def test_every_link_of_the_reference_answers_and_those_that_name_something_find_it(
    client: Client, shown: Article
) -> None:
    page: Any = html.fromstring(client.get("/api/v1/docs/reference/").content.decode())
    links = set(page.xpath("//td/a/@href[starts-with(., '/api/v1/')]"))
    assert len(links) > 60
    for link in links:
        response = client.get(link)
        assert response.status_code == 200, (link, response.content)
        if re.search(r"[?](slug|id|q|within|near|tag|section|path)=", link):
            found = response.json()
            assert found["count"], link


@pytest.mark.django_db
def test_an_empty_archive_has_its_pages_too(client: Client) -> None:
    for path in ("", "reference/"):
        page: Any = html.fromstring(client.get(f"/api/v1/docs/{path}").content.decode())
        for link in page.xpath("//td/a/@href[starts-with(., '/api/v1/')]"):
            assert client.get(link).status_code == 200, link


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["docs/", "docs/reference/", "docs/try/"])
def test_the_pages_load_nothing_from_elsewhere(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    page: Any = html.fromstring(response.content.decode())
    assert response.status_code == 200
    assert not page.xpath("//style | //*[@style] | //script[not(@src)]")
    loaded = page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
    assert loaded
    assert all(address.startswith("/") for address in loaded)
    assert not response.cookies


@pytest.mark.django_db(transaction=True)
def test_the_python_on_the_page_runs(
    live_server: LiveServer, shown: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    with urlopen(f"{live_server.url}/api/v1/docs/") as answer:
        page: Any = html.fromstring(answer.read().decode())
    scripts = [code.text_content() for code in page.xpath("//code[@class='python']")]
    assert len(scripts) >= 2
    for script in scripts:
        exec(compile(script, "example", "exec"), {})
        assert "Floods" in capsys.readouterr().out


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_javascript_on_the_page_runs(browser_page: Page, shown: Article) -> None:
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.goto("/api/v1/docs/")
    scripts = browser_page.locator("code.javascript").all_text_contents()
    assert len(scripts) >= 2
    for script in scripts:
        said.clear()
        browser_page.evaluate(f"async () => {{ {script} }}")
        assert any("Floods" in line for line in said)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_can_try_it_out_under_the_strict_policy(browser_page: Page) -> None:
    browser_page.goto("/api/v1/docs/try/")
    articles = browser_page.locator("#operations-articles-articles_list")
    expect(articles).to_be_visible(timeout=30_000)
    articles.locator(".opblock-summary-control").click()
    with browser_page.expect_response(lambda answer: "/api/v1/articles/" in answer.url) as asked:
        articles.get_by_role("button", name="Execute").click()
    assert asked.value.status == 200
    expect(browser_page.get_by_role("navigation", name="On this page")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["", "reference/", "try/"])
def test_nothing_scrolls_sideways_on_a_phone_and_all_can_be_read(
    browser_page: Page, shown: Article, path: str
) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.emulate_media(color_scheme="dark")
    browser_page.goto(f"/api/v1/docs/{path}")
    expect(browser_page.locator("h1")).to_be_visible()
    if path == "try/":
        shown_operation = browser_page.locator("#operations-articles-articles_list")
        expect(shown_operation).to_be_visible(timeout=30_000)
        colour = "getComputedStyle(document.querySelector('{}')).backgroundColor"
        ours, theirs = (
            browser_page.evaluate(colour.format(name)) for name in ("html", ".swagger-ui")
        )
        assert ours == theirs
    browser_page.evaluate(
        "[...document.querySelectorAll('main details')].slice(0, 9).forEach(e => e.open = true)"
    )
    wider = "element => element.scrollWidth > element.clientWidth"
    for table in browser_page.locator(".table").all():
        assert not table.evaluate(wider), table.get_attribute("aria-label")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 390
    if path != "try/":
        first = browser_page.get_by_role("table").first
        expect(first.get_by_role("row").nth(1)).to_be_visible()
        found = violations(browser_page)
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
