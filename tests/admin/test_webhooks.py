"""Administrators make webhooks, try them, and see what they were sent."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Webhook, WebhookDelivery
from articles.webhooks import making, writing
from tests import factories

pytestmark = pytest.mark.django_db

PUBLIC = "https://93.184.215.14/hook"


@pytest.fixture
def administrator() -> User:
    return factories.make_staff("Administrator")


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def webhook(administrator: User) -> Webhook:
    return making.make("Partner", PUBLIC, [], by=administrator)


def act(desk: Client, name: str, webhook: Webhook) -> str:
    address = reverse(f"admin:articles_webhook_{name}", args=[webhook.pk])
    return desk.post(address, follow=True).content.decode()


def test_the_secret_is_shown_once(desk: Client) -> None:
    given = {"name": "Partner", "url": PUBLIC, "kinds": ["withdrawn"]}
    page = desk.post(reverse("admin:articles_webhook_add"), given)
    webhook = Webhook.objects.get()
    assert webhook.secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert webhook.kinds == ["withdrawn"]
    again = desk.get(reverse("admin:articles_webhook_change", args=[webhook.pk]))
    assert webhook.secret not in again.content.decode()


def test_an_address_in_our_own_network_is_refused_at_the_field(desk: Client) -> None:
    given = {"name": "Partner", "url": "https://169.254.169.254/", "kinds": []}
    page = desk.post(reverse("admin:articles_webhook_add"), given)
    assert "that nobody outside can reach" in page.content.decode()
    assert not Webhook.objects.exists()


def test_a_ping_is_in_the_log_and_can_be_sent_again(desk: Client, webhook: Webhook) -> None:
    assert "A ping is sent" in act(desk, "ping", webhook)
    delivery = WebhookDelivery.objects.get()
    page = desk.get(reverse("admin:articles_webhookdelivery_change", args=[delivery.pk]))
    assert str(delivery.key) in page.content.decode()
    WebhookDelivery.objects.update(attempts=9, given_up_at=delivery.created_at)
    log = reverse("admin:articles_webhookdelivery_changelist")
    desk.post(log, {"action": "send_again", "_selected_action": [delivery.pk]})
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.given_up_at) == (0, None)


def test_an_article_that_is_gone_has_its_number(desk: Client, webhook: Webhook) -> None:
    writing.ping(webhook)
    WebhookDelivery.objects.update(article=4711)
    page = desk.get(reverse("admin:articles_webhookdelivery_changelist")).content.decode()
    assert "No. 4711, deleted" in page


def test_a_new_secret_takes_the_place_of_the_old(desk: Client, webhook: Webhook) -> None:
    page = act(desk, "secret", webhook)
    former = webhook.secret
    webhook.refresh_from_db()
    assert webhook.secret in page
    assert webhook.secret != former


def test_it_is_switched_off_and_on(desk: Client, webhook: Webhook) -> None:
    assert "switched off" in act(desk, "switch", webhook)
    Webhook.objects.update(stopped_because="It answered 410 Gone.")
    assert "410 Gone" in desk.get(reverse("admin:articles_webhook_changelist")).content.decode()
    assert "switched on" in act(desk, "switch", webhook)


def test_nobody_else_may(client: Client, webhook: Webhook) -> None:
    client.force_login(factories.make_staff("Editor"))
    writing.ping(webhook)
    for name in ("ping", "secret", "switch"):
        address = reverse(f"admin:articles_webhook_{name}", args=[webhook.pk])
        assert client.post(address).status_code == 403
    assert client.get(reverse("admin:articles_webhookdelivery_changelist")).status_code == 403
    delivery = WebhookDelivery.objects.get()
    again = reverse("admin:articles_webhookdelivery_again", args=[delivery.pk])
    assert client.post(again).status_code == 403
