"""Writes what was found in articles as their mentions and tag suggestions.

Bulk: the number of queries is the same for one article and for a thousand. What an editor
confirmed or rejected stays as it is, and nothing is written where nothing has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Coalesce

from articles.linking import names
from articles.linking.analyse import HEADLINE, find_mentions
from articles.linking.creation import Created, create, key_of
from articles.linking.findings import Copy, Findings
from articles.linking.left_open import left_open
from articles.linking.scope import About, concerns, confined
from articles.linking.stored import WRITTEN, Row, Stored, anchored, read_stored, row_of
from articles.linking.tags import TagMatcher, tag_matcher
from articles.models import Article, Mention, MentionState, Tag, Tagging, TagSuggestion, rows
from articles.text import body

_BATCH = 500
_LONGEST_QUOTE = 200


def analyse(copy: Copy) -> Findings:
    """What ``copy`` names, going by the archive's vocabulary and tags. Writes nothing."""
    return find_mentions(copy, names.current(), _tags())


def find(articles: Iterable[Article]) -> dict[int, Findings]:
    """What each article names, by its id: most of the work of ``link``. Writes nothing."""
    vocabulary, tags = names.current(), _tags()
    return {article.pk: find_mentions(copy_of(article), vocabulary, tags) for article in articles}


def link(
    articles: Sequence[Article],
    about: About | None = None,
    found: Mapping[int, Findings] | None = None,
) -> set[int]:
    """Find and write the mentions of ``articles``, which are saved; also their tag suggestions,
    and the place of a dateline where none is set. The answer is the ids of the articles of which
    any of these changed.

    People and organisations that are certain are created. Confined to ``about``, nothing is
    written but what concerns that entity. ``found`` is what ``find`` has found in them, where that
    was asked before a transaction was begun. The caller records the change.
    """
    found = dict(find(articles) if found is None else found)
    with transaction.atomic():
        stored = read_stored(found)
        changed: set[int] = set()
        if about:
            _confine(about, found, stored)
        else:
            changed |= _anchor(articles, found, stored) | _write_tag_suggestions(found)
        _leave_decided(articles, found, stored)
        changed |= _write_mentions(articles, found, stored)
        changed |= _write_datelines(articles, found, stored)
        return changed


def foresee(articles: Sequence[Article], about: About | None = None) -> Changes:
    """What ``link`` would change in the mentions of ``articles``. Writes nothing."""
    found = find(articles)
    stored = read_stored(found)
    if about:
        _confine(about, found, stored)
    _leave_decided(articles, found, stored)
    return _changes(found, stored, {})


def copy_of(article: Article) -> Copy:
    """``article`` as linking reads it; a drawn headline, which only repeats the text, left out."""
    return Copy(
        blocks=tuple((block.id, block.text) for block in body.blocks(article.body)),
        headline="" if article.headline_is_drawn else article.headline,
        dateline=article.dateline_text,
        dateline_place_id=article.dateline_place_id,
        day=article.dateline_date or (article.published_at and article.published_at.date()),
    )


def _tags() -> TagMatcher:
    """The matcher of the archive's tags; the name of a merged one means what it was merged into."""
    names = Tag.objects.order_by("pk").values_list(Coalesce("merged_into", "pk"), "name")
    return tag_matcher(tuple(names))


def _confine(about: About, found: dict[int, Findings], stored: defaultdict[int, Stored]) -> None:
    for pk, findings in found.items():
        test = concerns(about, findings, stored[pk].undecided())
        found[pk] = confined(about, findings, test)
        stored[pk].keep(test)


def _leave_decided(
    articles: Iterable[Article], found: dict[int, Findings], stored: defaultdict[int, Stored]
) -> None:
    for article in articles:
        if decided := stored[article.pk].decided.values():
            blocks = _blocks(copy_of(article))
            found[article.pk] = left_open(found[article.pk], decided, blocks)


@dataclass(frozen=True, slots=True)
class Changes:
    """Mentions that linking adds, changes (with the state that each had) and takes away."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, str]] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)

    @property
    def articles(self) -> set[int]:
        concerned = (*self.new, *(row for row, _ in self.changed), *self.gone)
        return {row.article_id for row in concerned}


def _write_mentions(
    articles: Sequence[Article], found: dict[int, Findings], stored: defaultdict[int, Stored]
) -> set[int]:
    created = create(
        (article.headline, mention)
        for article in articles
        for mention in found[article.pk].mentions
        if mention.entity_id is None
        and mention.state is MentionState.LINKED
        and not stored[article.pk].is_decided(row_of(article.pk, mention, None))
    )
    changes = _changes(found, stored, created)
    if changes.gone:
        Mention.objects.filter(pk__in=[row.id for row in changes.gone]).delete()
    _rewrite(row for row, _ in changes.changed)
    rows.insert(Mention, Row._fields[1:], (row[1:] for row in changes.new))
    return changes.articles


def _changes(
    found: dict[int, Findings], stored: defaultdict[int, Stored], created: Created
) -> Changes:
    changes = Changes()
    for pk, findings in found.items():
        has = stored[pk]
        for mention in findings.mentions:
            entity_id = mention.entity_id
            if entity_id is None and has.is_decided(row_of(pk, mention, None)):
                continue
            wanted = row_of(pk, mention, entity_id or created.get(key_of(mention)))
            if has.is_decided(wanted):
                continue
            present = has.replaceable.pop(wanted.key, None)
            if present is None:
                changes.new.append(wanted)
            elif wanted.says != present.says:
                changes.changed.append((wanted._replace(id=present.id), present.state))
        changes.gone.extend(has.undecided())
    return changes


def _rewrite(changed: Iterable[Row]) -> None:
    rows.update(Mention, WRITTEN, ((*row.says, row.id) for row in changed))


def _anchor(
    articles: Iterable[Article], found: dict[int, Findings], stored: defaultdict[int, Stored]
) -> set[int]:
    """Move what editors decided to where its words now stand."""
    moved = [
        row
        for article in articles
        if (decided := stored[article.pk].decided)
        for row in _moved(copy_of(article), found[article.pk], decided.values())
    ]
    _rewrite(moved)
    now = {row.id: row for row in moved}
    for pk in {row.article_id for row in moved}:
        decided = stored[pk].decided
        decided.update({key: now.get(row.id, row) for key, row in decided.items()})
    return {row.article_id for row in moved}


def _moved(copy: Copy, findings: Findings, decided: Iterable[Row]) -> Iterator[Row]:
    blocks = _blocks(copy)
    named = {
        row_of(0, mention, mention.entity_id).key: mention
        for mention in findings.mentions
        if mention.state is MentionState.LINKED and mention.entity_id is not None
    }
    for row in decided:
        now = anchored(row, named.get(row.key), blocks)
        if now != row:
            yield now


def _blocks(copy: Copy) -> dict[str, str]:
    """The texts of the paragraphs by their ids, and the headline."""
    return {**dict(copy.blocks), **({HEADLINE: copy.headline} if copy.headline else {})}


def _write_datelines(
    articles: Iterable[Article], found: dict[int, Findings], stored: defaultdict[int, Stored]
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
