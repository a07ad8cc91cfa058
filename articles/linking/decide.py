"""Writes what an editor decided about what was found in copy, for ``link`` to leave as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from django.db import transaction

from articles.linking.creation import create, key_of
from articles.linking.findings import FoundMention
from articles.linking.stored import row_of
from articles.models import Article, EntityKind, Mention, MentionRole, MentionState
from articles.text.folding import fold

_Key: TypeAlias = tuple[EntityKind, int | str, bool]


@transaction.atomic
def decide(decisions: Mapping[Article, Sequence[FoundMention]]) -> None:
    """Store confirmed and rejected mentions of articles that have none yet.

    Each is as it was found or chosen, its state saying what was decided. People and organisations
    that are confirmed and not known are made; several that turn out to be one are one mention,
    with the words of all. The caller links the articles and records the change.
    """
    chosen = {article: list(_once(mentions)) for article, mentions in decisions.items()}
    created = create(
        (article.headline, mention)
        for article, mentions in chosen.items()
        for mention in mentions
        if mention.entity_id is None and mention.state is MentionState.CONFIRMED
    )
    Mention.objects.bulk_create(
        row_of(article.pk, mention, mention.entity_id or created.get(key_of(mention))).mention()
        for article, mentions in chosen.items()
        for mention in mentions
    )


def _once(mentions: Sequence[FoundMention]) -> list[FoundMention]:
    """One of each entity and way of being in the article; who is confirmed is not rejected."""
    once: dict[_Key, FoundMention] = {}
    for mention in mentions:
        key = _key(mention)
        other = once.setdefault(key, mention)
        if other is mention:
            continue
        if other.state is not mention.state:
            once[key] = other if other.state is MentionState.CONFIRMED else mention
        else:
            words = dict.fromkeys((*other.occurrences, *mention.occurrences))
            once[key] = replace(other, occurrences=tuple(words), title=other.title or mention.title)
    return list(once.values())


def _key(mention: FoundMention) -> _Key:
    is_dateline = mention.role is MentionRole.FILED_FROM
    return mention.kind, mention.entity_id or fold(mention.name), is_dateline
