"""Bringing an article back as it stood at an earlier version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from articles.editing import rules
from articles.editing.illustrations import digests
from articles.editing.record import record
from articles.editing.related import Related, relate
from articles.editing.rules import Action
from articles.editing.save import prepare
from articles.editing.snapshots import Snapshot
from articles.editing.store import store
from articles.linking import link
from articles.models import (
    Article,
    Author,
    Image,
    Place,
    Revision,
    Section,
    Status,
    Tag,
)
from articles.text.body import identify

VERB = "revert"
"""What the audit log calls it."""

# What a snapshot refers to: its name there, what editors call it, its model, the column of the
# name that the snapshot keeps beside the id.
_RELATIONS: tuple[tuple[str, str, type[Model], str], ...] = (
    ("section", "section", Section, "name"),
    ("dateline_place", "place", Place, "name"),
    ("image", "picture", Image, "file"),
    ("authors", "author", Author, "name"),
    ("tags", "topic", Tag, "name"),
)
_FIELDS = {"section": "section", "dateline_place": "dateline_place", "image": "lead_image"}


@transaction.atomic
def revert(article: Article, revision: Revision, *, by: User | None) -> list[str]:
    """Give a stored article the text, summary, dateline, byline, topics, section, picture and
    comment policy that it had at ``revision``, as a new revision.

    Its status, its times and, once it has one, its address stay as they are. Returns what could
    not be brought back, a sentence each (see ``irrecoverable``). Raises ValidationError when that
    is the present version, or when readers would find nothing to read; PermissionDenied when
    ``by`` may not change the article.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(of=("self",)))
    rules.require(by, Action.EDIT, article)
    if revision.number == article.revision:
        raise ValidationError(f"Version {revision.number} is the present one.")
    was = revision.snapshot
    is_public = article.status in {Status.SCHEDULED, Status.PUBLISHED}
    if is_public and not (was["headline"].strip() and was["body"].strip()):
        raise ValidationError(
            f"Version {revision.number} lacks a headline or a text, and readers see the article."
        )
    known = _known(was)
    _fill(article, was, known)
    prepare(article)
    # Its paragraphs get the ids back by which notes and links know them.
    article.body = identify(article.body, previous=was["body"])
    store(article)
    relate(article, Related(known["authors"].found, known["tags"].found))
    link([article])
    record([article], by=by, reason=f"Restored revision {revision.number}", verb=VERB)
    return list(_complaints(was, known))


def irrecoverable(revision: Revision) -> list[str]:
    """What ``revert`` could not bring back, because it is no longer there, a sentence each."""
    return list(_complaints(revision.snapshot, _known(revision.snapshot)))


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows that a version referred to, and the names of those that cannot be found again."""

    found: list[Any] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.doubtful


def _known(was: Snapshot) -> dict[str, _Known]:
    keys = was.get("keys", {})
    return {
        name: _find(model, column, _listed(was.get(name)), _listed(keys.get(name)))
        for name, _, model, column in _RELATIONS
    }


def _find(model: type[Model], column: str, names: Sequence[str], keys: Sequence[int]) -> _Known:
    """By id where the version has ids, else by a name that one row alone bears. What has been
    merged into another is that other."""
    known = _Known()
    by_key = model._default_manager.in_bulk(list(keys))
    by_name: dict[str, list[Model]] = {}
    if len(by_key) < len(names):
        for row in model._default_manager.filter(**{f"{column}__in": names}):
            namesakes = by_name.setdefault(str(getattr(row, column)), [])
            if _standing(row) not in namesakes:
                namesakes.append(_standing(row))
    for place, name in enumerate(names):
        kept = by_key.get(keys[place]) if place < len(keys) else None
        namesakes = [_standing(kept)] if kept else by_name.get(name, [])
        if len(namesakes) != 1:
            (known.doubtful if namesakes else known.missing).append(name)
        elif namesakes[0] not in known.found:
            known.found.append(namesakes[0])
    return known


def _standing(row: Model) -> Model:
    """``row``, or what it has been merged into."""
    return getattr(row, "merged_into", None) or row


def _fill(article: Article, was: Snapshot, known: dict[str, _Known]) -> None:
    """Change the article in memory; what the version did not keep stays as it is."""
    if article.headline != was["headline"]:
        article.headline, article.headline_is_drawn = was["headline"], False
    article.summary, article.body = was["summary"], was["body"]
    article.language, article.dateline_text = was["language"], was["dateline"]
    article.comment_policy = was.get("comment_policy", article.comment_policy)
    if not article.path:
        article.slug = was.get("slug", article.slug)
    if "dateline_date" in was:
        day = date.fromisoformat(was["dateline_date"]) if was["dateline_date"] else None
        if day != article.dateline_date:
            article.dateline_date, article.dateline_year_is_guess = day, False
    for name, attribute in _FIELDS.items():
        if known[name].is_whole:
            setattr(article, attribute, next(iter(known[name].found), None))


def _complaints(was: Snapshot, known: dict[str, _Known]) -> Iterator[str]:
    for relation, label, _, _ in _RELATIONS:
        for name in known[relation].missing:
            yield f"The {label} “{name}” is no longer there."
        for name in known[relation].doubtful:
            yield f"More than one {label} is called “{name}”."
    shown = digests(was["body"])
    kept = Image.objects.filter(sha256__in=shown).values_list("sha256", flat=True)
    if gone := len(shown - set(kept)):
        pictures = "A picture in the text is" if gone == 1 else f"{gone} pictures in the text are"
        yield f"{pictures} no longer in the archive."


def _listed(value: Any) -> list[Any]:
    """What a snapshot holds of one relation, as a list."""
    if isinstance(value, list):
        return value
    return [] if value in ("", None) else [value]
