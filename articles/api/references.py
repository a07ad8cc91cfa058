"""What articles refer to, read in one statement: authors, tags, places, people, organisations.

It is most of an answer. Written in SQL because making five queries out of expressions for every
page took longer than all the rest of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections, router

from articles.api.links import Links
from articles.models import Article, EntityKind, MentionState

References = defaultdict[str, list[dict[str, Any]]]
"""The answers for what one article refers to, by their kind."""


def references(article_ids: Sequence[int], links: Links) -> dict[int, References]:
    """What each of these articles, at least one of them, refers to, each kind in its own order.

    Only mentions have a role, only people a title.
    """
    connection = connections[router.db_for_read(Article)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(article_ids)), [*article_ids] * _PARTS)
        lines = sorted(cursor.fetchall())
    found: dict[int, References] = {pk: defaultdict(list) for pk in article_ids}
    reference, person = links.reference, EntityKind.PERSON.value
    for article, kind, _, pk, name, slug, role, title in lines:
        answer = reference(kind, pk, name, slug)
        if role:
            answer["role"] = role
            if kind == person:
                answer["title"] = title
        found[article][kind].append(answer)
    return found


@cache
def _statement(count: int) -> str:
    """The statement for so many articles."""
    return _STATEMENT.format(among=f"({', '.join(['%s'] * count)})")


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
