"""The lists that each article in the index stands in, beside the index: a short row for each, from
which facets count a thousand articles at a time."""

from collections.abc import Iterable, Sequence

from django.db import connections, router

from articles.models import ArticleFacets, ListingKind, rows
from articles.models.article_facets import list_number, list_of, pack, unpack
from articles.search.index.backend import Document
from articles.search.index.name_index import List

# What an article is about and who wrote it; searches narrow by these.
COUNTED = frozenset(
    {
        ListingKind.SECTION,
        ListingKind.AUTHOR,
        ListingKind.TAG,
        ListingKind.PLACE,
        ListingKind.PERSON,
        ListingKind.ORGANISATION,
    }
)
_BY_LABEL = {kind.label: kind for kind in COUNTED}


def lists_of(document: Document) -> list[tuple[ListingKind, int]]:
    """Kind and key of each list that can be counted and that the article stands in, as the filter
    tokens of its document have it (see ``articles.search.index.documents.filter_token``)."""
    tokens = (token.split(":") for token in document.filters.split())
    return [(_BY_LABEL[label], int(key)) for _, label, key in tokens if label in _BY_LABEL]


def packed(document: Document) -> bytes:
    """The same as ``ArticleFacets`` has it."""
    return pack(list_number(kind, key) for kind, key in lists_of(document))


def refresh(article_ids: Sequence[int], documents: Iterable[Document]) -> set[List]:
    """Give these articles the rows that belong to their documents, and none to those without.

    Returns the lists that they stand in or have left. Rows that are right already are not written.
    """
    stored = read(article_ids)
    wanted = {document.article_id: packed(document) for document in documents}
    if gone := [pk for pk, of_article in stored.items() if wanted.get(pk) != of_article]:
        ArticleFacets.objects.filter(article__in=gone).delete()
    new = [row for row in wanted.items() if stored.get(row[0]) != row[1]]
    rows.insert(ArticleFacets, ("article", "lists"), new)
    numbers = unpack(b"".join({*stored.values(), *wanted.values()}))
    return {list_of(number) for number in set(numbers)}


def forget() -> None:
    """Take all rows out, to write them anew."""
    ArticleFacets.objects.all().delete()


def read(article_ids: Sequence[int]) -> dict[int, bytes]:
    """The rows that these articles have."""
    found = ArticleFacets.objects.filter(article__in=article_ids)
    return {pk: bytes(lists) for pk, lists in found.values_list("article", "lists")}


def read_all(article_ids: Sequence[int]) -> list[bytes]:
    """The same without the articles, of thousands of them."""
    if not article_ids:
        return []
    connection = connections[router.db_for_read(ArticleFacets)]
    table = connection.ops.quote_name(ArticleFacets._meta.db_table)
    # Written into the statement: Django takes longer over thousands of parameters than a database
    # over the rows.
    ids = ", ".join(map(str, map(int, article_ids)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT lists FROM {table} WHERE article_id IN ({ids})")  # noqa: S608
        return [bytes(lists) for (lists,) in cursor.fetchall()]
