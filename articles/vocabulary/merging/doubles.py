"""What an entry and the one it is merged into both have: of two rows alike one stays."""

from collections.abc import Iterator

from django.db.models import Model, OuterRef, Subquery

from articles.models import (
    Mention,
    MentionState,
    Merge,
    MergeMove,
    TagSuggestion,
    VocabularyKind,
    rows,
)
from articles.vocabulary.merging.belongings import Belonging
from articles.vocabulary.merging.kept_rows import values_of

Pair = tuple[Model, Model]
Row = tuple[int, str, int, str, dict[str, object]]

_BATCH = 500

# What an editor confirmed or rejected is never undone by the machine.
_WEIGHT = {
    MentionState.CONFIRMED: 3,
    MentionState.REJECTED: 2,
    MentionState.LINKED: 1,
    MentionState.SUGGESTED: 0,
}


def settle(merge: Merge, belonging: Belonging) -> None:
    """Delete one of each two rows that would be doubles, and keep in moves of ``merge`` all that
    it held. The mention that stays has the occurrences of both."""
    model, column = belonging.model, belonging.column
    for pairs in _pairs(merge, belonging):
        losers: list[int] = []
        changed: list[tuple[list[object], int]] = []
        moves: list[Row] = []
        for source, target in pairs:
            winner, loser = (source, target) if _outweighs(source, target) else (target, source)
            losers.append(loser.pk)
            moves.append(_move(merge, loser, column, values_of(loser)))
            if isinstance(winner, Mention) and isinstance(loser, Mention):
                was = list(winner.occurrences)
                if unite(winner, loser):
                    changed.append((winner.occurrences, winner.pk))
                    moves.append(_move(merge, winner, "occurrences", {"occurrences": was}))
        model._default_manager.filter(pk__in=losers).delete()
        rows.update(Mention, ["occurrences"], changed)
        rows.insert(MergeMove, ("merge", "model", "row", "field", "was"), moves)


def unite(winner: Mention, loser: Mention) -> bool:
    """Give ``winner`` the occurrences of ``loser`` that it has not; whether there were any. Words
    that an editor rejected are not taken."""
    if loser.state == MentionState.REJECTED or winner.state == MentionState.REJECTED:
        return False
    added = [one for one in loser.occurrences if one not in winner.occurrences]
    winner.occurrences = [*winner.occurrences, *added]
    return bool(added)


def _pairs(merge: Merge, belonging: Belonging) -> Iterator[list[Pair]]:
    """Rows of the source, each with the target's that is like it, a batch at a time."""
    kind = VocabularyKind(merge.kind)
    theirs = belonging.of(kind, merge.source_id)
    others = belonging.of(kind, merge.target_id)
    if belonging.is_few:
        alike = {_likeness(row, belonging): row for row in others}
        keyed = ((row, alike.get(_likeness(row, belonging))) for row in theirs)
        yield [(row, twin) for row, twin in keyed if twin is not None]
        return
    same = {name: OuterRef(name) for name in belonging.alike}
    twin = Subquery(others.filter(**same).order_by("pk").values("pk")[:1])
    with_twins = theirs.annotate(twin=twin).filter(twin__isnull=False).order_by("pk")
    last = 0
    while batch := dict(with_twins.filter(pk__gt=last).values_list("pk", "twin")[:_BATCH]):
        last = max(batch)
        found = belonging.model._default_manager.in_bulk([*batch, *batch.values()])
        yield [(found[pk], found[twin]) for pk, twin in batch.items()]


def _likeness(row: Model, belonging: Belonging) -> tuple[object, ...]:
    fields = {field.name: field.attname for field in row._meta.concrete_fields}
    return tuple(getattr(row, fields[name]) for name in belonging.alike)


def _outweighs(source: Model, target: Model) -> bool:
    """Whether the source's row stays, and not the target's."""
    if isinstance(source, Mention) and isinstance(target, Mention):
        return _WEIGHT[MentionState(source.state)] > _WEIGHT[MentionState(target.state)]
    if isinstance(source, TagSuggestion) and isinstance(target, TagSuggestion):
        return source.is_rejected and not target.is_rejected
    return False


def _move(merge: Merge, row: Model, field: str, was: dict[str, object]) -> Row:
    return merge.pk, row._meta.model_name or "", row.pk, field, was
