"""Writes what was found in articles as their mentions and tag suggestions.

Bulk: the number of queries is the same for one article and for a thousand. What an editor
confirmed or rejected stays as it is, and nothing is written where nothing has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Coalesce

from articles.linking import names
from articles.linking.analyse import find_mentions
from articles.linking.creation import Created, create, key_of
from articles.linking.findings import Copy, Findings, FoundMention, Occurrence
from articles.linking.scope import About, concerns, confined
from articles.linking.tags import TagMatcher, tag_matcher
from articles.models import (
    Article,
    EntityKind,
    Mention,
    MentionRole,
    MentionState,
    Tag,
    Tagging,
    TagSuggestion,
)
from articles.text import body
from articles.text.folding import fold

_BATCH = 500
_LONGEST_QUOTE = 200
_WRITTEN = (
    "role", "state", "title", "quote", "folded", "paragraph", "start", "occurrences", "reason",
    "candidates",
)  # fmt: skip

#: What tells the mentions of one article apart: the kind, the entity's id or, for somebody
#: unknown, the folded words, and whether it is the dateline's.
_Key = tuple[str, int | str, bool]


def analyse(copy: Copy) -> Findings:
    """What ``copy`` names, going by the archive's vocabulary and tags. Writes nothing."""
    return find_mentions(copy, names.current(), _tags())


def link(articles: Sequence[Article], about: About | None = None) -> set[int]:
    """Find and write the mentions of ``articles``, which are saved; also their tag suggestions,
    and the place of a dateline where none is set. The answer is the ids of the articles of which
    any of these changed.

    People and organisations that are certain are created. Confined to ``about``, nothing is
    written but what concerns that entity. The caller records the change.
    """
    found = _find(articles)
    with transaction.atomic():
        stored = _read_stored(found)
        if about:
            _confine(about, found, stored)
        changed = _write_mentions(articles, found, stored)
        changed |= _write_datelines(articles, found, stored)
        return changed if about else changed | _write_tag_suggestions(found)


def foresee(articles: Sequence[Article], about: About | None = None) -> Changes:
    """What ``link`` would change in the mentions of ``articles``. Writes nothing."""
    found = _find(articles)
    stored = _read_stored(found)
    if about:
        _confine(about, found, stored)
    return _changes(found, stored, {})


def _find(articles: Sequence[Article]) -> dict[int, Findings]:
    vocabulary, tags = names.current(), _tags()
    return {article.pk: find_mentions(copy_of(article), vocabulary, tags) for article in articles}


def copy_of(article: Article) -> Copy:
    """``article`` as linking reads it; a drawn headline, which only repeats the text, left out."""
    return Copy(
        blocks=tuple((block.id, block.text) for block in body.blocks(article.body)),
        headline="" if article.headline_is_drawn else article.headline,
        dateline=article.dateline_text,
        dateline_place_id=article.dateline_place_id,
    )


def _tags() -> TagMatcher:
    """The matcher of the archive's tags; the name of a merged one means what it was merged into."""
    names = Tag.objects.order_by("pk").values_list(Coalesce("merged_into", "pk"), "name")
    return tag_matcher(tuple(names))


@dataclass(slots=True)
class _Stored:
    """The mentions that an article has: those a machine may replace, and what an editor decided."""

    replaceable: dict[_Key, Mention] = field(default_factory=dict)
    surplus: list[Mention] = field(default_factory=list)
    decided: dict[_Key, str] = field(default_factory=dict)
    decided_words: set[tuple[str, str]] = field(default_factory=set)

    def add(self, mention: Mention) -> None:
        key = _key_of(mention)
        if mention.state in {MentionState.CONFIRMED, MentionState.REJECTED}:
            self.decided[key] = mention.state
            words = (mention.quote, *(words for _, _, words in mention.occurrences))
            self.decided_words.update((mention.kind, fold(each)) for each in words)
        elif key in self.replaceable:
            self.surplus.append(mention)
        else:
            self.replaceable[key] = mention

    def is_decided(self, found: FoundMention) -> bool:
        """Whether an editor has spoken about its entity, or settled what its words mean."""
        words = fold(found.quote[:_LONGEST_QUOTE])
        key = found.kind.value, found.entity_id or words, found.role is MentionRole.FILED_FROM
        if key in self.decided:
            return True
        is_proved = found.entity_id is not None and found.state is MentionState.LINKED
        return not is_proved and (found.kind.value, words) in self.decided_words

    def undecided(self) -> list[Mention]:
        return [*self.replaceable.values(), *self.surplus]

    def keep(self, test: Callable[[Mention], bool]) -> None:
        """Regard of those a machine may replace only the ones that pass the test."""
        self.replaceable = {key: one for key, one in self.replaceable.items() if test(one)}
        self.surplus = [mention for mention in self.surplus if test(mention)]

    def rejects_dateline(self, place_id: int) -> bool:
        state = self.decided.get((EntityKind.PLACE, place_id, True))
        return state == MentionState.REJECTED


def _read_stored(found: dict[int, Findings]) -> defaultdict[int, _Stored]:
    stored: defaultdict[int, _Stored] = defaultdict(_Stored)
    for mention in Mention.objects.filter(article__in=found).order_by("pk"):
        stored[mention.article_id].add(mention)
    return stored


def _confine(about: About, found: dict[int, Findings], stored: defaultdict[int, _Stored]) -> None:
    for pk, findings in found.items():
        test = concerns(about, findings, stored[pk].undecided())
        found[pk] = confined(about, findings, test)
        stored[pk].keep(test)


