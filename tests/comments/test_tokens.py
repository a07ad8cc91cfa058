from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.comments import tokens
from articles.comments.tokens import TokenFault

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "fault"),
    [
        (timedelta(0), TokenFault.EARLY),
        (timedelta(seconds=1), TokenFault.EARLY),
        (timedelta(seconds=2), None),
        (timedelta(hours=24), None),
        (timedelta(hours=24, seconds=1), TokenFault.LATE),
    ],
)
def test_a_form_can_be_posted_from_two_seconds_to_a_day_after_it_was_made(age, fault):
    with time_machine.travel(NOON, tick=False):
        token = tokens.issue(7)
    with time_machine.travel(NOON + age, tick=False):
        assert tokens.fault(token, 7) == fault


@pytest.mark.parametrize("token", ["", "7-1", "7-1.x", "\x00", "." * 10_000])
def test_a_form_with_a_token_of_someone_elses_making_is_refused(token):
    assert tokens.fault(token, 7) == TokenFault.FORGED


def test_a_form_is_good_for_its_own_article_only():
    with time_machine.travel(NOON, tick=False):
        token = tokens.issue(7)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert tokens.fault(token, 8) == TokenFault.FORGED


def test_the_token_of_a_page_is_the_same_at_every_hour_and_of_one_article():
    with time_machine.travel(NOON, tick=False):
        token = tokens.issue_for_page(7)
    with time_machine.travel(NOON + timedelta(days=400), tick=False):
        assert tokens.issue_for_page(7) == token
        assert tokens.is_of_page(token, 7)
        assert not tokens.is_of_page(token, 8)


def test_a_page_has_a_token_of_another_kind_than_forms_that_are_dated():
    assert tokens.fault(tokens.issue_for_page(7), 7) == TokenFault.FORGED
    assert not tokens.is_of_page(tokens.issue(7), 7)


@pytest.mark.parametrize("token", ["", "7", "7.x", "\x00", "." * 10_000])
def test_nobody_else_makes_the_token_of_a_page(token):
    assert not tokens.is_of_page(token, 7)


def test_a_held_key_opens_its_comment_for_thirty_days():
    with time_machine.travel(NOON, tick=False):
        key = tokens.held_key(12)
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        assert tokens.held_comment_id(key) == 12
    with time_machine.travel(NOON + timedelta(days=30, seconds=1), tick=False):
        assert tokens.held_comment_id(key) is None


@pytest.mark.parametrize("key", ["", "12", "12.a.b", "\x00"])
def test_a_forged_held_key_opens_nothing(key):
    assert tokens.held_comment_id(key) is None


def test_an_own_key_opens_its_comment_for_a_year():
    with time_machine.travel(NOON, tick=False):
        key = tokens.own_key(12)
    with time_machine.travel(NOON + timedelta(days=365), tick=False):
        assert tokens.own_comment_id(key) == 12
    with time_machine.travel(NOON + timedelta(days=365, seconds=1), tick=False):
        assert tokens.own_comment_id(key) is None


@pytest.mark.parametrize("key", ["", "12", "12.a.b", "\x00"])
def test_a_forged_own_key_opens_nothing(key):
    assert tokens.own_comment_id(key) is None


def test_each_kind_of_token_opens_only_what_it_is_for():
    assert tokens.held_comment_id(tokens.issue(12)) is None
    assert tokens.own_comment_id(tokens.held_key(12)) is None
    assert tokens.held_comment_id(tokens.own_key(12)) is None
