"""Says that something which pages show has changed, in the transaction that changes it."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connections, router

from articles.freshness.shown import WHOLE, Span, Thing, microseconds
from articles.models import EVERY, Purge, Subject
from articles.models.article_facets import list_number
from articles.models.rows import insert_values

Things = Mapping[Thing, Span]
"""What changed, and of a list in which span."""

_TRANSACTION = {"postgresql": "pg_current_xact_id()::text::bigint", "sqlite": "0"}


def each(subject: Subject, keys: Iterable[int]) -> dict[Thing, Span]:
    """The things of a kind with these keys."""
    return {(subject.value, key): WHOLE for key in keys}


def spans(entries: Iterable[tuple[int, int, datetime]]) -> dict[Thing, Span]:
    """The spans of lists in which these entries stand, or stood: kind and key of the list, and the
    moment of the article."""
    moments: dict[tuple[int, int], list[int]] = defaultdict(list)
    for kind, key, moment in entries:
        moments[kind, key].append(microseconds(moment))
    things = each(Subject.LISTS, {kind for kind, _ in moments})
    for (kind, key), of_list in moments.items():
        things[Subject.LIST.value, list_number(kind, key)] = Span(min(of_list), max(of_list))
    return things


def whole_lists(kind: int, *keys: int) -> dict[Thing, Span]:
    """All that is shown of lists of a kind."""
    numbers = [list_number(kind, key) for key in keys]
    return each(Subject.LISTS, [kind]) | each(Subject.LIST, numbers) | each(Subject.WEIGHT, numbers)


def purge(things: Things) -> None:
    """Have every page dropped that shows one of ``things``."""
    if not things:
        return
    connection = connections[router.db_for_write(Purge)]
    table = connection.ops.quote_name(Purge._meta.db_table)
    now = int(time.time())
    insert_values(
        connection,
        f"{table} (subject, key, first, last, transaction_id, at)",
        f"(%s, %s, %s, %s, {_TRANSACTION[connection.vendor]}, %s)",
        [(*thing, *span, now) for thing, span in things.items()],
    )


def purge_everything() -> None:
    """Have every page dropped that is kept anywhere."""
    purge(each(Subject.SITE, [EVERY]))
