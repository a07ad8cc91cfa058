"""Splitting again: what a merge moved goes back to where it was, as far as it is still there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from articles.editing.record import record
from articles.models import (
    Article,
    AuditEntry,
    Duplicate,
    Entity,
    Mention,
    Merge,
    Place,
    Revision,
    Tagging,
    VocabularyKind,
    rows,
)
from articles.vocabulary.catching_up import articles_of, catch_up
from articles.vocabulary.kinds import MODELS, Mergeable
from articles.vocabulary.merging import fields
from articles.vocabulary.merging.checks import obstacles_to_split
from articles.vocabulary.merging.kept_rows import Values, put_back
from articles.vocabulary.merging.merge import lock
from articles.vocabulary.places import hang

VERB = "split"
"""What the audit log calls it."""

_BATCH = 2_000

# The rows that are of an article, and their column for which.
_OF_ARTICLE: dict[type[Model], str] = {
    Article: "id",
    Mention: "article_id",
    Tagging: "content_object_id",
}

_Item = TypeVar("_Item")


@transaction.atomic
def split(merge: Merge, *, by: User | None) -> Mergeable:
    """Undo ``merge`` and return the entry that is one again.

    What it moved and what still points to the target goes back, and what it deleted is there
    again; what was added or changed since stays with the target. The newest articles follow at
    once, the rest by the worker. Raises ValidationError with what stands against it.
    """
    merge.refresh_from_db(from_queryset=Merge.objects.select_for_update(of=("self",)))
    if obstacles := obstacles_to_split(merge):
        raise ValidationError(obstacles)
    model = MODELS[VocabularyKind(merge.kind)]
    source, target = _entry(model, merge.source_id), _entry(model, merge.target_id)
    lock(source, target)
    moves = _Moves.of(merge)
    touched = _articles_touched(moves)
    _restore_columns(moves)
    _move_back(merge, moves)
    _put_back_deleted(moves)
    _give_back(merge, source, target)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _note_two(merge)
    _record_newer_versions(merge, touched, by)
    catch_up(_newest_first([*touched, *articles_of(target)]))
    detail = f"“{source}” ({source.pk}) was split from it again"
    AuditEntry.objects.note(by, VERB, target, detail)
    return source


def _entry(model: type[Model], key: int) -> Mergeable:
    entry: Mergeable = model._default_manager.get(pk=key)  # type: ignore[assignment]
    return entry


@dataclass(frozen=True, slots=True)
class _Moves:
    """What a merge did, by model and column: rows that it moved, columns of rows that it changed,
    and rows that it deleted."""

    moved: dict[tuple[type[Model], str], list[int]]
    changed: dict[tuple[type[Model], str], dict[int, Any]]
    deleted: dict[type[Model], list[Values]]

    @classmethod
    def of(cls, merge: Merge) -> "_Moves":
        moves = cls(defaultdict(list), defaultdict(dict), defaultdict(list))
        rows_of = merge.moves.order_by("pk").values_list("model", "row", "field", "was")
        for name, row, field, was in rows_of.iterator(chunk_size=_BATCH):
            model = apps.get_model("articles", name)
            if was is None:
                moves.moved[model, field].append(row)
            elif "id" in was:
                moves.deleted[model].append(was)
            else:
                moves.changed[model, field][row] = was[field]
        return moves


def _restore_columns(moves: _Moves) -> None:
    """Rows that stayed where they were, and of which the merge changed a column."""
    for (model, field), was in moves.changed.items():
        restored = _taken_apart(moves, was) if model is Mention else was
        rows.update(model, [field], [(value, pk) for pk, value in restored.items()])


def _taken_apart(moves: _Moves, was: dict[int, Any]) -> dict[int, Any]:
    """The occurrences of mentions without those that they got from their doubles; those that
    linking has found since stay."""
    doubles: dict[tuple[int, str], list[object]] = defaultdict(list)
    for row in moves.deleted[Mention]:
        doubles[row["article_id"], row["role"]] += row["occurrences"]
    restored = {}
    for some in _batches(list(was)):
        for mention in Mention.objects.filter(pk__in=some):
            taken, had = doubles[mention.article_id, mention.role], was[mention.pk]
            restored[mention.pk] = [
                one for one in mention.occurrences if one in had or one not in taken
            ]
    return restored


def _move_back(merge: Merge, moves: _Moves) -> None:
    for (model, field), keys in moves.moved.items():
        for some in _batches(keys):
            still = model._default_manager.filter(pk__in=some, **{field: merge.target_id})
            still.update(**{field: merge.source_id})


def _put_back_deleted(moves: _Moves) -> None:
    for model, kept in moves.deleted.items():
        for some in _batches(kept):
            put_back(model, some)


def _give_back(merge: Merge, source: Mergeable, target: Mergeable) -> None:
    """What the two rows themselves held, the name that the target got, and the hierarchy."""
    fields.give_back(merge, source, target)
    source.merged_into = None
    if isinstance(source, Place):
        source.parent = _standing(merge.before.get("parent"))
    target.save()
    source.save()
    if isinstance(target, Entity) and "name" in merge.before:
        target.names.filter(pk=merge.before["name"], name=merge.source_name).delete()
    if isinstance(source, Place) and isinstance(target, Place):
        hang([target.pk], below=target.parent)
        hang([source.pk], below=source.parent)
        children = Place.objects.filter(parent=source).values_list("pk", flat=True)
        hang(list(children), below=source)


def _standing(key: int | None) -> Place | None:
    """The place of this id, or what it has been merged into since; None if it is gone."""
    if key is None:
        return None
    here = Q(pk=key, merged_into=None) | Q(merged__pk=key)
    return Place.objects.filter(here).first()


def _articles_touched(moves: _Moves) -> list[int]:
    """The articles of which the merge moved or deleted something."""
    found: dict[int, None] = {}
    for (model, _), keys in moves.moved.items():
        for some in _batches(keys) if model in _OF_ARTICLE else ():
            touched = model._default_manager.filter(pk__in=some)
            found |= dict.fromkeys(touched.values_list(_OF_ARTICLE[model], flat=True))
    for model, kept in moves.deleted.items():
        if model in _OF_ARTICLE:
            found |= dict.fromkeys(row[_OF_ARTICLE[model]] for row in kept)
    return list(found)


def _newest_first(article_ids: Iterable[int]) -> Iterator[int]:
    keys = list(dict.fromkeys(article_ids))
    newest: list[tuple[object, int]] = []
    for some in _batches(keys):
        public = Article.objects.filter(pk__in=some, public_from__isnull=False)
        newest += public.values_list("public_from", "pk")
    yield from (pk for _, pk in sorted(newest, reverse=True))


def _note_two(merge: Merge) -> None:
    """Whoever splits two entries has said that they are two."""
    first, second = sorted((merge.source_id, merge.target_id))
    Duplicate.objects.update_or_create(
        kind=merge.kind,
        first_id=first,
        second_id=second,
        defaults={"is_dismissed": True, "reason": "split again", "score": 0},
    )


def _record_newer_versions(merge: Merge, articles: list[int], by: User | None) -> None:
    """A version written since the merge names the target; one now says what the article does."""
    if merge.kind not in {VocabularyKind.PLACE, VocabularyKind.TAG}:  # none names any others
        return
    reason = f"“{merge.source_name}” was split from “{merge.target_name}”"
    for some in _batches(articles):
        newer = Revision.objects.filter(article__in=some, created_at__gte=merge.at)
        written = Article.objects.filter(pk__in=newer.values("article"))
        record(list(written), by=by, reason=reason, minor=True)


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
