"""Makes pages in several processes, a bounded number of them at a time."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager

from django.db import connections

from articles.baking.manifest import Made, Page
from articles.baking.oven import Oven

_AHEAD = 3
"""How many portions wait for each process, so that none waits for work."""

Work = Callable[[Iterable[Sequence[Page]]], Iterator[list[Made]]]
"""Takes portions of pages as they are wanted, gives what became of each portion, in no order."""

# Set in each process of a crew when it starts.
_oven: Oven


@contextmanager
def crew(oven: Oven, processes: int) -> Iterator[Work]:
    """So many processes at work; with one, it is this one."""
    if processes == 1:
        yield lambda portions: map(oven.make, portions)
        return
    # The processes are forks of this one and must not share its connections.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, context, _begin, (oven,)) as pool:

        def work(portions: Iterable[Sequence[Page]]) -> Iterator[list[Made]]:
            waiting: set[Future[list[Made]]] = set()
            for portion in portions:
                waiting.add(pool.submit(_make, portion))
                if len(waiting) >= processes * _AHEAD:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)

        yield work


def _begin(oven: Oven) -> None:
    global _oven  # noqa: PLW0603 (a pool has no other place for what its processes keep)
    _oven = oven


def _make(portion: Sequence[Page]) -> list[Made]:
    return _oven.make(portion)
