"""Splitting again: what a merge moved goes back to where it was, as far as it is still there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

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
    VocabularyKind,
    rows,
)
from articles.vocabulary.catching_up import articles_of, catch_up
from articles.vocabulary.kinds import MODELS, Mergeable, Named
from articles.vocabulary.merging import fields
from articles.vocabulary.merging.checks import obstacles_to_split
from articles.vocabulary.merging.kept_rows import put_back
from articles.vocabulary.merging.merge import lock
from articles.vocabulary.merging.moves import Moves, articles_touched, batches
from articles.vocabulary.merging.since import changed_since, link_again, with_names_of
from articles.vocabulary.places import hang

VERB = "split"
"""What the audit log calls it."""


@transaction.atomic
def split(merge: Merge, *, by: User | None) -> Mergeable:
    """Undo ``merge`` and return the entry that is one again.

    What it moved and what still points to the target goes back, and what it deleted is there
    again; what was added or changed since stays with the target. Articles that were edited or
    linked since are linked again, so that each entry has the words that are its own. The newest
    articles follow at once, the lists and search entries of the rest by the worker: until then
    the list of the entry lacks them. Raises ValidationError with what stands against it.
    """
    merge.refresh_from_db(from_queryset=Merge.objects.select_for_update(of=("self",)))
    if obstacles := obstacles_to_split(merge):
        raise ValidationError(obstacles)
    model = MODELS[VocabularyKind(merge.kind)]
    source, target = _entry(model, merge.source_id), _entry(model, merge.target_id)
    lock(source, target)
    moves = Moves.of(merge)
    touched = articles_touched(moves)
    since = changed_since(merge, moves, touched)
    _restore_columns(moves)
    _move_back(merge, moves)
    _give_back(merge, source, target)  # before rows that point to it are put back
    _put_back_deleted(moves)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _note_two(merge)
    if isinstance(source, Named) and isinstance(target, Named):
        since |= with_names_of(target, source, moves)
        link_again(since)
    _record_newer_versions(merge, touched, by)
    catch_up(_newest_first([*touched, *articles_of(target)]))
    detail = f"“{source}” ({source.pk}) was split from it again"
    AuditEntry.objects.note(by, VERB, target, detail)
    return source


def _entry(model: type[Model], key: int) -> Mergeable:
    entry: Any = model._default_manager.filter(pk=key).first()
    if entry is None:
        raise ValidationError(f"Number {key} has been deleted.")
    found: Mergeable = entry
    return found


def _restore_columns(moves: Moves) -> None:
    """Rows that stayed where they were, and of which the merge changed a column."""
    for (model, field), was in moves.changed.items():
        restored = _taken_apart(moves, was) if model is Mention else was
        rows.update(model, [field], [(value, pk) for pk, value in restored.items()])


def _taken_apart(moves: Moves, was: dict[int, Any]) -> dict[int, Any]:
    """The occurrences of mentions without those that they got from their doubles; those that
    linking has found since stay."""
    doubles: dict[tuple[int, str], list[object]] = defaultdict(list)
    for row in moves.deleted[Mention]:
        doubles[row["article_id"], row["role"]] += row["occurrences"]
    restored = {}
    for some in batches(list(was)):
        for mention in Mention.objects.filter(pk__in=some):
            taken, had = doubles[mention.article_id, mention.role], was[mention.pk]
            restored[mention.pk] = [
                one for one in mention.occurrences if one in had or one not in taken
            ]
    return restored


def _move_back(merge: Merge, moves: Moves) -> None:
    for (model, field), keys in moves.moved.items():
        for some in batches(keys):
            still = model._default_manager.filter(pk__in=some, **{field: merge.target_id})
            still.update(**{field: merge.source_id})


def _put_back_deleted(moves: Moves) -> None:
    for model, kept in moves.deleted.items():
        for some in batches(kept):
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


def _newest_first(article_ids: Iterable[int]) -> Iterator[int]:
    keys = list(dict.fromkeys(article_ids))
    newest: list[tuple[object, int]] = []
    for some in batches(keys):
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
    for some in batches(articles):
        newer = Revision.objects.filter(article__in=some, created_at__gte=merge.at)
        written = Article.objects.filter(pk__in=newer.values("article"))
        record(list(written), by=by, reason=reason, minor=True)
