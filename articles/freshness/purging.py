"""Says that something which pages show has changed, in the transaction that changes it."""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connections, router

from articles.freshness.shown import WHOLE, Span, Thing, microseconds
from articles.models import EVERY, Purge, Subject
from articles.models.article_facets import list_number

_TRANSACTION = {"postgresql": "pg_current_xact_id()::text::bigint", "sqlite": "0"}


def purge(subject: Subject, *keys: int) -> None:
    """Have every page dropped that shows one of these things; without a key, any of the kind."""
    _write({(subject.value, key): WHOLE for key in keys or (EVERY,)})


def purge_articles(article_ids: Iterable[int]) -> None:
    """Have the pages of these articles dropped, and those that have a line of one."""
    _write({(Subject.ARTICLE.value, key): WHOLE for key in article_ids})


def purge_lists(entries: Iterable[tuple[int, int, datetime]]) -> None:
    """Have the pages dropped that show these entries of lists, or would: kind and key of the list,
    and the moment at which the article stands in it."""
    moments: dict[tuple[int, int], list[int]] = defaultdict(list)
    for kind, key, moment in entries:
        moments[kind, key].append(microseconds(moment))
    things: dict[Thing, Span] = {}
    for (kind, key), of_list in moments.items():
        things[Subject.LISTS.value, kind] = WHOLE
        things[Subject.LIST.value, list_number(kind, key)] = Span(min(of_list), max(of_list))
    _write(things)


def purge_whole_lists(lists: Iterable[tuple[int, int]]) -> None:
    """Have every page dropped that shows anything of these lists, given by kind and key."""
    things: dict[Thing, Span] = {}
    for kind, key in lists:
        things[Subject.LISTS.value, kind] = WHOLE
        things[Subject.LIST.value, list_number(kind, key)] = WHOLE
        things[Subject.WEIGHT.value, list_number(kind, key)] = WHOLE
    _write(things)


def purge_everything() -> None:
    """Have every page dropped that is kept anywhere."""
    purge(Subject.SITE)


def _write(things: dict[Thing, Span]) -> None:
    if not things:
        return
    connection = connections[router.db_for_write(Purge)]
    table = connection.ops.quote_name(Purge._meta.db_table)
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (subject, key, first, last, transaction_id, at) "  # noqa: S608
            f"VALUES (%s, %s, %s, %s, {_TRANSACTION[connection.vendor]}, %s)",
            [(*thing, *span, now) for thing, span in things.items()],
        )
