"""The page an article is edited on, as everybody can use it: WCAG 2.2, levels A and AA."""

from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from articles import editing
from tests.admin.test_desk_in_browser import found_by_axe
from tests.admin.writing import open_editor, tool
from tests.factories import make_article, make_image, make_place, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_its_dialogs_and_the_checks_can_be_used_by_everybody(
    browser: Browser, live_server: LiveServer, client: Client, scheme: Literal["light", "dark"]
) -> None:
    picture = f'<img src="{make_image().file.url}" alt="A plain rectangle." width="40" height="30">'
    article = make_article(
        "RAIN IN TANK AGAIN",
        body=(
            f'<p>It rained, <a href="#">they</a> said.</p><h2>Rain</h2>'
            f"<aside><blockquote>The river rose</blockquote><p>Amna Bibi</p></aside>"
            f"<figure>{picture}<figcaption>A field <small>R. Khan</small></figcaption></figure>"
            "<table><caption>Rain</caption><thead><tr><th>Day</th></tr></thead>"
            "<tbody><tr><td>1</td></tr></tbody></table>"
            '<p lang="ur" dir="rtl">بارش</p>'
        ),
        published=None,
    )
    editing.record([article])
    make_place("Tank")
    client.force_login(make_staff("Editor", "ann"))
    # The checker puts styles of its own into the page, which the security policy refuses.
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, bypass_csp=True)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page = context.new_page()
    text = open_editor(page, f"/admin/articles/article/{article.pk}/change/")
    text.locator("td").first.click()
    violations = found_by_axe(page)

    tool(page, "Link").click()
    page.get_by_role("combobox", name="Link to").fill("tank")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Tank")).to_be_visible()
    page.keyboard.press("ArrowDown")
    violations += found_by_axe(page)
    for name in ("Picture", "Language of the paragraph", "HTML", "Keyboard"):
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        tool(page, name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        violations += found_by_axe(page)
    context.close()

    assert violations == []
