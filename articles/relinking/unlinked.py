"""How many articles have a name of an entity in their words and are not linked to it."""

from collections.abc import Sequence
from typing import NamedTuple

from articles.linking import About
from articles.models import Mention, MentionState
from articles.relinking.candidates import newest

COUNTED = 5_000
"""Of more articles that have the name, only the newest are counted."""


class Unlinked(NamedTuple):
    number: int
    is_exact: bool


def unlinked(about: About, names: Sequence[str]) -> Unlinked:
    """How many articles have any of ``names`` and neither a link to the entity nor an editor's
    decision against one. A few queries, whatever there is."""
    found = newest(names, COUNTED + 1)
    ids = found[:COUNTED]
    settled = (
        Mention.objects.filter(article__in=ids, **{about.kind.value: about.entity_id})
        .exclude(state=MentionState.SUGGESTED)
        .values("article")
        .distinct()
        .count()
    )
    return Unlinked(len(ids) - settled, len(found) <= COUNTED)