@dataclass(frozen=True, slots=True)
class Changes:
    """Mentions that linking adds, changes (with the state that each had) and takes away."""

    new: list[Mention] = field(default_factory=list)
    changed: list[tuple[Mention, str]] = field(default_factory=list)
    gone: list[Mention] = field(default_factory=list)

    @property
    def articles(self) -> set[int]:
        mentions = (*self.new, *(mention for mention, _ in self.changed), *self.gone)
        return {mention.article_id for mention in mentions}


def _write_mentions(
    articles: Sequence[Article], found: dict[int, Findings], stored: defaultdict[int, _Stored]
) -> set[int]:
    created = create(
        (article.headline, mention)
        for article in articles
        for mention in found[article.pk].mentions
        if mention.entity_id is None
        and mention.state is MentionState.LINKED
        and not stored[article.pk].is_decided(mention)
    )
    changes = _changes(found, stored, created)
    if changes.gone:
        Mention.objects.filter(pk__in=[mention.pk for mention in changes.gone]).delete()
    if changes.changed:
        changed = [mention for mention, _ in changes.changed]
        Mention.objects.bulk_update(changed, _WRITTEN, batch_size=_BATCH)
    if changes.new:
        Mention.objects.bulk_create(changes.new, batch_size=_BATCH)
    return changes.articles


def _changes(
    found: dict[int, Findings], stored: defaultdict[int, _Stored], created: Created
) -> Changes:
    changes = Changes()
    for pk, findings in found.items():
        has = stored[pk]
        for mention in findings.mentions:
            if has.is_decided(mention):
                continue
            wanted = row(pk, mention, mention.entity_id or created.get(key_of(mention)))
            if _key_of(wanted) in has.decided:
                continue
            present = has.replaceable.pop(_key_of(wanted), None)
            if present is None:
                changes.new.append(wanted)
                continue
            state = present.state
            if _copy_changes(wanted, present):
                changes.changed.append((present, state))
        changes.gone.extend(has.undecided())
    return changes


def row(article_id: int, found: FoundMention, entity_id: int | None) -> Mention:
    """``found`` as a mention of the article, not yet stored."""
    first = found.occurrences[0] if found.occurrences else Occurrence("", 0, "")
    return Mention(
        article_id=article_id,
        kind=found.kind.value,
        place_id=entity_id if found.kind is EntityKind.PLACE else None,
        person_id=entity_id if found.kind is EntityKind.PERSON else None,
        organisation_id=entity_id if found.kind is EntityKind.ORGANISATION else None,
        role=found.role.value,
        state=found.state.value,
        title=found.title,
        quote=first.words[:_LONGEST_QUOTE],
        folded=fold(found.quote)[:_LONGEST_QUOTE],
        paragraph=first.paragraph,
        start=first.start,
        occurrences=[list(occurrence) for occurrence in found.occurrences],
        reason=found.reason,
        candidates=list(found.candidates),
    )


def _key_of(mention: Mention) -> _Key:
    entity_id = mention.place_id or mention.person_id or mention.organisation_id
    is_dateline = mention.role == MentionRole.FILED_FROM
    return mention.kind, entity_id or fold(mention.quote), is_dateline


def _copy_changes(wanted: Mention, present: Mention) -> bool:
    """Make ``present`` say what ``wanted`` says; whether that changed anything."""
    changes = {
        name: value
        for name in _WRITTEN
        if (value := getattr(wanted, name)) != getattr(present, name)
    }
    for name, value in changes.items():
        setattr(present, name, value)
    return bool(changes)


def _write_datelines(
    articles: Iterable[Article], found: dict[int, Findings], stored: defaultdict[int, _Stored]
) -> set[int]:
    resolved = []
    for article in articles:
        place_id = found[article.pk].dateline_place_id
        if article.dateline_place_id is not None or place_id is None:
            continue
        if not stored[article.pk].rejects_dateline(place_id):
            article.dateline_place_id = place_id
            resolved.append(article)
    if resolved:
        Article.objects.bulk_update(resolved, ["dateline_place"], batch_size=_BATCH)
    return {article.pk for article in resolved}


def _write_tag_suggestions(found: dict[int, Findings]) -> set[int]:
    carried = set(
        Tagging.objects.filter(content_object__in=found).values_list("content_object_id", "tag_id")
    )
    stored = {
        (suggestion.article_id, suggestion.tag_id): suggestion
        for suggestion in TagSuggestion.objects.filter(article__in=found)
    }
    wanted = {
        (pk, tag.tag_id): tag.quote[:_LONGEST_QUOTE]
        for pk, findings in found.items()
        for tag in findings.tags
        if (pk, tag.tag_id) not in carried
    }
    stale = [
        suggestion
        for key, suggestion in stored.items()
        if key not in wanted and not suggestion.is_rejected
    ]
    if stale:
        TagSuggestion.objects.filter(pk__in=[suggestion.pk for suggestion in stale]).delete()
    new = [
        TagSuggestion(article_id=article_id, tag_id=tag_id, quote=quote)
        for (article_id, tag_id), quote in wanted.items()
        if (article_id, tag_id) not in stored
    ]
    if new:
        TagSuggestion.objects.bulk_create(new, batch_size=_BATCH)
    return {suggestion.article_id for suggestion in (*new, *stale)}
