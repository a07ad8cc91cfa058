"""Tells work that grows with its input from work that grows faster, on however slow a machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

# What is right takes a second or two; what grew faster than its input took minutes.
_SECONDS = 30


@contextmanager
def no_faster_than_its_input() -> Iterator[None]:
    started = process_time()
    yield
    assert process_time() - started < _SECONDS
