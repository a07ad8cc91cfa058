"""Runs over articles that are there: begun, gone on with a batch at a time, stopped, resumed.

A batch is a transaction, which also writes down how far the run has come. So one that is killed
goes on where it was, and several processes that have a run in hand never link an article twice.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from articles.editing.rules import sections_of
from articles.linking import About, foresee
from articles.models import (
    Article,
    AuditEntry,
    EntityKind,
    LinkingRun,
    Organisation,
    Person,
    Place,
    VocabularyKind,
)
from articles.relinking.again import link_again, read
from articles.relinking.candidates import After, ahead, number_with, whole

logger = logging.getLogger(__name__)

AT_ONCE = 2_000
"""Articles that are looked at while an editor waits; the worker takes over what is more."""

SECONDS_AT_ONCE = 10.0
SECONDS_OF_WORKER = 3.0

_MOST_RUNS = 50

Named = Place | Person | Organisation

_MODELS: dict[str, type[Named]] = {
    VocabularyKind.PLACE: Place,
    VocabularyKind.PERSON: Person,
    VocabularyKind.ORGANISATION: Organisation,
}


class Step(NamedTuple):
    """A batch that a run went through: the run as it then stood."""

    run: LinkingRun
    looked_at: int


def may_link_archive(user: User) -> bool:
    """Whether ``user`` may begin, stop and resume runs. A run goes through all sections, so it is
    not for those whose rights are limited to some."""
    return user.has_perm("articles.link_archive") and not sections_of(user)


@transaction.atomic
def begin(entity: Named, names: Sequence[str], *, by: User | None) -> LinkingRun:
    """A run that links ``entity`` in all articles that have any of ``names``; one that is under
    way for the same is returned instead of a second.

    Raises ValidationError when no name is given or the entity was merged into another or deleted,
    and PermissionDenied when ``by`` may not.
    """
    _require(by)
    kind, wanted = VocabularyKind(str(entity._meta.model_name)), list(dict.fromkeys(names))
    # Whoever begins one for the same entity at the same moment comes after this.
    current = type(entity)._default_manager.select_for_update().filter(pk=entity.pk).first()
    if current is None:
        raise ValidationError(f"{entity} has been deleted.")
    if current.merged_into_id is not None:
        raise ValidationError(f"{entity} was merged into {current.merged_into}. Look there.")
    if not wanted:
        raise ValidationError("Choose at least one name to look for.")
    for run in LinkingRun.objects.filter(kind=kind, key=entity.pk, finished_at__isnull=True):
        if run.names == wanted:
            return run
    run = LinkingRun(kind=kind, key=entity.pk, names=wanted, by=by)
    run.total = size(run)
    run.save()
    detail = f"in the archive, by {', '.join(f'“{name}”' for name in wanted)}"
    AuditEntry.objects.note(by, "link", entity, detail)
    return run


def begin_archive(*, since: date | None = None) -> LinkingRun:
    """A run over the whole archive; those of it that are not finished end here."""
    LinkingRun.objects.filter(key__isnull=True, finished_at__isnull=True).update(
        finished_at=timezone.now()
    )
    run = LinkingRun(since=since)
    run.total = size(run)
    run.save()
    return run


def names_of(entity: Named) -> list[str]:
    """Every name of ``entity``, its own first."""
    others = entity.names.order_by("pk").values_list("name", flat=True)
    return list(dict.fromkeys([entity.name, *others]))


def unfinished_archive(since: date | None = None) -> LinkingRun | None:
    """The run over the archive that was begun last and is not finished."""
    runs = LinkingRun.objects.filter(key__isnull=True, finished_at__isnull=True, since=since)
    return runs.order_by("-pk").first()


def proceed(
    run: LinkingRun,
    *,
    seconds: float | None = None,
    tell: Callable[[Step], None] | None = None,
) -> bool:
    """Go on with ``run`` to its end, or for so many ``seconds``, and not at all then while another
    process has it in hand. ``tell`` is called after each batch. Returns whether this did anything.
    """
    until = None if seconds is None else time.monotonic() + seconds
    after, about = ahead(run), about_of(run)
    has_done = False
    while step := _next_batch(run, after, about, waits=seconds is None):
        has_done = True
        if tell:
            tell(step)
        if step.run.finished_at or (until is not None and time.monotonic() >= until):
            break
    return has_done


def survey(run: LinkingRun) -> Iterator[tuple[int, int]]:
    """Go through what ``run``, which need not be stored, would look at, and write nothing: after
    each batch how many articles that were, and in how many of them mentions would change."""
    after, about, last = ahead(run), about_of(run), 0
    while ids := after(last):
        articles = list(Article.objects.filter(pk__in=ids))
        yield len(ids), len(foresee(articles, about).articles)
        last = ids[-1]


def size(run: LinkingRun) -> int:
    """How many articles ``run``, which need not be stored, has to look at."""
    return whole(run.since).count() if run.key is None else number_with(run.names)


def work() -> bool:
    """Go on a little with the runs for entries that are under way, the oldest first; whether there
    is more to do. One that fails is logged and tried again, and stops no other."""
    has_done = False
    runs = LinkingRun.objects.filter(finished_at__isnull=True, key__isnull=False)
    for run in runs.order_by("pk")[:_MOST_RUNS]:
        try:
            has_done |= proceed(run, seconds=SECONDS_OF_WORKER)
        except Exception:
            logger.exception("Could not go on linking %s; it is tried again.", run)
    return has_done


@transaction.atomic
def stop(run: LinkingRun, *, by: User | None) -> None:
    """End a run before its time; what it has linked stays. Raises ValidationError when it has
    ended already, PermissionDenied when ``by`` may not."""
    _require(by)
    stored = LinkingRun.objects.select_for_update().get(pk=run.pk)
    if stored.finished_at:
        raise ValidationError("It has ended already.")
    stored.finished_at = timezone.now()
    stored.save(update_fields=["finished_at"])
    AuditEntry.objects.note(by, "stop", stored, f"after {stored.seen:,} of {stored.total:,}")


@transaction.atomic
def resume(run: LinkingRun, *, by: User | None) -> None:
    """Let a run that was stopped go on where it was. Raises as ``stop`` does."""
    _require(by)
    stored = LinkingRun.objects.select_for_update().get(pk=run.pk)
    if not is_stopped(stored):
        raise ValidationError("It was not stopped.")
    stored.finished_at = None
    stored.save(update_fields=["finished_at"])
    AuditEntry.objects.note(by, "resume", stored, f"after {stored.seen:,} of {stored.total:,}")


def is_stopped(run: LinkingRun) -> bool:
    """Whether it ended before it had seen everything. One that sees its end has seen its total."""
    return run.finished_at is not None and run.seen < run.total


def entity_of(run: LinkingRun) -> Named | None:
    """What the run links; None for the archive, and when it is gone."""
    model = _MODELS.get(run.kind)
    return model._default_manager.filter(pk=run.key).first() if model else None


def about_of(run: LinkingRun) -> About | None:
    return About(EntityKind(run.kind), run.key) if run.key is not None else None


def _next_batch(run: LinkingRun, after: After, about: About | None, *, waits: bool) -> Step | None:
    """Link the next batch; None when there is nothing to do for this process."""
    was = LinkingRun.objects.get(pk=run.pk)
    ids = after(was.last_article)
    batch = read(ids)
    with transaction.atomic():
        locked = LinkingRun.objects.select_for_update(skip_locked=not waits)
        stored = locked.filter(pk=run.pk, finished_at__isnull=True).first()
        if stored is None:
            return None
        if stored.last_article != was.last_article:
            return Step(stored, 0)  # another process has just linked them
        entity = entity_of(stored)
        # Deleted since the run was begun, or merged into another.
        is_gone = about is not None and (entity is None or entity.merged_into_id is not None)
        now = timezone.now()
        stored.started_at = stored.started_at or now
        if ids and not is_gone:
            reason = f"Linked again: {entity}" if entity else "Linked again"
            stored.changed += len(link_again(batch, reason, about))
            stored.last_article = ids[-1]
            stored.seen += len(ids)
        else:
            # Articles came and went meanwhile: what it has seen is all there was.
            stored.total, stored.finished_at = stored.seen, now
        stored.save()
        return Step(stored, len(ids))


def _require(by: User | None) -> None:
    if by is not None and not may_link_archive(by):
        raise PermissionDenied(f"{by.get_username()} may not link names in the archive.")
