"""What articles refer to, read in one statement: authors, tags, places, people, organisations.

It is most of an answer. Written in SQL because making five queries out of expressions for every
page took longer than all the rest of it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connections, router

from articles.models import Article, EntityKind, MentionState


class Line(NamedTuple):
    """That an article refers to an entity; only mentions have a role, only people a title."""

    article: int
    kind: str
    id: int
    name: str
    slug: str
    role: str
    title: str


def references(article_ids: Sequence[int]) -> Iterator[Line]:
    """The lines of these articles, at least one of them, each kind in its own order."""
    connection = connections[router.db_for_read(Article)]
    among = f"({', '.join(['%s'] * len(article_ids))})"
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(among=among), [*article_ids] * _PARTS)
        rows = sorted(cursor.fetchall())
    return (Line(article, kind, *entity) for article, kind, _, *entity in rows)


# All that goes into the statement is our own.
def _mentioned(kind: EntityKind) -> str:
    return f"""
        SELECT m.article_id, '{kind}', m.id, e.id, e.name, e.slug, m.role, m.title
        FROM articles_mention m JOIN articles_{kind} e ON e.id = m.{kind}_id
        WHERE m.article_id IN {{among}} AND m.kind = '{kind}' AND m.state IN ({_SHOWN})
    """  # noqa: S608


# What MentionQuerySet.shown says.
_SHOWN = f"'{MentionState.LINKED}', '{MentionState.CONFIRMED}'"
_SELECTS = [
    """
        SELECT b.article_id, 'author', b."order", e.id, e.name, e.slug, '', ''
        FROM articles_byline b JOIN articles_author e ON e.id = b.author_id
        WHERE b.article_id IN {among}
    """,
    """
        SELECT t.content_object_id, 'tag', t.id, e.id, e.name, e.slug, '', ''
        FROM articles_tagging t JOIN articles_tag e ON e.id = t.tag_id
        WHERE t.content_object_id IN {among}
    """,
    *map(_mentioned, EntityKind),
]
_STATEMENT = "UNION ALL".join(_SELECTS)
_PARTS = len(_SELECTS)
