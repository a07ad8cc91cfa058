"""Makes the documents of the index from articles and what belongs to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from articles.models import (
    Article,
    ArticleQuerySet,
    Byline,
    EntityName,
    ListingEntry,
    ListingKind,
    Mention,
    OrganisationName,
    PersonName,
    PlaceName,
    Tagging,
)
from articles.search.index.backend import Document
from articles.search.index.positions import position_of
from articles.search.words.tokens import compounds, words
from articles.text.body import plain_text

# PostgreSQL's tsvector holds a megabyte at most, which this stays below in every script: some
# 30,000 words.
LONGEST_TEXT = 200_000
# Lists that no search narrows to.
_NOT_SEARCHED = (ListingKind.PLACE_ITSELF, ListingKind.DATELINE_ITSELF)
# A word that no text contains, between two names: no phrase reaches from one into the next.
_BREAK = ":"


def filter_token(parameter: str, key: int | str) -> str:
    """The token in the document of every article in a list, such as ``:place:22``."""
    return f":{parameter}:{key}"


def filters_of(lists: Iterable[tuple[int, int]], language: str = "") -> list[str]:
    """The filter tokens of an article that stands in ``lists``, by their kinds and keys, and is in
    ``language``."""
    tokens = [
        filter_token(ListingKind(kind).label, key)
        for kind, key in lists
        if kind not in _NOT_SEARCHED
    ]
    return tokens + (_language_tokens(language) if language else [])


def joined(names: Iterable[str]) -> str:
    """The names of an article, each in the words that it is searched by, as its document has
    them."""
    return f" {_BREAK} ".join(names)


# What the document of every public article carries.
EVERY_ARTICLE = filter_token(ListingKind.ARCHIVE.label, 0)


def findable() -> ArticleQuerySet:
    """The articles that have a document: those that readers may see, now or later, and that were
    not taken out of search."""
    return Article.objects.filter(public_from__isnull=False, deindexed_at__isnull=True)


def documents(article_ids: Sequence[int]) -> list[Document]:
    """The documents of those of the articles that have one.

    A constant number of queries. The articles' listing entries must be up to date.
    """
    names = _names(article_ids)
    lists = defaultdict(list)
    entries = ListingEntry.objects.filter(article__in=article_ids).exclude(kind__in=_NOT_SEARCHED)
    for article, kind, key in entries.values_list("article", "kind", "key"):
        lists[article].append((kind, key))
    rows = (
        findable()
        .filter(pk__in=article_ids)
        .values_list(
            "pk", "public_from", "language", "headline", "dateline_text", "summary", "body"
        )
    )
    return [_document(names[pk], lists[pk], pk, *row) for pk, *row in rows]


def _document(
    names: Sequence[str],
    lists: Sequence[tuple[int, int]],
    pk: int,
    public_from: datetime,
    language: str,
    headline: str,
    dateline: str,
    summary: str,
    body: str,
) -> Document:
    text = f"{dateline}\n{summary}\n{plain_text(body)}"[:LONGEST_TEXT]
    return Document(
        position=position_of(public_from, pk),
        article_id=pk,
        headline=" ".join(words(headline)),
        names=joined(map(_words_of_name, names)),
        text=" ".join(words(text)),
        filters=" ".join(filters_of(lists, language)),
        compounds=tuple(sorted(map(" ".join, compounds(f"{headline}\n{text}")))),
    )


@lru_cache(maxsize=20_000)
def _words_of_name(name: str) -> str:
    return " ".join(words(name))


def _names(article_ids: Sequence[int]) -> dict[int, list[str]]:
    """What each article names, in every spelling and script, was written by and is tagged with,
    each name once."""
    names: dict[int, dict[str, None]] = defaultdict(dict)
    for rows in (
        _names_of_mentions(article_ids),
        Byline.objects.filter(article__in=article_ids).values_list("article", "author__name"),
        Tagging.objects.filter(content_object__in=article_ids)
        .order_by("content_object", "tag_id")
        .values_list("content_object", "tag__name"),
    ):
        for article, name in rows:
            names[article][name] = None
    return defaultdict(list, {article: list(of_article) for article, of_article in names.items()})


def _names_of_mentions(article_ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Each article with each name of each place, person and organisation that it names."""
    mentions = list(
        Mention.objects.shown()
        .filter(article__in=article_ids)
        .annotate(name=Coalesce("place__name", "person__name", "organisation__name"))
        .values_list("article", "name", *_OTHER_NAMES)
    )
    other_names = [
        _other_names(model, kind, {row[column] for row in mentions})
        for column, (kind, model) in enumerate(_OTHER_NAMES.items(), 2)
    ]
    for article, name, *ids in mentions:
        yield article, name
        for pk, of_kind in zip(ids, other_names, strict=True):
            yield from ((article, other) for other in of_kind.get(pk, ()))


_OTHER_NAMES: dict[str, type[EntityName]] = {
    "place": PlaceName,
    "person": PersonName,
    "organisation": OrganisationName,
}


def _other_names(model: type[EntityName], kind: str, ids: set[int | None]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    rows: QuerySet[Any, Any] = model._default_manager.filter(**{f"{kind}__in": ids - {None}})
    for pk, name in rows.order_by("pk").values_list(kind, "name"):
        names[pk].append(name)
    return names


def _language_tokens(language: str) -> list[str]:
    """An article in ``en-GB`` is found as that and as ``en``."""
    tag = language.lower()
    primary = tag.partition("-")[0]
    return [filter_token("language", part) for part in dict.fromkeys([tag, primary])]
