"""What can be decided about a name that waits, and about a mention whose sentence is gone."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from articles.admin.suggestions.facts import AT_ONCE, MODELS
from articles.admin.suggestions.scope import Scope, number
from articles.editing import mentions
from articles.editing.mentions import Was
from articles.models import EntityKind, Organisation, Person, Place


class Done(NamedTuple):
    """What became of a decision: in words, and what undoes it."""

    said: str
    was: list[Was]
    made: tuple[str, int] | None = None
    """The entry that was made for it: its kind and id."""


@transaction.atomic
def decide(scope: Scope, given: QueryDict, by: User) -> Done:
    """Confirm or reject suggestions of a name: those ticked, or as many as go at once.

    Raises ValidationError, in words for the editor, when it cannot be done; LookupError when there
    is no such verb; PermissionDenied when ``by`` may not.
    """
    folded, reason = given.get("name", ""), given.get("reason", "")
    waiting = scope.of(folded).order_by("-id")
    if given.get("scope") == "ticked":
        ticked = [pk for pk in map(number, given.getlist("mention")) if pk][:AT_ONCE]
        waiting = waiting.filter(pk__in=ticked)
        if not ticked:
            raise ValidationError("Tick the articles that you mean, or choose all of them.")
    ids = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        raise ValidationError("A colleague was quicker: all of these are decided.")
    match given.get("verb"):
        case "confirm":
            entity, made = _chosen(scope.kind, given, by)
            was = mentions.confirm(ids, entity, by=by, reason=reason)
            return Done(f"{_articles(was)}: “{_words(given)}” is {entity}.", was, made)
        case "reject":
            was = mentions.reject(ids, by=by, reason=reason)
            return Done(f"{_articles(was)}: “{_words(given)}” is rejected.", was)
    raise LookupError


def see_to(given: QueryDict, by: User) -> Done:
    """Anchor, keep or drop a mention whose sentence is gone. Raises as ``decide`` does."""
    pk = number(given.get("mention")) or 0
    words = given.get("words", "")
    acts: dict[str, Callable[[], tuple[Was, str]]] = {
        "anchor": lambda: (mentions.anchor(pk, words, by=by), f"stands now at “{words}”"),
        "keep": lambda: (mentions.keep(pk, by=by), "is kept, without words of the text"),
        "drop": lambda: (mentions.drop(pk, by=by), "is dropped"),
    }
    was, said = acts[given.get("verb", "")]()
    return Done(f"“{_words(given)}” {said}.", [was])


def _chosen(
    kind: EntityKind, given: QueryDict, by: User
) -> tuple[Place | Person | Organisation, tuple[str, int] | None]:
    """The entry that is chosen, made if it is a new one."""
    choice = given.get("choice", "")
    if choice == "new":
        made = mentions.new_entry(kind, given.get("new_name", ""), by=by)
        return made, (kind.value, made.pk)
    rows = MODELS[kind]._default_manager.filter(merged_into__isnull=True)
    entity = rows.filter(pk=number(choice) or 0).first()
    if entity is None:
        raise ValidationError(
            "Choose whom it means first." if not choice else "The entry is gone: choose another."
        )
    return entity, None


def _words(given: QueryDict) -> str:
    return given.get("shown", "") or given.get("name", "")


def _articles(was: list[Was]) -> str:
    count = len({one.pk for one in was if one.after})
    return "1 article" if count == 1 else f"{count} articles"
