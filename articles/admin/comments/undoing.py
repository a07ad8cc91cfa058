"""Taking back what was just decided: kept in the session of whoever decided, so that it is valid
for nobody else, and for as long as they are signed in."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from articles.admin.base import editor
from articles.admin.comments.verbs import Done
from articles.comments import counts, moderation, staff
from articles.comments.judging import standings
from articles.comments.moderation import Was
from articles.models import Comment, Standing

KEPT = 20
"""Steps that can be taken back, the last first."""

_GREATEST_SIZE = 200_000
"""Characters that these steps have together, roughly; the last one is kept whatever its size."""

_SESSION_KEY = "moderation_undo"


class Step(NamedTuple):
    """Something that can be taken back: its key, and what was said when it was done."""

    key: str
    said: str


class TakenBack(NamedTuple):
    """What became of an undo, in words; and the comment that had been in front, if one was."""

    said: str
    comment: int | None = None


def remember(request: HttpRequest, done: Done, *, comment: int | None = None) -> str:
    """Keep what undoes a verb, and which comment was in front; returns the key of the step."""
    key = get_random_string(12)
    step = {
        "key": key,
        "said": done.said,
        "was": [_packed(one) for one in done.was],
        "standing": done.standing.pk if done.standing else None,
        "words": done.words,
        "wrote": done.wrote,
        "comment": comment,
    }
    steps = [*request.session.get(_SESSION_KEY, []), step][-KEPT:]
    while len(steps) > 1 and sum(map(_size, steps)) > _GREATEST_SIZE:
        del steps[0]
    request.session[_SESSION_KEY] = steps
    return key


def last(request: HttpRequest) -> Step | None:
    """The step that an undo without further words takes back."""
    steps = request.session.get(_SESSION_KEY, [])
    return Step(steps[-1]["key"], steps[-1]["said"]) if steps else None


def take_back(request: HttpRequest, key: str) -> TakenBack:
    """Undo the step of this key."""
    steps: list[dict[str, Any]] = request.session.get(_SESSION_KEY, [])
    step = next((one for one in steps if one["key"] == key), None)
    if step is None:
        return TakenBack("This can no longer be taken back here; decide anew instead.")
    request.session[_SESSION_KEY] = [one for one in steps if one is not step]
    if step["standing"]:
        return TakenBack(_lift(request, step["standing"]), step["comment"])
    if step["words"]:
        return TakenBack(_put_back(request, step), step["comment"])
    was = [_unpacked(one) for one in step["was"]]
    undone = moderation.undo(was, by=editor(request))
    left = len(was) - undone
    if not undone:
        said = "Nothing was taken back: a colleague has decided anew since."
        return TakenBack(said, step["comment"])
    noun = "comment is" if undone == 1 else "comments are"
    said = f"Taken back: {undone} {noun} as before."
    if left:
        said += f" {left} stayed: they are gone, or a colleague has decided anew since."
    return TakenBack(said, step["comment"])


def _lift(request: HttpRequest, pk: int) -> str:
    standing = Standing.objects.filter(pk=pk).first()
    before = standings.take_back(standing, by=editor(request)) if standing else None
    if standing is None or before is None:
        return "The ban had ended already."
    if before:
        return f"Taken back; as before, {before[0]}."
    return f"Taken back: {standing.email or standing.network} may comment again."


@transaction.atomic
def _put_back(request: HttpRequest, step: dict[str, Any]) -> str:
    # Nobody edits the comment between the look at it and what is done to it.
    counts.lock(Comment.objects.filter(pk=step["comment"]).values_list("article", flat=True))
    comment = Comment.objects.filter(pk=step["comment"]).first()
    if comment is not None and comment.text != step["wrote"]:
        return "Nothing was taken back: somebody has changed the words of the comment since."
    if comment is None or not staff.edit(comment, step["words"], by=editor(request)):
        return "There was nothing to take back."
    return f"Taken back: the comment of {comment.author_name} says again what it said."


def _size(step: dict[str, Any]) -> int:
    return 100 * len(step["was"]) + len(step["words"]) + len(step["wrote"])


def _packed(was: Was) -> list[Any]:
    """A row of JSON."""
    return [
        was.pk,
        was.state,
        was.decided_at and was.decided_at.isoformat(),
        was.decided_by,
        was.reason,
        was.until.isoformat(),
        list(was.reports),
    ]


def _unpacked(row: list[Any]) -> Was:
    pk, state, decided_at, decided_by, reason, until, reports = row
    return Was(
        pk,
        state,
        datetime.fromisoformat(decided_at) if decided_at else None,
        decided_by,
        reason,
        datetime.fromisoformat(until),
        tuple(reports),
    )
