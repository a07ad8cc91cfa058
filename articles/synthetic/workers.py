"""Has articles made by other processes, while this one writes those that are done."""

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

import django

from articles.synthetic.batches import Batch, Maker, Plan
from articles.synthetic.cast import Cast

# Batches that wait to be written, for each process.
_AHEAD = 2


def made(seed: int, cast: Cast, plans: Iterable[Plan], *, alone: bool) -> Iterator[Batch]:
    """The batches of ``plans``, in their order; all of them by this process if it is to do it
    ``alone``. They are the same whoever makes them."""
    if alone:
        yield from map(Maker(seed, cast).batch, plans)
        return
    processes = os.cpu_count() or 1
    known = pickle.dumps(cast)
    waiting: deque[Future[Batch]] = deque()
    # Forked ones would share the connection to the database.
    with ProcessPoolExecutor(processes, get_context("spawn"), django.setup) as pool:
        for plan in plans:
            waiting.append(pool.submit(_batch, seed, known, plan))
            if len(waiting) > processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batch(seed: int, cast: bytes, plan: Plan) -> Batch:
    return _maker(seed, cast).batch(plan)


@cache
def _maker(seed: int, cast: bytes) -> Maker:
    return Maker(seed, pickle.loads(cast))  # noqa: S301 (pickled by the process that asks)
