"""Lists of articles as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.html import escape

from articles.api.links import Links
from articles.api.media_types import JSONRenderer

Answer = dict[str, Any]

KEYS = (
    "html_url", "headline", "summary", "body", "image", "published_at", "updated_at", "language",
    "section", "authors", "tags",
)  # fmt: skip
"""What of an article in JSON an item is made of."""

VERSION = "https://jsonfeed.org/version/1.1"


class JSONFeedRenderer(JSONRenderer):
    """Puts the items of a list into a feed, of which ``next_url`` is the next page."""

    media_type = "application/feed+json"
    format = "feed"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        request = (renderer_context or {})["request"]
        links = Links(request)
        feed = {
            "version": VERSION,
            "title": settings.SITE_NAME,
            "home_page_url": links.page("/"),
            "feed_url": links.origin + request.get_full_path(),
            "language": settings.LANGUAGE_CODE,
            "items": data["results"],
        }
        if data["next"]:
            feed["next_url"] = data["next"]
        return super().render(feed, accepted_media_type, renderer_context)


def items(answers: Sequence[Answer], links: Links) -> list[Answer]:
    """Each article as an item. It says what an entry of the site's Atom feeds says, and the whole
    text where the answer in JSON has the body."""
    return [_item(answer) for answer in answers]


def _item(answer: Answer) -> Answer:
    item = {
        "id": answer["html_url"],
        "url": answer["html_url"],
        "title": answer["headline"],
        "summary": answer["summary"],
        "content_html": answer.get("body", escape(answer["summary"])),
        "image": answer["image"]["file"] if answer["image"] else "",
        "date_published": answer["published_at"],
        "date_modified": answer["updated_at"],
        "authors": [
            {"name": author["name"], "url": author["html_url"]} for author in answer["authors"]
        ],
        "tags": [entry["name"] for entry in (answer["section"], *answer["tags"]) if entry],
        "language": answer["language"],
    }
    return {
        key: value for key, value in item.items() if value not in ("", []) or key == "content_html"
    }
