"""What editors left open of what was found: words that they decided about, no machine links."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from articles.linking.anchoring import sentence_around
from articles.linking.findings import Findings, FoundMention, overlap
from articles.linking.stored import Row
from articles.models import MentionState


def left_open(findings: Findings, decided: Collection[Row], blocks: Mapping[str, str]) -> Findings:
    """``findings`` of one article without the words that the ``decided`` mentions of it stand on.

    Words that were confirmed mean nothing else; those that were rejected may still be of another
    kind. The same words elsewhere in the text, ``blocks``, are left open.
    """
    if not decided:
        return findings
    return replace(findings, mentions=tuple(_open(findings.mentions, decided, blocks)))


def _open(
    mentions: Collection[FoundMention], decided: Collection[Row], blocks: Mapping[str, str]
) -> Iterator[FoundMention]:
    for mention in mentions:
        settled = [
            place
            for row in decided
            if row.kind == mention.kind or row.state == MentionState.CONFIRMED
            for place in row.places
        ]
        occurrences = tuple(
            occurrence
            for occurrence in mention.occurrences
            if not any(overlap(occurrence, place) for place in settled)
        )
        if occurrences == mention.occurrences:
            yield mention
        elif occurrences:
            paragraph, start, words = occurrences[0]
            sentence = sentence_around(blocks[paragraph], start, start + len(words))
            yield replace(mention, occurrences=occurrences, sentence=sentence)
