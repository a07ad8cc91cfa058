"""Splitting again: what a merge moved goes back to where it was, as far as it is still there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

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
    MergeMove,
    Place,
    Revision,
    Tagging,
    VocabularyKind,
)
from articles.vocabulary.catching_up import articles_of, catch_up
from articles.vocabulary.kinds import MODELS, Mergeable
from articles.vocabulary.merging import fields
from articles.vocabulary.merging.checks import obstacles_to_split
from articles.vocabulary.merging.kept_rows import put_back
from articles.vocabulary.merging.merge import lock
from articles.vocabulary.places import hang

VERB = "split"
"""What the audit log calls it."""

_BATCH = 2_000

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
    touched = _articles_touched(merge)
    _restore_columns(merge)
    _move_back(merge)
    _put_back_deleted(merge)
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


def _moves(merge: Merge) -> Iterator[tuple[type[Model], str, Sequence[MergeMove]]]:
    """The moves by model and field, each some at a time."""
    of_field: dict[tuple[str, str], list[MergeMove]] = defaultdict(list)
    for move in merge.moves.order_by("pk").iterator(chunk_size=_BATCH):
        of_field[move.model, move.field].append(move)
    for (name, field), moves in of_field.items():
        for some in _batches(moves):
            yield apps.get_model("articles", name), field, some


def _restore_columns(merge: Merge) -> None:
    """Rows that stayed where they were, and of which the merge changed a column."""
    for model, field, moves in _moves(merge):
        was = {
            move.row: move.was[field]
            for move in moves
            if move.was is not None and "id" not in move.was
        }
        if not was:
            continue
        rows = list(model._default_manager.filter(pk__in=was))
        if model is Mention:
            _take_apart(merge, rows, was)
        else:
            for row in rows:
                setattr(row, field, was[row.pk])
        model._default_manager.bulk_update(rows, [field], batch_size=_BATCH)


def _take_apart(merge: Merge, winners: Iterable[Model], was: dict[int, list[object]]) -> None:
    """Take out of mentions the occurrences that they got from their doubles; those that linking
    has found since stay."""
    doubles: dict[tuple[int, str], list[object]] = defaultdict(list)
    for row in merge.moves.filter(model="mention").values_list("was", flat=True):
        if row and "id" in row:
            doubles[row["article_id"], row["role"]] += row["occurrences"]
    for mention in winners:
        assert isinstance(mention, Mention)
        taken = doubles[mention.article_id, mention.role]
        had = was[mention.pk]
        mention.occurrences = [one for one in mention.occurrences if one in had or one not in taken]


def _move_back(merge: Merge) -> None:
    for model, field, moves in _moves(merge):
        if keys := [move.row for move in moves if move.was is None]:
            rows = model._default_manager.filter(pk__in=keys, **{field: merge.target_id})
            rows.update(**{field: merge.source_id})


def _put_back_deleted(merge: Merge) -> None:
    for model, _, moves in _moves(merge):
        kept = [move.was for move in moves if move.was is not None and "id" in move.was]
        if kept:
            put_back(model, kept)


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


def _articles_touched(merge: Merge) -> list[int]:
    """The articles of which the merge moved or deleted something."""
    found: dict[int, None] = {}
    columns = {Article: "pk", Mention: "article", Tagging: "content_object"}
    for model, _, moves in _moves(merge):
        if model in columns:
            rows = model._default_manager.filter(pk__in=[move.row for move in moves])
            found |= dict.fromkeys(rows.values_list(columns[model], flat=True))
            deleted = [move.was for move in moves if move.was and "id" in move.was]
            attribute = "article_id" if model is Mention else "content_object_id"
            found |= dict.fromkeys(was[attribute] for was in deleted)
    return list(found)


def _newest_first(article_ids: Iterable[int]) -> Iterator[int]:
    keys = list(dict.fromkeys(article_ids))
    newest: list[tuple[object, int]] = []
    for some in _batches(keys):
        rows = Article.objects.filter(pk__in=some, public_from__isnull=False)
        newest += rows.values_list("public_from", "pk")
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
