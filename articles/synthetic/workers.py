"""Has articles made by other processes, while this one writes those that are done.

Nothing of the project is imported before Django is set up, which a process that was started anew
has still to do.
"""

import gc
import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, ClassVar

import django

if TYPE_CHECKING:
    from articles.synthetic.batches import Batch, Plan
    from articles.synthetic.maker import Maker

# Batches that wait to be written, for each process.
_AHEAD = 2


@contextmanager
def making(maker: "Maker", plans: Iterable["Plan"], *, alone: bool) -> Iterator[Iterator["Batch"]]:
    """The batches of ``plans``, in their order. Other processes begin with them at once, unless
    this one is to make them ``alone``; they are the same whoever makes them."""
    if alone:
        yield map(maker.batch, plans)
        return
    processes = os.cpu_count() or 1
    # Forked ones would share the connection to the database.
    with ProcessPoolExecutor(
        processes,
        get_context("spawn"),
        initializer=_Worker.start,
        initargs=(pickle.dumps(maker),),
    ) as pool:
        remaining = iter(plans)
        ahead = islice(remaining, processes * _AHEAD)
        waiting = deque([pool.submit(_Worker.batch, plan) for plan in ahead])
        yield _made(pool, waiting, remaining)


def _made(
    pool: ProcessPoolExecutor, waiting: "deque[Future[Batch]]", remaining: Iterator["Plan"]
) -> Iterator["Batch"]:
    while waiting:
        batch = waiting.popleft().result()
        waiting.extend(pool.submit(_Worker.batch, plan) for plan in islice(remaining, 1))
        yield batch


class _Worker:
    """What a process of its own has."""

    maker: ClassVar["Maker"]

    @classmethod
    def start(cls, maker: bytes) -> None:
        django.setup()
        cls.maker = pickle.loads(maker)  # noqa: S301 (pickled by the process that asks)
        # Nothing that it makes refers to itself.
        gc.disable()

    @classmethod
    def batch(cls, plan: "Plan") -> "Batch":
        return cls.maker.batch(plan)
