"""The way out, as it is: to a real receiver, which knows by the manual whose message it is."""

import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore, Event, Thread
from typing import Any

import pytest
from django.conf import settings

from articles.models import Webhook, WebhookDelivery
from articles.webhooks import delivering, looking_up, public_hosts, signing, writing
from articles.webhooks.delivering import Outcome
from articles.webhooks.public_hosts import Address, NotAllowed
from articles.webhooks.sending import post
from tests.webhooks.receiver import (
    Answer,
    Receiver,
    drips,
    endless,
    make_certificate,
    receiving,
    says,
    silent,
)

HOST = "receiver.example"
BODY = b'{"type": "ping"}'


def here(address: Address) -> bool:
    return address.is_loopback


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificates"), HOST)


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


@pytest.fixture(autouse=True)
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Has the receiver's name lead here, when it is looked up first, and somewhere else after."""
    names: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: Any, *args: Any, **more: Any) -> Any:
        if host.endswith(".example"):
            names.append(host)
            host = "127.0.0.1" if len(names) == 1 else "10.0.0.1"
        return real(host, port, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


def send(
    receiver: Receiver, context: ssl.SSLContext | None, *, host: str = HOST, seconds: float = 10
) -> int:
    url = f"https://{host}:{receiver.port}/hook?of=us"
    return post(url, {"X-Test": "1"}, BODY, allows=here, context=context, seconds=seconds)


# What is sent


def test_a_message_comes_as_it_was_sent(certificate: Path, trusting: ssl.SSLContext) -> None:
    with receiving(certificate, says("204 No Content")) as receiver:
        assert send(receiver, trusting) == 204
    ((first, headers, body),) = receiver.requests
    assert first == "POST /hook?of=us HTTP/1.1"
    assert (headers["host"], headers["x-test"]) == (f"{HOST}:{receiver.port}", "1")
    assert body == BODY


@pytest.mark.django_db
def test_a_receiver_knows_by_the_manual_that_it_was_us(
    certificate: Path, trusting: ssl.SSLContext
) -> None:
    (code,) = re.findall(
        r"```python\n(.*?)```", (settings.BASE_DIR / "docs/sync.md").read_text(), re.DOTALL
    )
    manual: dict[str, Any] = {}
    exec(code, manual)
    is_ours: Callable[[str, dict[str, str], bytes], bool] = manual["is_ours"]

    with receiving(certificate, says("200 OK")) as receiver:
        webhook = Webhook.objects.create(
            name="Partner", url=f"https://{HOST}:{receiver.port}/", secret=signing.make_secret()
        )
        writing.ping(webhook)
        through = partial(post, allows=here, context=trusting)
        assert delivering.deliver(send=through) == {Outcome.TAKEN: 1}
    ((_, headers, body),) = receiver.requests
    assert is_ours(webhook.secret, headers, body)
    assert not is_ours(webhook.secret, headers, body + b" ")
    assert not is_ours(signing.make_secret(), headers, body)
    old = {**headers, "webhook-timestamp": str(int(time.time()) - 301)}
    assert not is_ours(webhook.secret, old, body)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, headers["webhook-id"]) == (200, str(delivery.key))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "outcome", "is_active"),
    [
        (says("302 Found", "Location: /elsewhere"), Outcome.PUT_OFF, True),
        (says("500 Internal Server Error"), Outcome.PUT_OFF, True),
        (says("410 Gone"), Outcome.GIVEN_UP, False),
        (lambda wire, over: wire.sendall(b"nonsense\r\n\r\n"), Outcome.PUT_OFF, True),
        (lambda wire, over: None, Outcome.PUT_OFF, True),
    ],
    ids=["redirect", "error", "gone", "nonsense", "nothing"],
)
def test_what_is_not_taken_is_noted(
    certificate: Path, trusting: ssl.SSLContext, answer: Answer, outcome: Outcome, is_active: bool
) -> None:
    with receiving(certificate, answer, says("200 OK")) as receiver:
        url = f"https://{HOST}:{receiver.port}/"
        webhook = Webhook.objects.create(name="Partner", url=url, secret=signing.make_secret())
        writing.ping(webhook)
        through = partial(post, allows=here, context=trusting)
        assert delivering.deliver(send=through) == {outcome: 1}
    assert receiver.connections == 1  # no redirect is followed
    webhook.refresh_from_db()
    assert webhook.is_active == is_active
    assert WebhookDelivery.objects.get().fault


