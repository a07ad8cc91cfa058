"""Stores a batch of records: a constant number of queries, all or nothing."""

import hashlib
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import editing
from articles.editing import addresses
from articles.editing.rules import Action
from articles.importing import pictures
from articles.importing.normalise import midday
from articles.importing.records import ArticleRecord, Options, Picture
from articles.importing.report import Outcome, Result
from articles.importing.vocabulary import find_or_make
from articles.linking import decide, link
from articles.models import (
    Article,
    ArticleQuerySet,
    Author,
    Byline,
    Correction,
    Image,
    Revision,
    Section,
    SourceDocument,
    Status,
    Tag,
    Tagging,
    TagSuggestion,
)
from articles.text import body

ACTOR = "import"
# What somebody took away from readers does not come back by an import.
_NOT_PUBLISHED = frozenset({Status.WITHDRAWN, Status.BIN})
_WITHOUT_ADDRESS = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.BIN})


@transaction.atomic
def write(
    records: Sequence[ArticleRecord], options: Options, *, by: User | None = None
) -> list[Result]:
    """Store the records as articles, published or as drafts, and tell what became of each.

    ``by`` is the editor who brings them in and whose they are; None when a program does, on
    nobody's behalf. A record whose source and source id the archive has already is that article:
    unchanged if it came from the same original, brought up to date if not, and left alone if
    somebody other than an import has changed it since.
    """
    unique = {_key(record): record for record in reversed(records)}
    present = _present(unique)
    edited = _edited(present.values())
    results: dict[tuple[str, str], Result] = {}
    pairs: list[tuple[Article, ArticleRecord]] = []
    for key, record in reversed(unique.items()):
        article = present.get(key)
        outcome = Outcome.ADDED
        if article is not None:
            outcome = Outcome.UPDATED
            if record.is_fingerprinted or _sha256(record) == article.source_document.sha256:
                outcome = Outcome.UNCHANGED
            elif article.pk in edited:
                outcome = Outcome.KEPT
        results[key] = _result(record, outcome, article)
        if outcome in (Outcome.ADDED, Outcome.UPDATED):
            filled = _fill(article or Article(created_by=by), record, publish=options.publish)
            pairs.append((filled, record))
    if pairs:
        _store(pairs, pictures.store([record for _, record in pairs], options.media_root), by)
        for article, record in pairs:
            results[_key(record)] = _result(record, results[_key(record)].outcome, article)
    repeated = [record for record in records if record is not unique[_key(record)]]
    return [results[key] for key in reversed(unique)] + [
        _result(record, Outcome.UNCHANGED, None) for record in repeated
    ]


def stored_as(record: ArticleRecord) -> Article | None:
    """The article that the archive has of this record already."""
    source, source_id = _key(record)
    return _of_source(source, [source_id]).first()


def _key(record: ArticleRecord) -> tuple[str, str]:
    """What makes two records the same article; the same words are, wherever they came from."""
    return ("" if record.is_fingerprinted else record.source, record.source_id)


def _present(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Article]:
    by_source: dict[str, list[str]] = {}
    for source, source_id in keys:
        by_source.setdefault(source, []).append(source_id)
    found: dict[tuple[str, str], Article] = {}
    for source, ids in by_source.items():
        # Locked, so that no editor's change comes between what is read here and what is written.
        locked = _of_source(source, ids).select_for_update(of=("self",)).order_by("pk")
        for article in locked.select_related("source_document").defer("source_document__content"):
            found[source, article.source_id] = article
    return found


def _of_source(source: str, ids: Sequence[str]) -> ArticleQuerySet:
    articles = Article.objects.filter(source_id__in=ids)
    return articles.filter(source=source) if source else articles


def _edited(articles: Iterable[Article]) -> set[int]:
    ids = [article.pk for article in articles]
    return set(
        Revision.objects.filter(article__in=ids)
        .exclude(actor=ACTOR)
        .values_list("article", flat=True)
    )


