"""What is in a record, without storing any of it: for the desk, and in words for a dry run."""

from collections.abc import Iterable, Iterator

from articles.importing.records import ArticleRecord
from articles.importing.report import Outcome, Result
from articles.linking import Copy, Findings, FoundMention, analyse
from articles.models import EntityKind, MentionState
from articles.text import body

_LABELS = {
    EntityKind.PLACE: "places",
    EntityKind.PERSON: "people",
    EntityKind.ORGANISATION: "organisations",
}


def examine(record: ArticleRecord) -> Findings:
    """The places, people, organisations and tags that a record names."""
    return analyse(
        Copy(
            blocks=tuple((block.id, block.text) for block in body.blocks(record.body)),
            headline="" if record.headline_is_drawn else record.headline,
            dateline=record.dateline_text,
            dateline_place_id=record.dateline_place_id,
        )
    )


def find(records: Iterable[ArticleRecord]) -> Iterator[Result]:
    """For each record what an import would store of it and link it to, in words."""
    for record in records:
        yield Result(
            where=record.where,
            outcome=Outcome.FOUND,
            headline=record.headline,
            remarks=tuple(record.remarks),
            findings=_findings(record),
        )


def _findings(record: ArticleRecord) -> dict[str, list[str]]:
    found = examine(record)
    day = (
        record.published_at.date().isoformat()
        if record.published_at
        else "none; the day it is published"
    )
    lines = {
        "dateline": [record.dateline_text] if record.dateline_text else [],
        "date": [f"{day}, the year inferred" if record.dateline_year_is_guess else day],
        "language": [record.language],
        "text": [
            f"{len(body.blocks(record.body))} blocks, {body.count_words(record.body):,} words"
        ],
    }
    for kind, label in _LABELS.items():
        lines[label] = [
            _words(mention)
            for mention in found.mentions
            if mention.kind == kind and mention.state == MentionState.LINKED
        ]
    lines["to be confirmed"] = [
        f"{mention.quote} ({mention.kind}: {mention.reason})"
        for mention in found.mentions
        if mention.state == MentionState.SUGGESTED
    ]
    lines["tags suggested"] = [tag.quote for tag in found.tags]
    return {label: values for label, values in lines.items() if values}


def _words(mention: FoundMention) -> str:
    new = "" if mention.entity_id else " (new)"
    return f"{mention.name}, {mention.title}{new}" if mention.title else f"{mention.name}{new}"
