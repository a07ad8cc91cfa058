"""A reader with a browser that keeps to the rules, at a moment that stands still."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.comments.moments import NOON


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader() -> Client:
    """CSRF checks are on, and nothing is exempt for tests."""
    return Client(enforce_csrf_checks=True)
