"""Finds entries that may be one and stores them, for an editor to look at."""

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import AuditEntry, Duplicate, VocabularyKind
from articles.vocabulary.duplicates.blocks import Pair, pairs
from articles.vocabulary.duplicates.judging import Verdict, facts, judge
from articles.vocabulary.kinds import MODELS, NAMES

KINDS = (
    VocabularyKind.PLACE,
    VocabularyKind.PERSON,
    VocabularyKind.ORGANISATION,
    VocabularyKind.TAG,
)
"""What is looked through."""

MOST = 5_000
"""Pairs of a kind that are kept, the likeliest: nobody will look at more."""

RECENT = timedelta(minutes=15)

_BATCH = 1_000


def find(kind: VocabularyKind, only: Collection[int] | None = None) -> int:
    """Find the entries of a kind that may be one, with ``only`` those that may be one with these,
    and store them. Returns how many pairs there are.

    What an editor dismissed stays dismissed. Without ``only`` pairs that were found before and are
    alike no more are forgotten.
    """
    found: dict[Pair, Verdict] = {}
    unseen = _once(pairs(kind, only))
    while batch := list(islice(unseen, _BATCH)):
        known = facts(kind, {pk for pair in batch for pk in pair})
        for first, second in batch:
            if first in known and second in known:
                verdict = judge(known[first], known[second])
                if verdict:
                    found[first, second] = verdict
    best = sorted(found.items(), key=lambda one: -one[1].score)[:MOST]
    _store(kind, dict(best), is_all=only is None)
    return len(best)


def find_recent() -> bool:
    """Find what may be one with an entry made or changed lately, by editors or by the machine;
    returns that there is no more to do, as a chore."""
    since = timezone.now() - RECENT
    for kind in NAMES:
        rows = MODELS[kind]._default_manager.filter(updated_at__gte=since, merged_into=None)
        newest = rows.order_by("-updated_at").values_list("pk", flat=True)
        if keys := set(newest[:_BATCH]):
            find(kind, keys)
    return False


def find_all(progress: Callable[[VocabularyKind, int], None] | None = None) -> bool:
    """Find what may be one in the whole vocabulary."""
    for kind in KINDS:
        number = find(kind)
        if progress:
            progress(kind, number)
    return False


@transaction.atomic
def dismiss(duplicate: Duplicate, *, by: User | None) -> None:
    """Say for good that the two are two."""
    duplicate.is_dismissed = True
    duplicate.save(update_fields=["is_dismissed"])
    model = MODELS[VocabularyKind(duplicate.kind)]
    rows = model._default_manager.in_bulk([duplicate.first_id, duplicate.second_id])
    for pk, other in (
        (duplicate.first_id, duplicate.second_id),
        (duplicate.second_id, duplicate.first_id),
    ):
        if pk in rows:
            detail = f"“{rows.get(other, '')}” ({other}) is another"
            AuditEntry.objects.note(by, "tell apart", rows[pk], detail)


def _once(found: Iterator[Pair]) -> Iterator[Pair]:
    seen: set[Pair] = set()
    for pair in found:
        if pair not in seen:
            seen.add(pair)
            yield pair


@transaction.atomic
def _store(kind: VocabularyKind, found: dict[Pair, Verdict], *, is_all: bool) -> None:
    if is_all:
        waiting = Duplicate.objects.filter(kind=kind, is_dismissed=False)
        rows = waiting.values_list("pk", "first_id", "second_id")
        gone = [pk for pk, first, second in rows if (first, second) not in found]
        Duplicate.objects.filter(pk__in=gone).delete()
    Duplicate.objects.bulk_create(
        (
            Duplicate(kind=kind, first_id=first, second_id=second, reason=reason, score=score)
            for (first, second), (reason, score) in found.items()
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
