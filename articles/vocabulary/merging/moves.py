"""What a merge did, read from its moves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from articles.models import Article, Mention, Merge, Tagging
from articles.vocabulary.merging.kept_rows import Values

BATCH = 2_000
"""Rows that one statement names."""

# The rows that are of an article, and their column for which.
_OF_ARTICLE: dict[type[Model], str] = {
    Article: "id",
    Mention: "article_id",
    Tagging: "content_object_id",
}

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Moves:
    """What a merge did, by model and column: rows that it moved, columns of rows that it changed,
    and rows that it deleted."""

    moved: dict[tuple[type[Model], str], list[int]]
    changed: dict[tuple[type[Model], str], dict[int, Any]]
    deleted: dict[type[Model], list[Values]]

    @classmethod
    def of(cls, merge: Merge) -> "Moves":
        moves = cls(defaultdict(list), defaultdict(dict), defaultdict(list))
        rows_of = merge.moves.order_by("pk").values_list("model", "row", "field", "was")
        for name, row, field, was in rows_of.iterator(chunk_size=BATCH):
            model = apps.get_model("articles", name)
            if was is None:
                moves.moved[model, field].append(row)
            elif "id" in was:
                moves.deleted[model].append(was)
            else:
                moves.changed[model, field][row] = was[field]
        return moves


def articles_touched(moves: Moves) -> list[int]:
    """The articles of which the merge moved or deleted something."""
    found: dict[int, None] = {}
    for (model, _), keys in moves.moved.items():
        for some in batches(keys) if model in _OF_ARTICLE else ():
            touched = model._default_manager.filter(pk__in=some)
            found |= dict.fromkeys(touched.values_list(_OF_ARTICLE[model], flat=True))
    for model, kept in moves.deleted.items():
        if model in _OF_ARTICLE:
            found |= dict.fromkeys(row[_OF_ARTICLE[model]] for row in kept)
    return list(found)


def batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """``items``, as many at a time as a statement may name."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
