"""Confirming and rejecting what a machine suggests."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing import rules
from articles.editing.mentions.changes import (
    Was,
    change,
    gone,
    locked,
    may,
    note,
    together,
    write,
)
from articles.editing.rules import Action
from articles.models import (
    Article,
    EntityKind,
    Mention,
    MentionRole,
    MentionState,
    Organisation,
    Person,
    Place,
)

_LONGEST_REASON = 300
_ITS_PLACE = ("quote", "folded", "paragraph", "start", "occurrences", "sentence")


@transaction.atomic
def confirm(
    mentions: Collection[int],
    entity: Place | Person | Organisation,
    *,
    by: User | None,
    reason: str = "",
) -> list[Was]:
    """Say of suggestions, some hundreds at most, that they mean ``entity``.

    They are given by their ids. An article that names the entity already in the same way keeps one
    mention, with the words of both; a dateline that had no place has it now. What somebody has
    decided about meanwhile, or ``by`` may not touch, is passed over. Returns what ``undo`` takes.

    Raises ValidationError when nothing is left, or one is of another kind; PermissionDenied when
    ``by`` may touch none of them.
    """
    kind = EntityKind(str(entity._meta.model_name))
    undecided, articles = _undecided(mentions, by)
    if any(mention.kind != kind for mention in undecided):
        raise ValidationError(f"{entity} is a {kind.label}, which not all of these are.")
    said = str(undecided[0])
    present = _mentions_of(entity, kind, undecided)
    was: list[Was] = []
    absorbed: list[int] = []
    decided: list[Mention] = []
    for mention in undecided:
        other = present.setdefault((mention.article_id, mention.role), mention)
        values: dict[str, Any] = {
            f"{kind.value}_id": entity.pk,
            "state": MentionState.CONFIRMED.value,
            "reason": reason[:_LONGEST_REASON],
        }
        if other is not mention:
            was.append(gone(mention))
            absorbed.append(mention.pk)
            values |= _words_of_both(other, mention)
        was.append(change(other, values))
        decided.append(other)
    Mention.objects.filter(pk__in=absorbed).delete()
    write(decided, was)
    was = _place_datelines(was, undecided, articles, entity)
    note(list(articles.values()), by, "confirm", f"“{said}” is {entity}")
    return was


@transaction.atomic
def reject(mentions: Collection[int], *, by: User | None, reason: str = "") -> list[Was]:
    """Say of suggestions that they mean nothing the archive should link.

    Takes, passes over, returns and raises what ``confirm`` does.
    """
    undecided, articles = _undecided(mentions, by)
    values = {"state": MentionState.REJECTED.value, "reason": reason[:_LONGEST_REASON]}
    was = [change(mention, values) for mention in undecided]
    write(undecided, was)
    note(list(articles.values()), by, "reject", f"“{undecided[0]}”")
    return was


def _undecided(
    mentions: Collection[int], by: User | None
) -> tuple[list[Mention], dict[int, Article]]:
    """The suggestions among ``mentions`` that ``by`` may decide about, and their articles."""
    suggested = Mention.objects.filter(pk__in=mentions, state=MentionState.SUGGESTED)
    articles = locked(suggested.values_list("article", flat=True))
    waiting = list(suggested.filter(article__in=articles).order_by("pk"))
    if not waiting:
        raise ValidationError("A colleague was quicker: all of these are decided.")
    permitted = [mention for mention in waiting if may(by, articles[mention.article_id])]
    if not permitted:
        rules.require(by, Action.LINK, articles[waiting[0].article_id])
    return permitted, {mention.article_id: articles[mention.article_id] for mention in permitted}


def _mentions_of(
    entity: Place | Person | Organisation, kind: EntityKind, undecided: Sequence[Mention]
) -> dict[tuple[int, str], Mention]:
    """The mentions that these articles have of ``entity``, by article and role."""
    known = {mention.pk: mention for mention in undecided}
    articles = [mention.article_id for mention in undecided]
    return {
        (mention.article_id, mention.role): known.get(mention.pk, mention)
        for mention in Mention.objects.filter(article__in=articles, **{kind.value: entity})
    }


def _place_datelines(
    was: list[Was],
    undecided: Sequence[Mention],
    articles: Mapping[int, Article],
    entity: Place | Person | Organisation,
) -> list[Was]:
    """Let datelines that had no place have the one that is confirmed."""
    filed = {
        mention.pk: articles[mention.article_id]
        for mention in undecided
        if mention.role == MentionRole.FILED_FROM
        and articles[mention.article_id].dateline_place_id is None
    }
    if not filed or not isinstance(entity, Place):
        return was
    for article in filed.values():
        article.dateline_place = entity
    Article.objects.bulk_update(filed.values(), ["dateline_place"])
    return [one._replace(placed=bool(one.after) and one.pk in filed) for one in was]


def _words_of_both(other: Mention, mention: Mention) -> dict[str, Any]:
    """What ``other`` says together with ``mention``; one that is adrift says nothing any more, and
    stands from now on where ``mention`` does."""
    if not other.is_adrift:
        return {"occurrences": together(other.occurrences, mention.occurrences)}
    return {name: getattr(mention, name) for name in _ITS_PLACE} | {"is_adrift": False}
