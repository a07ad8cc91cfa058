"""The pages about webhooks, as administrators use them."""

from datetime import timedelta
from typing import Literal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Webhook, WebhookDelivery
from articles.webhooks import delivering, signing, writing
from tests.admin.conftest import Window
from tests.admin.test_lists_in_browser import found_by_axe
from tests.factories import make_article, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOG = "/admin/articles/webhookdelivery/"
PAGES = "/admin/articles/webhook/"


@pytest.fixture
def administrator() -> User:
    return make_staff("Administrator", "admin")


@pytest.fixture
def article() -> Article:
    return make_article("Heavy rain closes the road from Quetta to Ziarat for a second day")


def make_webhook(name: str, **fields: object) -> Webhook:
    url = f"https://{name.lower().replace(' ', '-')}.example/newsroom/webhooks/changes"
    return Webhook.objects.create(name=name, url=url, secret=signing.make_secret(), **fields)


def told(webhook: Webhook, article: Article, answer: int) -> WebhookDelivery:
    """A delivery that was tried once."""
    delivery = writing.ping(webhook)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(event="updated", article=article.pk)
    delivering.deliver(send=lambda url, headers, body: answer)
    delivery.refresh_from_db()
    return delivery


def test_what_failed_is_seen_and_sent_again(
    window: Window, administrator: User, article: Article
) -> None:
    webhook = make_webhook("Wire")
    delivery = told(webhook, article, 500)
    page = window(administrator, "light", 1280)

    page.goto(PAGES)
    expect(page.get_by_role("row", name="Wire")).to_contain_text("failing")
    page.get_by_role("link", name="Wire").click()
    expect(page.locator(".note")).to_contain_text("The last time: It answered 500.")
    page.get_by_role("link", name="What it was sent").click()
    expect(page.get_by_role("link", name=article.headline)).to_have_attribute(
        "href", f"/admin/articles/article/{article.pk}/change/"
    )
    page.get_by_role("rowheader").get_by_role("link").click()
    page.get_by_role("button", name="Send again").click()

    expect(page.get_by_text("1 delivery is sent again")).to_be_visible()
    delivery.refresh_from_db()
    assert delivery.attempts == 0
    assert delivery.due_at <= timezone.now()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_these_pages(
    window: Window,
    administrator: User,
    article: Article,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    taking = make_webhook("Wire", kinds=["withdrawn", "removed"])
    told(taking, article, 204)
    failing = make_webhook("National Library of Pakistan")
    delivery = told(failing, article, 500)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(given_up_at=timezone.now())
    Webhook.objects.filter(pk=failing.pk).update(failing_since=timezone.now() - timedelta(days=2))
    writing.ping(failing)
    make_webhook("Former partner", is_active=False, stopped_because="It answered 410 Gone.")
    page = window(administrator, scheme, width)
    problems = []
    for address in (
        PAGES,
        f"{PAGES}add/",
        f"{PAGES}{failing.pk}/change/",
        LOG,
        f"{LOG}{delivery.pk}/change/",
    ):
        page.goto(address)
        problems += found_by_axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{address} is wider than the window")

    assert problems == []
