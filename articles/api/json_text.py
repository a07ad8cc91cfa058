"""Reads JSON that somebody sent: strictly, and nothing in it that could not be kept or answered."""

import json
from collections.abc import Iterator
from typing import Any

import orjson

DEEPEST = 32
"""Levels of lists and objects in one another."""

LARGEST_INTEGER = 2**53 - 1
"""RFC 7493 (I-JSON), 2.2: beyond it programs read a number each in their own way."""


class Unfit(ValueError):
    """JSON that holds what no field can; ``name`` is the field of the outermost object where it
    stands, if it is one."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.name = where.partition(".")[0]
        self.reason = reason


def read(text: bytes) -> Any:
    """The value that ``text`` holds.

    Raises ValueError, saying what is wrong and where, for what is no JSON in UTF-8 (RFC 8259) and
    for an object with a name twice; ``Unfit`` for a number, a text or a depth that no field can
    hold.
    """
    value = orjson.loads(text)
    for where, part, depth in _parts(value):
        if reason := _fault(part, depth):
            raise Unfit(where, reason)
    if isinstance(value, dict | list):
        # orjson keeps the last of two equal names and does not tell.
        json.loads(text, object_pairs_hook=_refuse_twins)
    return value


def _parts(value: Any) -> Iterator[tuple[str, Any, int]]:
    """Every value and every name in ``value``, with its place and its depth."""
    waiting = [("", value, 0)]
    while waiting:
        where, part, depth = waiting.pop()
        yield where, part, depth
        if isinstance(part, dict):
            inner = list(part.items())
            waiting.extend((where, name, depth) for name in part)
        elif isinstance(part, list):
            inner = list(enumerate(part))
        else:
            continue
        if depth < DEEPEST:
            waiting.extend((f"{where}.{key}".lstrip("."), one, depth + 1) for key, one in inner)
        elif inner:
            yield where, part, depth + 1


def _fault(part: Any, depth: int) -> str:
    if depth > DEEPEST:
        return f"There are more than {DEEPEST} levels of lists and objects in one another."
    if isinstance(part, str) and "\0" in part:
        return "A text cannot hold a NUL character."
    if isinstance(part, int | float) and abs(part) > LARGEST_INTEGER:
        return f"A number is at most {LARGEST_INTEGER}."
    return ""


def _refuse_twins(pairs: list[tuple[str, Any]]) -> None:
    names = set()
    for name, _ in pairs:
        if name in names:
            raise ValueError(f"“{name}” stands twice in one object")
        names.add(name)