def _fill(article: Article, record: ArticleRecord, *, publish: bool) -> Article:
    article.headline = record.headline
    article.headline_is_drawn = record.headline_is_drawn
    article.summary = record.summary
    article.body = body.identify(record.body, previous=article.body)
    article.word_count = body.count_words(article.body)
    article.language = record.language
    article.dateline_text = record.dateline_text[:200]
    article.dateline_date = record.dateline_date
    article.dateline_year_is_guess = record.dateline_year_is_guess
    article.dateline_place_id = record.dateline_place_id or article.dateline_place_id
    article.embargo_until = record.embargo_until or article.embargo_until
    article.source = record.source
    article.source_id = record.source_id
    article.published_at = record.published_at or article.published_at
    if not article.path:
        article.slug = record.slug
    if publish and not record.unread_embargo and article.status not in _NOT_PUBLISHED:
        article.published_at = article.published_at or timezone.now()
        later = article.published_at > timezone.now()
        article.status = Status.SCHEDULED if later else Status.PUBLISHED
    return article


def _store(
    pairs: Sequence[tuple[Article, ArticleRecord]],
    images: dict[Picture, Image],
    by: User | None,
) -> None:
    articles = [article for article, _ in pairs]
    records = [record for _, record in pairs]
    sections = find_or_make(Section, {record.section for record in records if record.section})
    authors = find_or_make(Author, {name for record in records for name in record.authors})
    tags = find_or_make(Tag, {name for record in records for name in record.tags})
    for article, record in pairs:
        article.section = sections.get(record.section)
        if record.picture in images:
            article.lead_image = images[record.picture]
    addresses.allocate([article for article in articles if article.status not in _WITHOUT_ADDRESS])
    new = [article for article in articles if article.pk is None]
    old = [article for article in articles if article.pk is not None]
    Article.objects.bulk_create(new)
    for article in old:
        editing.store(article)
    Byline.objects.filter(article__in=old).delete()
    Byline.objects.bulk_create(
        Byline(article=article, author=author, order=order)
        for article, record in pairs
        for order, author in enumerate(dict.fromkeys(authors[name] for name in record.authors))
    )
    Tagging.objects.bulk_create(
        (
            Tagging(content_object=article, tag=tag)
            for article, record in pairs
            for tag in dict.fromkeys(tags[name] for name in record.tags)
        ),
        ignore_conflicts=True,
    )
    Correction.objects.bulk_create(
        Correction(
            article=article,
            kind=note.kind,
            wrong=note.wrong,
            text=note.text,
            created_at=midday(note.noted_on),
        )
        for article, record in pairs
        for note in record.notes
        if article in new
    )
    SourceDocument.objects.filter(article__in=old).delete()
    SourceDocument.objects.bulk_create(
        SourceDocument(
            article=article,
            name=record.where[-500:],
            format=record.format,
            sha256=_sha256(record),
            content=record.original,
        )
        for article, record in pairs
    )
    TagSuggestion.objects.bulk_create(
        TagSuggestion(article=article, tag_id=tag.tag_id, quote=tag.quote[:200], is_rejected=True)
        for article, record in pairs
        for tag in record.decisions.tags_left
    )
    decide({article: record.decisions.mentions for article, record in pairs if article in new})
    link(articles)
    editing.record(
        articles,
        by=by,
        actor="" if by else ACTOR,
        reason="Brought in" if by else "Imported",
        verb=Action.IMPORT,
    )


def _result(record: ArticleRecord, outcome: Outcome, article: Article | None) -> Result:
    # Once each, should the record have been tried twice.
    remarks = (
        tuple(dict.fromkeys(record.remarks)) if outcome in (Outcome.ADDED, Outcome.UPDATED) else ()
    )
    if outcome == Outcome.KEPT:
        remarks = ("an editor has changed it since; the new copy was not taken",)
    return Result(
        where=record.where,
        outcome=outcome,
        headline=record.headline,
        path=(article.path or "") if article else "",
        remarks=remarks,
        article=article.pk if article else None,
    )


def _sha256(record: ArticleRecord) -> str:
    return hashlib.sha256(record.original).hexdigest()
