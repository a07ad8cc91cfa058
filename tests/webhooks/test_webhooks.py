"""Others are told of changes at an address of theirs: signed, in order, again until it is taken."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import changes, editing
from articles.models import Article, Webhook, WebhookDelivery
from articles.webhooks import delivering, making, public_hosts, signing, writing
from articles.webhooks.delivering import WAITS, Outcome

pytestmark = pytest.mark.django_db


class Receiver:
    """Stands in for the way out, and keeps what came."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.taken: list[tuple[Mapping[str, str], bytes]] = []

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.taken.append((headers, body))
        return self.statuses.pop(0) if self.statuses else 204

    @property
    def events(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.taken]


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor")


@pytest.fixture
def webhook() -> Webhook:
    return Webhook.objects.create(
        name="Partner",
        url="https://partner.example/hook",
        secret=signing.make_secret(),
        position=changes.last_position(),
    )


def publish(editor: User, headline: str = "Rain") -> Article:
    article = Article(headline=headline, body="<p>It rained.</p>")
    editing.save(article, by=editor)
    editing.publish(article, by=editor)
    return article


def test_a_change_is_told_once_and_signed(webhook: Webhook, editor: User) -> None:
    article = publish(editor)
    writing.write()
    writing.write()
    receiver = Receiver()
    delivering.deliver(send=receiver)
    assert delivering.deliver(send=receiver).total() == 0
    ((headers, body),) = receiver.taken
    message = json.loads(body)
    assert message["type"] == "article.published"
    assert message["data"]["article"] == article.pk
    assert message["data"]["html_url"].endswith(article.path)
    assert message["data"]["url"].startswith("http")
    assert "document" not in message["data"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    secret = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    digest = hmac.new(secret, signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


def test_only_the_kinds_that_are_wanted(webhook: Webhook, editor: User) -> None:
    webhook.kinds = ["withdrawn"]
    webhook.save()
    article = publish(editor)
    editing.withdraw(article, notice="No.", by=editor)
    writing.write()
    receiver = Receiver()
    delivering.deliver(send=receiver)
    assert receiver.events == ["article.withdrawn"]


def test_what_is_not_taken_is_tried_again_under_the_same_id(webhook: Webhook, editor: User) -> None:
    publish(editor)
    publish(editor, "Snow")
    writing.write()
    receiver = Receiver(500)
    assert delivering.deliver(send=receiver)[Outcome.PUT_OFF] == 1
    assert len(receiver.taken) == 1  # it is left alone after the first
    with time_machine.travel(timezone.now() + timedelta(seconds=6)):
        assert delivering.deliver(send=receiver)[Outcome.TAKEN] == 2
    ids = [headers["webhook-id"] for headers, _ in receiver.taken]
    assert ids[0] == ids[1] != ids[2]
    webhook.refresh_from_db()
    assert webhook.failing_since is None


def test_it_is_given_up_in_the_end(webhook: Webhook, editor: User) -> None:
    publish(editor)
    writing.write()
    WebhookDelivery.objects.update(attempts=len(WAITS))
    assert delivering.deliver(send=Receiver(302))[Outcome.GIVEN_UP] == 1
    assert WebhookDelivery.objects.get().fault == "It answered 302."
    assert delivering.deliver(send=Receiver()).total() == 0


def test_gone_switches_it_off(webhook: Webhook, editor: User) -> None:
    publish(editor)
    writing.write()
    delivering.deliver(send=Receiver(410))
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert "410" in webhook.stopped_because
    publish(editor, "Snow")
    writing.write()
    assert WebhookDelivery.objects.count() == 1


def test_days_of_failing_switch_it_off(webhook: Webhook, editor: User) -> None:
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=6))
    publish(editor)
    writing.write()
    delivering.deliver(send=Receiver(503))
    webhook.refresh_from_db()
    assert "5 days" in webhook.stopped_because
    making.switch_on(webhook)
    assert WebhookDelivery.objects.get().webhook.is_active


def test_a_receiver_that_is_down_piles_up_no_more_than_some(
    webhook: Webhook, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_WAITING", 1)
    publish(editor)
    writing.write()
    publish(editor, "Snow")
    writing.write()
    assert WebhookDelivery.objects.count() == 1
    delivering.deliver(send=Receiver())
    writing.write()
    assert WebhookDelivery.objects.count() == 2


def test_a_new_message_that_fails_does_not_hurry_those_that_wait_longer(webhook: Webhook) -> None:
    writing.ping(webhook)
    in_an_hour = timezone.now() + timedelta(hours=1)
    WebhookDelivery.objects.update(due_at=in_an_hour, attempts=3)
    writing.ping(webhook)
    writing.ping(webhook)
    outcomes = delivering.deliver(send=Receiver(500))
    assert outcomes == {Outcome.PUT_OFF: 1, Outcome.LEFT: 1}
    waiting = WebhookDelivery.objects.order_by("pk").values_list("due_at", "attempts")
    (first, _), (second, tried), (third, untried) = waiting
    assert first == in_an_hour
    assert second == third < timezone.now() + timedelta(seconds=10)
    assert (tried, untried) == (1, 0)


def test_a_ping_tells_of_nothing(webhook: Webhook) -> None:
    writing.ping(webhook)
    receiver = Receiver()
    delivering.deliver(send=receiver)
    assert receiver.events == ["ping"]


def test_old_deliveries_are_deleted(webhook: Webhook) -> None:
    writing.ping(webhook)
    WebhookDelivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    writing.ping(webhook)
    assert not delivering.clear_out()
    assert WebhookDelivery.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:0:1::", "fec0::1",
    ],
)  # fmt: skip
def test_nothing_is_sent_into_our_own_network(address: str) -> None:
    assert not public_hosts.is_public(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ValidationError):
        making.check_url(f"https://{host}/")


def test_addresses_of_the_internet_are_allowed() -> None:
    assert public_hosts.is_public(ip_address("93.184.215.14"))
    assert public_hosts.is_public(ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.215.14/",
        "https://user:word@93.184.215.14/",
        "https://93.184.215.14:22/",
        "https://93.184.215.14:99999/",
        "https://localhost/",
        "https://[nonsense/",
        "https:///path",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        making.check_url(url)
