"""Mail is sent when it is due, once, and tried again for a day when the server cannot take it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from articles.mailing import Letter, delivery, post
from articles.mailing.delivery import WAITS, Outcome, clear_out, deliver, try_again
from articles.models import OutgoingMail
from tests.mailing.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    """A real mail server, which the site sends over."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 5
        yield running


def write(to: str = "reader@example.org") -> OutgoingMail:
    post(Letter(to=to, subject="Hello", text="How are you?", kind="reply"))
    return OutgoingMail.objects.latest("pk")


def next_attempt(row: OutgoingMail) -> timedelta:
    """How long from now a mail is tried again, in whole minutes."""
    row.refresh_from_db()
    minutes = round((row.due_at - timezone.now()).total_seconds() / 60)
    return timedelta(minutes=minutes)


def make_due(row: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=row.pk).update(due_at=timezone.now())


def test_what_is_due_is_sent_over_one_connection_and_only_once(server: MailServer):
    for number in range(3):
        write(f"reader{number}@example.org")

    assert deliver() == Counter({Outcome.SENT: 3})
    assert deliver() == Counter()
    assert sorted(server.recipients) == [f"reader{number}@example.org" for number in range(3)]
    assert server.connections == 1


def test_what_is_not_due_yet_waits(server: MailServer):
    row = write()
    OutgoingMail.objects.update(due_at=timezone.now() + timedelta(minutes=1))

    assert not deliver()
    make_due(row)
    assert deliver() == Counter({Outcome.SENT: 1})


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_transaction_failed_is_never_sent(server: MailServer):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not deliver()
    assert server.taken == []


def test_a_refused_recipient_is_given_up_at_once_and_the_others_get_their_mail(server: MailServer):
    server.refusals["nobody@example.org"] = "550 No such user here"
    nobody, somebody = write("nobody@example.org"), write("somebody@example.org")

    assert deliver() == Counter({Outcome.SENT: 1, Outcome.GIVEN_UP: 1})
    nobody.refresh_from_db()
    somebody.refresh_from_db()
    assert nobody.given_up_at is not None
    assert nobody.fault == "550 No such user here"
    assert server.recipients == ["somebody@example.org"]
    assert (somebody.attempts, somebody.fault) == (1, "")


def test_a_full_mailbox_is_tried_again_after_growing_waits_and_then_given_up(server: MailServer):
    server.refusals["full@example.org"] = "452 Mailbox full"
    row = write("full@example.org")

    waits = []
    for _ in WAITS:
        assert deliver() == Counter({Outcome.PUT_OFF: 1})
        waits.append(next_attempt(row))
        make_due(row)
    assert tuple(waits) == WAITS
    assert deliver() == Counter({Outcome.GIVEN_UP: 1})
    make_due(row)
    assert not deliver()
    row.refresh_from_db()
    assert (row.attempts, row.fault) == (6, "452 Mailbox full")


def test_a_mail_that_makes_the_server_hang_up_does_not_keep_the_others_from_going(
    server: MailServer,
):
    server.hangs_up.add("bad@example.org")
    bad, good = write("bad@example.org"), write("good@example.org")

    assert deliver() == Counter({Outcome.PUT_OFF: 1})
    good.refresh_from_db()
    assert good.attempts == 0
    assert next_attempt(good) == timedelta(minutes=1)
    make_due(good)
    assert deliver() == Counter({Outcome.SENT: 1})
    bad.refresh_from_db()
    assert bad.attempts == 1


def test_without_a_server_one_mail_has_an_attempt_and_the_others_wait(settings, server: MailServer):
    settings.EMAIL_PORT = 1
    first, second = write(), write()

    assert deliver() == Counter({Outcome.PUT_OFF: 1})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    assert first.fault == "Connection refused"


def test_an_administrator_has_a_mail_tried_again_from_the_start(server: MailServer):
    server.refusals["late@example.org"] = "550 Not yet"
    row = write("late@example.org")
    deliver()
    server.refusals.clear()

    assert try_again([row.pk]) == 1
    assert deliver() == Counter({Outcome.SENT: 1})
    assert try_again([row.pk]) == 0


def test_mail_is_kept_for_thirty_days_after_it_was_sent_or_given_up():
    old, new, lost, waiting = write(), write(), write(), write()
    ago = timezone.now() - timedelta(days=31)
    OutgoingMail.objects.filter(pk=old.pk).update(sent_at=ago)
    OutgoingMail.objects.filter(pk=lost.pk).update(given_up_at=ago)
    OutgoingMail.objects.filter(pk=new.pk).update(sent_at=timezone.now())

    clear_out()
    assert set(OutgoingMail.objects.values_list("pk", flat=True)) == {new.pk, waiting.pk}


def test_a_mail_that_a_dead_worker_had_taken_is_sent_once_its_lease_is_over(
    monkeypatch, server: MailServer
):
    row = write()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "message", lambda mail: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            deliver()

    assert not deliver()
    assert next_attempt(row) == delivery.LEASE
    make_due(row)
    assert deliver() == Counter({Outcome.SENT: 1})


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_every_mail_once(server: MailServer):
    post(
        *(
            Letter(to=f"reader{number}@example.org", subject="Hello", text="Text", kind="reply")
            for number in range(30)
        )
    )

    def work(_: int) -> int:
        try:
            sent = 0
            while outcomes := deliver(limit=4):
                sent += outcomes[Outcome.SENT]
            return sent
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        assert sum(workers.map(work, range(3))) == 30
    assert sorted(server.recipients) == sorted(
        f"reader{number}@example.org" for number in range(30)
    )


def test_a_round_costs_the_same_queries_for_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        deliver()
    assert mail.outbox == []
