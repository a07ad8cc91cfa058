"""Linking confined to one place, person or organisation, all else in an article left as it is."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from articles.linking.findings import Findings, FoundMention, overlap
from articles.linking.stored import Row
from articles.models import EntityKind, MentionState


class About(NamedTuple):
    """Whom linking is confined to."""

    kind: EntityKind
    entity_id: int

    def is_of(self, mention: FoundMention | Row) -> bool:
        """Whether ``mention`` is of it, or a suggestion that may be."""
        if mention.entity_id is None:
            return mention.kind == self.kind and self.entity_id in mention.candidates
        return (mention.kind, mention.entity_id) == self


def concerns(
    about: About, findings: Findings, stored: Iterable[Row]
) -> Callable[[FoundMention | Row], bool]:
    """A test of whether a mention of one article is of ``about``, or shares words with one that
    is, found or ``stored``: the longer name takes them, and each word is linked once."""
    mentions: list[FoundMention | Row] = [*findings.mentions, *stored]
    words = [
        occurrence
        for mention in mentions
        if about.is_of(mention)
        for occurrence in mention.occurrences
    ]

    def test(mention: FoundMention | Row) -> bool:
        return about.is_of(mention) or any(
            overlap(one, other) for one in mention.occurrences for other in words
        )

    return test


def confined(about: About, findings: Findings, test: Callable[[FoundMention], bool]) -> Findings:
    """What of ``findings`` passes the test. Nobody new is made: that is not what was asked for."""
    filed_from = findings.dateline_place_id
    is_filed = about == (EntityKind.PLACE, filed_from)
    return Findings(
        mentions=tuple(
            mention
            for mention in findings.mentions
            if test(mention)
            and (mention.entity_id is not None or mention.state is MentionState.SUGGESTED)
        ),
        dateline_place_id=filed_from if is_filed else None,
    )
