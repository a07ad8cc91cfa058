"""What has to be done again and again while the site is in service."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from articles.mailing import delivery


class Chore(NamedTuple):
    """Something to be done, and how often; ``do`` does a bounded part of it and returns whether
    there is more to do at once."""

    name: str
    every: timedelta
    do: Callable[[], bool]


def _deliver() -> bool:
    return sum(delivery.deliver().values()) >= delivery.AT_ONCE


CHORES = (
    Chore("deliver mail", timedelta(seconds=5), _deliver),
    Chore("delete old mail", timedelta(hours=1), delivery.clear_out),
)
