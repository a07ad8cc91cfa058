"""Does what ``growing`` lists, once for every line that comes in: ``python -m benchmarks.growth``.

Prints a line of JSON when it is ready, the names of the works with their limits, and one for every
round: of each work the milliseconds that passed, those in which the database worked, and its
queries. A process of its own for each archive, since Django is set up for one database; whoever
asks them in turn has what else the machine does weigh on all of them.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.busy_desk import EDITOR  # noqa: E402
from benchmarks.growing import Work, works  # noqa: E402
from benchmarks.sample import sample  # noqa: E402
from newsroom.warming import warm_up  # noqa: E402

Figures = tuple[float, float, int]
"""Milliseconds, those of the database, queries."""


class Database:
    """The time that the database took, and how often it was asked."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        started = perf_counter()
        try:
            return execute(*query)
        finally:
            self.seconds += perf_counter() - started
            self.queries += 1


@contextmanager
def watched() -> Iterator[Database]:
    database = Database()
    with connection.execute_wrapper(database):
        yield database


def figures(work: Work) -> Figures:
    """Does it once."""
    started = perf_counter()
    with watched() as database:
        work.do()
    passed = perf_counter() - started
    reset_queries()
    return round(passed * 1000, 3), round(database.seconds * 1000, 3), database.queries


def main() -> None:
    host = settings.ALLOWED_HOSTS[0]
    chosen = sample()
    reader, program, editor = (Client(SERVER_NAME=host) for _ in range(3))
    program.defaults["HTTP_AUTHORIZATION"] = f"Bearer {chosen['key']}"
    editor.force_login(User.objects.get(username=EDITOR), settings.AUTHENTICATION_BACKENDS[-1])
    todo = works(chosen, reader, program, editor)
    for work in todo:
        work.do()
    warm_up()
    tell([(work.name, work.limit, work.of_all) for work in todo])
    for _ in sys.stdin:
        tell([figures(work) for work in todo])


def tell(value: object) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
