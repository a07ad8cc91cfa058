"""Merging: all that points to one entry goes to another, and is kept in moves to go back."""

from itertools import chain

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q

from articles.listings.moving import move
from articles.models import (
    AuditEntry,
    Duplicate,
    EntityName,
    Merge,
    MergeMove,
    Place,
    VocabularyKind,
    rows,
)
from articles.text.folding import fold
from articles.vocabulary.catching_up import articles_of, catch_up
from articles.vocabulary.kinds import LISTS, Mergeable, Named, kind_of
from articles.vocabulary.merging import fields
from articles.vocabulary.merging.belongings import BELONGINGS, Belonging
from articles.vocabulary.merging.checks import obstacles_to_merge, of_two_kinds
from articles.vocabulary.merging.doubles import settle
from articles.vocabulary.places import hang

VERB = "merge"
"""What the audit log calls it."""

LONGEST_REASON = 300


@transaction.atomic
def merge(source: Mergeable, target: Mergeable, *, by: User | None, reason: str = "") -> Merge:
    """Make ``source`` a shell that leads to ``target``, and give all that it has to it.

    Set-based, so that an entry with 50,000 mentions takes seconds: of its articles the newest have
    their search entries brought up to date at once, the rest by the worker. No list lacks an
    article in between. Raises ValidationError with what stands against it.
    """
    if type(source) is not type(target):
        raise ValidationError(of_two_kinds(source, target))
    lock(source, target)
    if obstacles := obstacles_to_merge(source, target):
        raise ValidationError(obstacles)
    kind = kind_of(source)
    articles = list(dict.fromkeys(chain(articles_of(source), articles_of(target))))
    done = Merge.objects.create(
        kind=kind,
        source_id=source.pk,
        target_id=target.pk,
        source_name=source.name,
        target_name=target.name,
        by=by,
        reason=reason[:LONGEST_REASON],
        before=fields.take(source, target),
    )
    source.merged_into = target
    if isinstance(source, Place):
        _take_out(done, source)
    source.save()
    target.save()
    for belonging in BELONGINGS[kind]:
        if belonging.alike:
            settle(done, belonging)
        _move_rows(done, belonging)
    if isinstance(source, Named) and isinstance(target, Named):
        _keep_name(done, source, target)
    if isinstance(target, Place):
        hang([target.pk], below=target.parent)
        hang(_children(done), below=target)
    for listing in LISTS[kind]:
        move(listing, source.pk, target.pk)
    catch_up(articles)
    pairs = Q(first_id=source.pk) | Q(second_id=source.pk)
    Duplicate.objects.filter(pairs, kind=kind, is_dismissed=False).delete()
    detail = f"“{source}” ({source.pk}) was merged into it" + (f": {reason}" if reason else "")
    AuditEntry.objects.note(by, VERB, target, detail)
    return done


def lock(*entries: Model) -> None:
    """Lock the rows of these entries, all of a kind, in one order for all, and read them anew.
    Whoever is about to refer to one of them comes after this transaction. Raises ValidationError
    where one is gone.
    """
    model = type(entries[0])
    keys = sorted(entry.pk for entry in entries)
    locked = model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk")
    there = {row.pk for row in locked}
    if gone := [f"“{entry}” has been deleted." for entry in entries if entry.pk not in there]:
        raise ValidationError(gone)
    for entry in entries:
        entry.refresh_from_db()


def _move_rows(done: Merge, belonging: Belonging) -> None:
    found = belonging.of(VocabularyKind(done.kind), done.source_id)
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    name = belonging.model._meta.model_name
    rows.insert(
        MergeMove,
        ("merge", "model", "row", "field", "was"),
        ((done.pk, name, pk, belonging.column, None) for pk in keys),
    )
    found.update(**{belonging.column: done.target_id})


def _take_out(done: Merge, source: Place) -> None:
    """A shell lies nowhere, so that it keeps no other place from being moved or deleted."""
    done.before["parent"] = source.parent_id
    done.save(update_fields=["before"])
    source.parent = None
    hang([source.pk], below=None)


def _children(done: Merge) -> list[int]:
    moved = done.moves.filter(model="place", field="parent")
    return list(moved.values_list("row", flat=True))


def _keep_name(done: Merge, source: Named, target: Named) -> None:
    """The source's name is from now on a name of the target; of two preferred names in a language
    that of the target stays so."""
    names = target.names.all()
    moved = set(
        done.moves.filter(model=names.model._meta.model_name, was__isnull=True).values_list(
            "row", flat=True
        )
    )
    preferred = [name for name in names if name.is_preferred]
    taken = {name.language.lower() for name in preferred if name.pk not in moved}
    for name in preferred:
        if name.pk in moved and name.language.lower() in taken:
            _give_up_preference(done, name)
    if source.name != target.name and all(name.name != source.name for name in names):
        kept = target.names.create(name=source.name, folded=fold(source.name)[:200])
        done.before["name"] = kept.pk
        done.save(update_fields=["before"])


def _give_up_preference(done: Merge, name: EntityName) -> None:
    name.is_preferred = False
    name.save(update_fields=["is_preferred"])
    MergeMove.objects.create(
        merge=done,
        model=name._meta.model_name or "",
        row=name.pk,
        field="is_preferred",
        was={"is_preferred": True},
    )
