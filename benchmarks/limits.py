"""What is possible at best: views that do the least for the same answer.

``/bytes/<name>`` returns the bytes kept under that name and does nothing else. ``/rows/<id>`` does
what an article page cannot do without, by hand: three SQL statements and one plain template, padded
to the size of the program's own page.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from benchmarks.api_limits import KeptBytes, newest
from benchmarks.kept import kept
from newsroom.health import healthz

ARTICLE = "article-page"
"""The name of the kept answer that ``/rows/`` takes its size from."""

_ARTICLE = """
    SELECT a.headline, a.summary, a.body, a.published_at, s.name, s.slug, p.name, p.slug
    FROM articles_article a
    JOIN articles_section s ON s.id = a.section_id
    JOIN articles_place p ON p.id = a.dateline_place_id
    WHERE a.id = %s AND a.public_from <= CURRENT_TIMESTAMP
"""
_TAGS = """
    SELECT t.name, t.slug FROM articles_tagging g JOIN articles_tag t ON t.id = g.tag_id
    WHERE g.content_object_id = %s ORDER BY t.name
"""
_COMMENTS = """
    SELECT author_name, html, created_at FROM articles_comment
    WHERE article_id = %s AND state = 'approved' ORDER BY path LIMIT 200
"""


def kept_bytes(request: HttpRequest, name: str) -> HttpResponse:
    """The answer kept under ``name``."""
    return HttpResponse(kept(name))


def rows(request: HttpRequest, article: int) -> HttpResponse:
    """An article, its tags and its comments."""
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLE, [article])
        fields = cursor.fetchone()
        cursor.execute(_TAGS, [article])
        tags = cursor.fetchall()
        cursor.execute(_COMMENTS, [article])
        comments = cursor.fetchall()
    page = _template().render({"article": fields, "tags": tags, "comments": comments})
    missing = len(kept(ARTICLE)) - len(page.encode())
    return HttpResponse(page.replace("</body>", f"<!--{' ' * missing}--></body>"))


urlpatterns = [
    path("healthz", healthz),
    path("bytes/<str:name>", kept_bytes),
    path("rows/<int:article>", rows),
    path("framework/<str:name>", KeptBytes.as_view()),
    path("newest", newest),
]


@cache
def _template() -> Any:
    return engines["django"].from_string((Path(__file__).parent / "limit.html").read_text())
