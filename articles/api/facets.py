"""What the articles of a list are about, with counts to narrow it by."""

from collections.abc import Iterable
from typing import Any

from articles import search
from articles.api.links import Links
from articles.search import Criteria, Patience

_VALUE_SCHEMA = {
    "type": "object",
    "required": ["name", "slug", "count", "url"],
    "properties": {
        "name": {"type": "string"},
        "slug": {"type": "string", "description": "What to give to the parameter."},
        "count": {"type": "integer", "description": "The articles that it leaves."},
        "url": {"type": "string", "format": "uri", "description": "The list narrowed by it."},
    },
}
FACETS_SCHEMA = {
    "type": "object",
    "description": "With `facets`: counts over the newest articles of the list.",
    "required": ["counted", "is_complete", "values"],
    "properties": {
        "counted": {"type": "integer", "description": "How many articles were counted."},
        "is_complete": {"type": "boolean", "description": "Whether those are all there are."},
        "values": {
            "type": "object",
            "description": "For each parameter its values, the most frequent first.",
            "additionalProperties": {"type": "array", "items": _VALUE_SCHEMA},
        },
    },
}


def describe_facets(
    criteria: Criteria, parameters: Iterable[str], links: Links, patience: Patience
) -> dict[str, Any]:
    """The counts for each of ``parameters``, names in ``search.facets.FACETS``; of which there is
    nothing to count, an empty list."""
    asked = list(dict.fromkeys(parameters))
    found = search.facets(criteria, asked, patience=patience)
    values: dict[str, list[Any]] = {parameter: [] for parameter in asked}
    values |= {
        facet.parameter: [
            {
                "name": value.choice.name,
                "slug": value.choice.slug,
                "count": value.count,
                "url": links.articles(value.criteria.query_string),
            }
            for value in facet.values
        ]
        for facet in found.facets
    }
    return {"counted": found.sample, "is_complete": found.is_exact, "values": values}
