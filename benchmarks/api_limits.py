"""The API at its best: the same rows by SQL written by hand, made into the same JSON with orjson.

No filter, no cursor, no choice of keys, no check of anything: what is left is what nobody can do
without who answers with these rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.kept import kept

_ORIGIN = "http://127.0.0.1:8000"
_NEWEST = """
    SELECT article_id FROM articles_listingentry
    WHERE kind = 0 AND key = 0 AND public_from <= CURRENT_TIMESTAMP
    ORDER BY public_from DESC, article_id DESC LIMIT 20
"""
_COLUMNS = (
    "id, path, headline, slug, summary, body, published_at, updated_at, language, section_id, "
    "dateline_place_id, dateline_text, dateline_date, dateline_year_is_guess, comment_policy, "
    "comment_count, revision, source, word_count"
)
_ROWS = f"""
    SELECT {", ".join(f"a.{name.strip()}" for name in _COLUMNS.split(","))},
        s.name, s.slug, p.name, p.slug, i.id, i.file, i.width, i.height, i.alt_text, i.caption,
        i.credit, i.rights
    FROM articles_article a
    LEFT JOIN articles_section s ON s.id = a.section_id
    LEFT JOIN articles_place p ON p.id = a.dateline_place_id
    LEFT JOIN articles_image i ON i.id = a.lead_image_id
    WHERE a.id IN ({{among}})
"""  # noqa: S608 (all of it stands here)
_CORRECTIONS = """
    SELECT article_id, id, kind, wrong, text, paragraph, placement, created_at
    FROM articles_correction WHERE article_id IN ({among}) ORDER BY created_at DESC
"""
_REFERENCES = """
    SELECT b.article_id, 'authors', e.id, e.name, e.slug, ''
    FROM articles_byline b JOIN articles_author e ON e.id = b.author_id
    WHERE b.article_id IN ({among})
    UNION ALL
    SELECT t.content_object_id, 'tags', e.id, e.name, e.slug, ''
    FROM articles_tagging t JOIN articles_tag e ON e.id = t.tag_id
    WHERE t.content_object_id IN ({among})
    UNION ALL
    SELECT m.article_id, 'places', e.id, e.name, e.slug, m.role
    FROM articles_mention m JOIN articles_place e ON e.id = m.place_id
    WHERE m.article_id IN ({among}) AND m.state IN ('linked', 'confirmed')
    UNION ALL
    SELECT m.article_id, 'people', e.id, e.name, e.slug, m.role
    FROM articles_mention m JOIN articles_person e ON e.id = m.person_id
    WHERE m.article_id IN ({among}) AND m.state IN ('linked', 'confirmed')
    UNION ALL
    SELECT m.article_id, 'organisations', e.id, e.name, e.slug, m.role
    FROM articles_mention m JOIN articles_organisation e ON e.id = m.organisation_id
    WHERE m.article_id IN ({among}) AND m.state IN ('linked', 'confirmed')
"""
_KINDS = ("authors", "tags", "places", "people", "organisations")


def newest(request: HttpRequest) -> HttpResponse:
    """The newest articles with their bodies, all that the API says of them."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        ids = [pk for (pk,) in cursor.fetchall()]
        among = ", ".join(["%s"] * len(ids))
        cursor.execute(_ROWS.format(among=among), ids)
        rows = {row[0]: row for row in cursor.fetchall()}
        cursor.execute(_CORRECTIONS.format(among=among), ids)
        corrections = _by_article(cursor.fetchall())
        cursor.execute(_REFERENCES.format(among=among), ids * 5)
        references = _by_article(cursor.fetchall())
    results = [_answer(rows[pk], references[pk], corrections[pk]) for pk in ids]
    answer = {"count": 0, "count_relation": "eq", "next": None, "previous": None}
    return HttpResponse(orjson.dumps(answer | {"results": results}), "application/json")


class AsItIs(BaseRenderer):
    """Bytes, as they are given."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return data


class KeptBytes(APIView):
    """A bare view of the framework that answers with the bytes kept under a name."""

    authentication_classes = ()
    renderer_classes = (AsItIs,)

    def get(self, request: Any, name: str) -> Response:
        return Response(kept(name))


def _by_article(rows: Sequence[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    grouped: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for article, *rest in rows:
        grouped[article].append(tuple(rest))
    return grouped


def _reference(kind: str, pk: int, name: str, slug: str) -> dict[str, Any]:
    return {
        "id": pk,
        "url": f"{_ORIGIN}/api/v1/{kind}/{pk}/",
        "html_url": f"{_ORIGIN}/{kind}/{slug}/",
        "name": name,
        "slug": slug,
    }


def _answer(row: Any, references: list[Any], corrections: list[Any]) -> dict[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}
    for kind, pk, name, slug, role in references:
        groups[kind].append(_reference(kind, pk, name, slug) | {"role": role})
    section = _reference("sections", row[9], row[19], row[20]) if row[9] else None
    place = _reference("places", row[10], row[21], row[22]) if row[10] else None
    image = None
    if row[23]:
        names = ("id", "file", "width", "height", "alt_text", "caption", "credit", "rights")
        image = dict(zip(names, row[23:], strict=True))
    return {
        "id": row[0],
        "url": f"{_ORIGIN}/api/v1/articles/{row[0]}/",
        "html_url": _ORIGIN + row[1],
        "headline": row[2],
        "slug": row[3],
        "summary": row[4],
        "body": row[5],
        "dateline": {"place": place, "text": row[11], "date": row[12], "year_is_guess": row[13]},
        "status": "published",
        "published_at": row[6],
        "updated_at": row[7],
        "language": row[8],
        "section": section,
        **groups,
        "image": image,
        "corrections": corrections,
        "comments": {"open": row[14] == "open", "count": row[15]},
        "revision": row[16],
        "source": row[17],
        "word_count": row[18],
    }
