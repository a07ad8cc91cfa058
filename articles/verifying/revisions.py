"""The chain of an article's versions: whole, sealed, and ending in what the article says now."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import Model

from articles.editing.revisions import digest
from articles.editing.snapshots import Snapshot, iso, present
from articles.models import Article, Place, Revision, Status, Tag
from articles.verifying.faults import Fault, article

_CHUNK = 50

_BACKUP = "Restore it from a backup"
_SAVE = "Look at it at the desk and save it, which records what it says"
# Names follow their entities without a new version; ``keys`` says which entities are meant.
_NAMES = {"section", "dateline_place", "image", "authors", "tags"}


# Of what ``keys`` holds, what can be merged into another.
_MERGED: dict[str, type[Model]] = {"dateline_place": Place, "tags": Tag}
Shells = dict[str, dict[int, int]]


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The faults in the chains of these articles; one version is in memory at a time."""
    articles = {row.pk: row for row in Article.objects.filter(pk__in=article_ids)}
    said = present(articles.values())
    revisions = Revision.objects.filter(article__in=articles).order_by("article_id", "number")
    shells = {name: _shells(model) for name, model in _MERGED.items()}
    seen: set[int] = set()
    for pk, chain in groupby(revisions.iterator(_CHUNK), key=lambda revision: revision.article_id):
        seen.add(pk)
        yield from _check_chain(articles[pk], chain, said[pk].snapshot, shells)
    for pk in sorted(articles.keys() - seen):
        yield Fault(article(pk), "has no version on record", _SAVE)


def _check_chain(
    row: Article, chain: Iterator[Revision], now: Snapshot, shells: Shells
) -> Iterator[Fault]:
    where = article(row.pk)
    last: Revision | None = None
    for revision in chain:
        at = f"{where}, version {revision.number}"
        expected = last.number + 1 if last else 1
        if revision.number > expected:
            missing = f"{expected}" if revision.number == expected + 1 else f"{expected} and more"
            yield Fault(f"{where}, version {missing}", "is missing", _BACKUP)
        elif revision.previous_digest != (last.digest if last else ""):
            yield Fault(at, "does not continue the one before it", _BACKUP)
        if revision.digest != digest(revision):
            yield Fault(at, "was changed after it was written", _BACKUP)
        elif iso(revision.public_from) != _public_from(revision.snapshot):
            yield Fault(at, "says of another hour that readers saw it from then", _BACKUP)
        last = revision
    assert last is not None
    if last.number != row.revision:
        counted = f"counts {row.revision} versions, but {last.number} is the last on record"
        yield Fault(where, counted, _BACKUP if row.revision > last.number else _SAVE)
    if differing := _differing(last.snapshot, now, shells):
        yield Fault(where, f"differs from its last version in {', '.join(differing)}", _SAVE)


def _public_from(snapshot: Snapshot) -> str:
    """The hour at which a version came before readers, from what it says itself; the rule is that
    of ``Article.public_from``."""
    if snapshot["status"] not in {Status.SCHEDULED, Status.PUBLISHED}:
        return ""
    hours = (snapshot["published_at"], snapshot["embargo_until"])
    return max((hour for hour in hours if hour), key=datetime.fromisoformat, default="")


def _differing(before: Snapshot, now: Snapshot, shells: Shells) -> list[str]:
    return sorted(
        name
        for name, value in before.items()
        if name not in _NAMES and _plain(value, shells) != _plain(now.get(name), shells)
    )


def _shells(model: type[Model]) -> dict[int, int]:
    """Those that were merged, with what they were merged into."""
    merged = model._default_manager.filter(merged_into__isnull=False)
    return dict(merged.values_list("pk", "merged_into"))


def _plain(value: object, shells: Shells) -> object:
    """A value to compare: the order of tags follows their names, and what was merged is now part
    of another."""
    if not isinstance(value, dict):
        return value
    place, places, tags = value["dateline_place"], shells["dateline_place"], shells["tags"]
    return {
        **value,
        "dateline_place": places.get(place, place),
        "tags": sorted({tags.get(tag, tag) for tag in value["tags"]}),
    }
