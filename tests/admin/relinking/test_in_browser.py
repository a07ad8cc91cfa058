"""Seeing and linking in a browser, for everybody."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.admin.relinking.offers import address_of
from articles.models import LinkingRun
from articles.relinking import runs
from tests.admin.conftest import Window
from tests.admin.test_desk_in_browser import found_by_axe
from tests.factories import make_place, make_staff
from tests.relinking.world import make_balochistan, write_about

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def page_of(run: LinkingRun) -> str:
    return reverse("admin:articles_linkingrun_change", args=[run.pk])


def test_the_page_of_a_run_follows_it_to_its_end(desk_page: Page):
    write_about("Nushki", 3)
    run = runs.begin(make_place("Nushki", make_balochistan()), ["Nushki"], by=None)
    desk_page.goto(page_of(run))
    expect(desk_page.get_by_role("status")).to_have_text("Waiting for the worker.")
    runs.proceed(run)
    expect(desk_page.get_by_role("status")).to_have_text("Done. 3 of 3 articles changed.")
    expect(desk_page.get_by_role("button", name="Stop")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_accessible(window: Window, scheme: str, width: int):
    write_about("Nushki", 3)
    place = make_place("Nushki", make_balochistan(), names=["نوشکی"])
    page = window(make_staff("Editor"), scheme, width)  # type: ignore[arg-type]
    page.goto(address_of(place))
    assert found_by_axe(page) == []
    run = runs.begin(place, ["Nushki"], by=None)
    for _ in range(2):
        page.goto(page_of(run))
        assert found_by_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        runs.proceed(run)
