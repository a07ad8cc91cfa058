"""What a name would link, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.linking import About, foresee
from articles.models import Article, Mention, MentionState
from articles.relinking.candidates import newest
from articles.relinking.quotation import Quotation, quotation

LOOKED_AT = 1_000
"""Articles that a preview links in memory: a second or two."""

_BATCH = 200


class Outcome(StrEnum):
    """What linking would do to a mention; the value says it."""

    LINK = "would be linked"
    SUGGEST = "would be suggested"
    UNLINK = "would no longer be linked"
    RETRACT = "would no longer be suggested"
    ADJUST = "would stay, its place in the text noted anew"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One mention that would change. ``reason`` says why it would be only suggested."""

    article: Article
    mention: Mention
    outcome: Outcome
    is_of_entity: bool
    reason: str
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Preview:
    """What linking would do in the newest articles that have the names. ``changes`` are those of
    all ``looked_at`` articles, ``articles`` counts the articles that would change."""

    looked_at: int
    is_all: bool
    articles: int
    changes: list[Foreseen]

    def of(self, outcome: Outcome) -> list[Foreseen]:
        """The entity's mentions that would come to this."""
        return [one for one in self.changes if one.is_of_entity and one.outcome is outcome]

    @property
    def linked(self) -> list[Foreseen]:
        return self.of(Outcome.LINK)

    @property
    def suggested(self) -> list[Foreseen]:
        return self.of(Outcome.SUGGEST)

    @property
    def unlinked(self) -> list[Foreseen]:
        return self.of(Outcome.UNLINK)

    @property
    def others(self) -> list[Foreseen]:
        """Mentions of other entities that would lose words to this one, or gain some."""
        return [one for one in self.changes if not one.is_of_entity]


def preview(about: About, names: Sequence[str]) -> Preview:
    """Link the newest articles that have any of ``names``, at most ``LOOKED_AT``, in memory, as
    the stored vocabulary says; writes nothing."""
    ids = newest(names, LOOKED_AT + 1)
    looked_at = ids[:LOOKED_AT]
    changes: list[Foreseen] = []
    for start in range(0, len(looked_at), _BATCH):
        changes += _foreseen(looked_at[start : start + _BATCH], about)
    return Preview(
        looked_at=len(looked_at),
        is_all=len(ids) <= LOOKED_AT,
        articles=len({one.article.pk for one in changes}),
        changes=changes,
    )


def _foreseen(ids: Sequence[int], about: About) -> Iterator[Foreseen]:
    """The changes in these articles, in their order."""
    articles = Article.objects.in_bulk(ids)
    changes = foresee(list(articles.values()), about)
    order = {pk: place for place, pk in enumerate(ids)}
    all_changes = [
        *((row, _outcome(row.state, "")) for row in changes.new),
        *((row, _outcome(row.state, before)) for row, before in changes.changed),
        *((row, _of_gone(row.state)) for row in changes.gone),
    ]
    for row, outcome in sorted(all_changes, key=lambda change: order[change[0].article_id]):
        article, mention = articles[row.article_id], row.mention()
        yield Foreseen(
            article=article,
            mention=mention,
            outcome=outcome,
            is_of_entity=_is_of(about, mention),
            reason=mention.reason,
            quotation=quotation(article, mention),
        )


def _is_of(about: About, mention: Mention) -> bool:
    """Whether ``mention`` is of the entity, or a suggestion that may be."""
    entity_id = mention.place_id or mention.person_id or mention.organisation_id
    means = mention.candidates if entity_id is None else [entity_id]
    return mention.kind == about.kind and about.entity_id in means


def _outcome(state: str, before: str) -> Outcome:
    """``before`` is the state that it had; empty when it is new."""
    if state == before:
        return Outcome.ADJUST
    if state == MentionState.LINKED:
        return Outcome.LINK
    return Outcome.UNLINK if before == MentionState.LINKED else Outcome.SUGGEST


def _of_gone(state: str) -> Outcome:
    return Outcome.UNLINK if state == MentionState.LINKED else Outcome.RETRACT
