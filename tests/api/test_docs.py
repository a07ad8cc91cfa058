"""The examples in docs/api.md, and the page that shows the schema, do what they say."""

import re
import shlex
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from articles.models import Article
from tests import factories
from tests.api.conftest import index

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


def commands() -> list[list[str]]:
    shell = "".join(re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), re.DOTALL))
    return [shlex.split(line) for line in shell.replace("\\\n", "").splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("command", commands(), ids=lambda command: command[-1])
def test_every_command_in_the_guide_works(client: Client, command: list[str]) -> None:
    province = factories.make_place("Balochistan")
    factories.make_place("Quetta", province)
    tags = [factories.make_tag(name) for name in ("natural gas", "mining")]
    article = factories.make_article(slug="the-slug", path="/2026/02/01/the-slug/", tags=tags)
    index(article)

    assert command[0] == "curl"
    address = next(word for word in command if word.startswith("$SITE"))
    path = address.removeprefix("$SITE").replace("/1/", f"/{Article.objects.get().pk}/")
    if "-d" in command:
        body = command[command.index("-d") + 1]
        response = client.post(path, body, content_type="application/json")
    else:
        response = client.get(path)
    assert response.status_code in (200, 202), response.content


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_docs_page_shows_the_schema_under_the_strict_policy(browser_page: Page) -> None:
    browser_page.goto("/api/v1/docs/")
    expect(browser_page.get_by_text("/api/v1/articles/", exact=True)).to_be_visible()
    expect(browser_page.locator("#operations-articles-articles_list")).to_be_visible()
