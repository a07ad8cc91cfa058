"""An article as schema.org's NewsArticle, for search engines."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Correction
from articles.pages.addresses import absolute
from articles.pages.pictures import for_others
from articles.pages.story import Story

# Inside a script element nothing may look like markup.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def news_article(
    article: Article,
    *,
    authors: Sequence[tuple[str, str]],
    tags: Sequence[tuple[str, str]],
    story: Story,
    corrections: Sequence[Correction],
) -> SafeString:
    """JSON-LD to stand in a script element; ``authors`` and ``tags`` are names with addresses."""
    address = absolute(article.path or "")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "url": address,
        "headline": article.headline,
        "inLanguage": article.language,
        "datePublished": article.published_at,
        "dateModified": article.updated_at,
        "author": [
            {"@type": "Person", "name": name, "url": absolute(path)} for name, path in authors
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
        },
        "isAccessibleForFree": True,
        "wordCount": article.word_count,
        "commentCount": article.comment_count,
        "description": article.summary,
        "articleSection": article.section.name if article.section else "",
        "dateline": article.dateline_text,
        "keywords": [name for name, _ in tags],
        "contentLocation": [_place(*spot) for spot in (*story.spots, *story.large_spots)],
        "mentions": [
            {"@type": kind, "name": entity.name, "url": absolute(entity.address)}
            for kind, entities in (
                ("Person", story.people),
                ("Organization", story.organisations),
            )
            for entity in entities
        ],
        "correction": [correction.text for correction in corrections],
    }
    if article.dateline_place:
        data["locationCreated"] = {"@type": "Place", "name": article.dateline_place.name}
    if article.lead_image:
        data["image"] = absolute(for_others(article.lead_image))
    return json_ld(data)


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """What is filled in of ``data``, fit to stand in a script element."""
    filled = {key: value for key, value in data.items() if value not in ("", [], None)}
    return mark_safe(orjson.dumps(filled).decode().translate(_ESCAPES))


def _place(name: str, address: str, latitude: float, longitude: float) -> dict[str, Any]:
    return {
        "@type": "Place",
        "name": name,
        "url": absolute(address),
        "geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude},
    }
