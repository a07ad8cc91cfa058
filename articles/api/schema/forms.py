"""What is given in other forms than JSON, for the schema."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_NINJS: Schema = {
    "type": "object",
    "required": ["uri"],
    "description": "An item of IPTC ninjs 2.2.",
    "externalDocs": {"url": "https://iptc.org/std/ninjs/userguide/"},
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "type": {"type": "string"},
        "representationtype": {"type": "string", "enum": ["full", "partial"]},
        "versioncreated": {"type": "string", "format": "date-time"},
    },
    "additionalProperties": True,
}
_FEED: Schema = {
    "type": "object",
    "required": ["version", "title", "items"],
    "description": "A JSON Feed 1.1.",
    "externalDocs": {"url": "https://www.jsonfeed.org/version/1.1/"},
    "properties": {
        "version": {"type": "string", "const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "feed_url": {"type": "string", "format": "uri"},
        "next_url": {"type": "string", "format": "uri"},
        "items": {"type": "array", "items": {"type": "object", "required": ["id"]}},
    },
    "additionalProperties": True,
}
COMPONENTS: Mapping[str, Schema] = {"NinjsItem": _NINJS, "JSONFeed": _FEED}
_ITEM: Schema = {"$ref": "#/components/schemas/NinjsItem"}


def schema_of(media_type: str, in_json: Schema, *, is_list: bool) -> Schema:
    """The schema of an answer in ``media_type`` which in JSON is ``in_json``."""
    match media_type:
        case "text/csv":
            return {"type": "string", "description": "A row for each thing, below a header."}
        case "application/feed+json":
            return {"$ref": "#/components/schemas/JSONFeed"}
        case "application/ninjs+json" if is_list:
            return {
                "type": "object",
                "required": ["count", "next", "previous", "results"],
                "properties": {"results": {"type": "array", "items": _ITEM}},
                "additionalProperties": True,
            }
        case "application/ninjs+json":
            return _ITEM
        case _:
            return in_json
