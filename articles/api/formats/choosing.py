"""What the form of an answer to articles changes about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from articles.api.formats import json_feed, ninjs
from articles.api.links import Links
from articles.api.parameters import choices

Answer = dict[str, Any]
Shape = Callable[[list[Answer], Links], list[Answer]]

_SHAPES: Mapping[str, Shape] = {"ninjs": ninjs.items, "feed": json_feed.items}
_KEYS: Mapping[str, tuple[str, ...]] = {"ninjs": ninjs.KEYS, "feed": json_feed.KEYS}
_MISFITS: Mapping[str, tuple[str, ...]] = {
    "ninjs": ("fields",),
    "feed": ("fields", "facets"),
    "csv": ("facets",),
}


def refuse_misfits(params: QueryDict, form: str) -> None:
    """Raise ``ValidationError`` for a parameter that ``form``, a renderer's, has no room for."""
    if form not in _MISFITS:
        return
    if misfits := [name for name in _MISFITS[form] if name in params]:
        reason = f"Cannot be combined with format={form}."
        raise ValidationError({name: [reason] for name in misfits})
    choices(params, "include", ["body"])


def keys(form: str, default: Sequence[str]) -> Sequence[str]:
    """Those of the keys ``default`` of an article that ``form`` is made of."""
    needed = _KEYS.get(form)
    return default if needed is None else [key for key in default if key in needed]


def shaped(answers: list[Answer], form: str, links: Links) -> list[Answer]:
    """Articles as ``form`` has them, made of their answers in JSON, which have ``keys``."""
    return _SHAPES[form](answers, links) if form in _SHAPES else answers
