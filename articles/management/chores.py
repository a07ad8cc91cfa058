"""What has to be done again and again while the site is in service."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from articles import search
from articles.api.writing import idempotency
from articles.baking.keeping_fresh import keep_fresh
from articles.comments.mail.moderator_mail import send_digests
from articles.comments.privacy.forgetting import forget, forget_unconfirmed
from articles.editing import stale
from articles.freshness import clear_out
from articles.mailing import delivery
from articles.page_store import shelf
from articles.relinking import runs
from articles.vocabulary import duplicates
from articles.webhooks import delivering, writing


class Chore(NamedTuple):
    """Something to be done, and how often; ``do`` does a bounded part of it and returns whether
    there is more to do at once."""

    name: str
    every: timedelta
    do: Callable[[], bool]


CHORES = (
    Chore("deliver mail", timedelta(seconds=5), lambda: delivery.deliver().total() > 0),
    Chore("link names in the archive", timedelta(seconds=2), runs.work),
    Chore("bring lists and search up to date", timedelta(seconds=5), lambda: stale.sweep() > 0),
    Chore("sort in what is new to search", timedelta(seconds=10), search.tidy),
    Chore("keep baked pages fresh", timedelta(seconds=2), keep_fresh),
    Chore("tell moderators what waits", timedelta(minutes=1), send_digests),
    Chore("forget network addresses", timedelta(minutes=10), forget),
    Chore("forget unconfirmed e-mail addresses", timedelta(days=1), forget_unconfirmed),
    Chore("compare new entries with the others", timedelta(minutes=10), duplicates.find_recent),
    Chore("give changes their order and write webhooks", timedelta(seconds=5), writing.write),
    Chore("deliver to webhooks", timedelta(seconds=5), lambda: delivering.deliver().total() > 0),
    Chore("delete old deliveries", timedelta(hours=1), delivering.clear_out),
    Chore("delete what pages were purged by", timedelta(hours=1), clear_out),
    Chore("clear out kept pages", timedelta(minutes=10), shelf.tidy),
    Chore("delete old mail", timedelta(hours=1), delivery.clear_out),
    Chore("delete answers kept for repeated requests", timedelta(hours=1), idempotency.clear_out),
)