# How long it may take


def test_no_more_of_an_answer_is_read_than_is_needed(
    certificate: Path, trusting: ssl.SSLContext
) -> None:
    with receiving(certificate, endless) as receiver:
        assert send(receiver, trusting) == 200


@pytest.mark.parametrize(
    "answer",
    [
        silent,
        drips(b"HTTP/1.1 200 OK\r\nX-Long: "),
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00000"),
    ],
    ids=["never", "head", "body", "last", "chunk"],
)
def test_a_receiver_that_takes_its_time_is_left(
    certificate: Path, trusting: ssl.SSLContext, answer: Answer
) -> None:
    with receiving(certificate, answer) as receiver:
        began = time.monotonic()
        with pytest.raises(TimeoutError, match=r"within 0\.3 seconds"):
            send(receiver, trusting, seconds=0.3)
        assert time.monotonic() - began < 5


def test_one_that_never_comes_to_the_end_of_its_greeting_is_left(
    trusting: ssl.SSLContext,
) -> None:
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with suppress(OSError), listening.accept()[0] as wire:
                drips(b"\x16\x03\x03\x40\x00")(wire, over)  # a record of 16 kB (RFC 8446, 5.1)

        greeting = Thread(target=greet)
        greeting.start()
        url = f"https://{HOST}:{listening.getsockname()[1]}/"
        try:
            with pytest.raises(TimeoutError, match=r"within 0\.2 seconds"):
                post(url, {}, BODY, allows=here, context=trusting, seconds=0.2)
        finally:
            over.set()
            greeting.join()


def test_a_host_that_is_not_found_in_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is asked for: no more look-ups hang than some."""
    monkeypatch.setattr(looking_up, "_free", BoundedSemaphore(2))
    over = Event()
    begun = []

    def hang(*args: Any, **more: Any) -> Any:
        begun.append(args)
        over.wait()
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    for _ in range(4):
        with pytest.raises(NotAllowed, match="not found in time"):
            post(f"https://{HOST}/", {}, BODY, seconds=0.05)
    assert len(begun) == 2
    over.set()
    # What is free again is taken by the next.
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: [(0, 0, 0, "", ("1.1.1.1",))])
    assert looking_up.look_up(HOST, 443, 5) == ["1.1.1.1"]


# Whom it goes to


def test_a_certificate_of_another_host_is_refused(
    certificate: Path, trusting: ssl.SSLContext
) -> None:
    refusal = pytest.raises(ssl.SSLCertVerificationError, match=r"not valid for 'other\.example'")
    with receiving(certificate, says("200 OK")) as receiver, refusal:
        send(receiver, trusting, host="other.example")
    assert receiver.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    refusal = pytest.raises(ssl.SSLCertVerificationError)
    with receiving(certificate, says("200 OK")) as receiver, refusal:
        send(receiver, None)
    assert receiver.requests == []


def test_a_host_that_leads_elsewhere_when_it_is_looked_up_again_is_not(
    certificate: Path, trusting: ssl.SSLContext, looked_up: list[str]
) -> None:
    with receiving(certificate, says("200 OK")) as receiver:
        assert send(receiver, trusting) == 200
    assert looked_up == [HOST]


def test_one_address_that_is_ours_rules_out_the_host(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [(0, 0, 0, "", (address, 443)) for address in ("93.184.215.14", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: both)
    with pytest.raises(NotAllowed):
        public_hosts.resolve(f"https://{HOST}/")


@pytest.mark.parametrize("name", ["DEBUG", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_nothing_goes_into_our_own_network_whatever_is_set(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with receiving(certificate, says("200 OK")) as receiver:
        monkeypatch.setenv(name, f"http://127.0.0.1:{receiver.port}")
        with pytest.raises(NotAllowed, match="nobody outside can reach"):
            post(f"https://{HOST}:{receiver.port}/", {}, BODY)
    assert receiver.connections == 0
