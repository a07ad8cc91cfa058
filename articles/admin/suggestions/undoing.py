"""Taking back what was just decided about names: kept in the session of whoever decided."""

import json
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from articles import vocabulary
from articles.admin.base import editor
from articles.admin.suggestions.facts import MODELS
from articles.admin.suggestions.verbs import Done
from articles.editing import mentions
from articles.editing.mentions import Was
from articles.models import EntityKind, Mention

KEPT = 20
"""Steps that can be taken back, the last first."""

_GREATEST_SIZE = 300_000
"""Characters that these steps have together; the last one is kept whatever its size."""

_SESSION_KEY = "names_undo"


class Step(NamedTuple):
    """Something that can be taken back: its key, and what was said when it was done."""

    key: str
    said: str


def remember(request: HttpRequest, done: Done, name: str) -> None:
    """Keep what undoes a decision, and which name was in front."""
    step = {
        "key": get_random_string(12),
        "said": done.said,
        "was": [list(was) for was in done.was],
        "made": done.made,
        "name": name,
    }
    steps = [*request.session.get(_SESSION_KEY, []), step][-KEPT:]
    while len(steps) > 1 and sum(len(json.dumps(one)) for one in steps) > _GREATEST_SIZE:
        del steps[0]
    request.session[_SESSION_KEY] = steps


def last(request: HttpRequest) -> Step | None:
    """The step that an undo without further words takes back."""
    steps = request.session.get(_SESSION_KEY, [])
    return Step(steps[-1]["key"], steps[-1]["said"]) if steps else None


def take_back(request: HttpRequest, key: str) -> tuple[str, str]:
    """Undo the step of this key: what became of it, in words, and the name that was in front."""
    steps: list[dict[str, Any]] = request.session.get(_SESSION_KEY, [])
    step = next((one for one in steps if one["key"] == key), None)
    if step is None:
        return "This can no longer be taken back here; decide anew in the articles.", ""
    request.session[_SESSION_KEY] = [one for one in steps if one is not step]
    decided = [Was(*was) for was in step["was"]]
    try:
        undone = mentions.undo(decided, by=editor(request))
    except ValidationError as error:
        return " ".join(error.messages), step["name"]
    if step["made"]:
        _unmake(request, *step["made"])
    if not undone:
        return "Nothing was taken back: a colleague has decided anew since.", step["name"]
    noun = "suggestion is" if undone == 1 else "suggestions are"
    return f"Taken back: {undone} {noun} as before.", step["name"]


def _unmake(request: HttpRequest, kind: str, pk: int) -> None:
    """Delete the entry that was made for a decision, unless something else names it by now."""
    entry = MODELS[EntityKind(kind)]._default_manager.filter(pk=pk).first()
    if entry is not None and not Mention.objects.filter(**{kind: entry}).exists():
        vocabulary.delete_entity(entry, by=editor(request))
