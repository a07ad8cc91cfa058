from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.comments.flood import seconds_to_wait
from articles.models import CommentRules
from tests.factories import make_article, make_comment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = "192.0.2.1"


def wait(email: str = "new@example.org", address: str | None = HERE, **rules: int) -> int:
    rules = {"seconds_between": 0, "hourly_of_address": 0, "hourly_of_network": 0} | rules
    with time_machine.travel(NOON, tick=False):
        return seconds_to_wait(email, address, CommentRules(**rules))


def said(minutes_ago: float, *, address: str = HERE, email: str = "") -> None:
    network = f"{address.rpartition('.')[0]}.0/24"
    at = NOON - timedelta(minutes=minutes_ago)
    make_comment(
        make_article(), created_at=at, author_email=email, address=address, network=network
    )


pytestmark = pytest.mark.django_db


def test_so_many_comments_of_an_address_are_taken_in_an_hour():
    for minutes in (70, 50, 40, 10):
        said(minutes)
    assert wait(hourly_of_address=4) == 0
    assert wait(hourly_of_address=3) == 10 * 60
    assert wait(hourly_of_address=2) == 20 * 60
    assert wait(hourly_of_address=2, address="192.0.2.9") == 0


def test_and_so_many_of_the_network_around_it():
    for last in range(5):
        said(30, address=f"192.0.2.{last}")
    assert wait(hourly_of_network=5, address="192.0.2.99") == 30 * 60
    assert wait(hourly_of_network=6, address="192.0.2.99") == 0
    assert wait(hourly_of_network=5, address="192.0.3.99") == 0


def test_the_longest_wait_counts():
    said(0.1, email="a@b.org")
    for _ in range(3):
        said(45)
    assert wait("a@b.org", seconds_between=15, hourly_of_address=2) == 15 * 60
    assert wait("a@b.org", seconds_between=15) == 9
    assert wait("a@b.org", None, seconds_between=15, hourly_of_address=2) == 9


def test_off_is_off():
    for _ in range(3):
        said(0)
    assert wait() == 0


def test_a_wait_costs_four_queries(django_assert_num_queries):
    with django_assert_num_queries(4):
        wait(seconds_between=15, hourly_of_address=20, hourly_of_network=60)
