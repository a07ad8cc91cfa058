"""What to ask, for each parameter and each body: values that say something in any archive."""

from collections.abc import Mapping
from typing import Any

PARAMETERS: Mapping[str, Any] = {
    "q": "floods",
    "place": "balochistan",
    "dateline": "quetta",
    "person": "sarfraz-bugti",
    "organisation": "pakistan-television",
    "tag": "natural-gas|mining",
    "section": "national",
    "author": "sample-desk",
    "language": "en",
    "from": "2010",
    "to": "2022-06",
    "order": "oldest",
    "updated_since": "2026-02-01T00:00:00Z",
    "since": "2026-02-01",
    "path": "/2026/02/01/the-slug/",
    "fields": "id,url",
    "include": "body",
    "facets": "place,year",
    "page_size": 50,
    "count": "exact",
    "format": "csv",
    "status": "published",
    "kind": "city",
    "within": "balochistan",
    "country": "PK",
    "article": 1,
    "month": "2026-02",
    "near": "30.2,67.0,50km",
    "position": "minister",
    "on": "2026-02-01",
    "until": "2026-03-01",
    "id": "7|12",
    "slug": "quetta|ziarat",
    "key": "quetta",
    "kinds": "withdrawn,removed",
    "dry_run": "true",
    "places_list.q": "qu",
    "places_list.order": "name",
    "people_list.q": "sar",
    "people_list.slug": "sarfraz-bugti|noor-jahan",
    "organisations_list.q": "pakistan",
    "organisations_list.slug": "pakistan-television",
    "organisations_list.kind": "political party",
    "tags_list.q": "gas",
    "tags_list.slug": "natural-gas|mining",
    "sections_list.q": "nat",
    "sections_list.slug": "national",
    "authors_list.q": "sam",
    "authors_list.slug": "sample-desk",
    "people_get.key": "sarfraz-bugti",
    "organisations_get.key": "pakistan-television",
    "tags_get.key": "natural-gas",
    "sections_get.key": "national",
    "authors_get.key": "sample-desk",
    "comments_get.key": 1,
    "images_get.key": 1,
}
"""By the name of the parameter, or of the operation and the parameter where it goes first."""

DESCRIPTIONS: Mapping[str, str] = {
    "article": "The id of an article.",
    "month": "A month, YYYY-MM.",
    "key": "An id, or the slug of what has one.",
    "format": "The form of the answer; it goes before what `Accept` says.",
    "order": "What comes first.",
}
"""Of the parameters that say nothing of themselves."""

NAMING = frozenset(
    (
        "place", "dateline", "person", "organisation", "tag", "section", "author", "path",
        "within", "country", "article", "kind",
    )
)  # fmt: skip
"""The parameters whose value is something in the archive: of one that has it not, it is a 400."""

OF_A_KEY = frozenset({"status", "state"})
"""The parameters that take a key."""

BODIES: Mapping[str, Any] = {
    "articles_comments_create": {
        "author": "Amina",
        "email": "amina@example.org",
        "comment": "I was there.",
    },
    "articles_create": {"headline": "Floods reach Quetta", "body": "<p>First.</p>"},
    "articles_replace": {"headline": "Floods reach Quetta", "body": "<p>Anew.</p>"},
    "articles_change": {"headline": "Floods leave Quetta"},
    "articles_submit": {"reason": "Ready."},
    "articles_send_back": {"reason": "The second source is missing."},
    "articles_publish": {"at": "2026-02-01T12:00:00Z"},
    "articles_correct": {"kind": "correction", "wrong": "Twelve", "text": "Thirteen"},
    "articles_withdraw": {"notice": "This article was published in error."},
    "articles_deindex": {"reason": "A court has ordered it."},
    "articles_reindex": {"reason": "The order was lifted."},
    "articles_revert": {"revision": 1},
    "places_create": {"name": "Ziarat", "kind": "town", "parent": "balochistan"},
    "places_replace": {"name": "Ziarat", "kind": "town", "parent": "balochistan"},
    "places_change": {"description": "A town in the hills."},
    "people_create": {"name": "Amina Khan"},
    "people_replace": {"name": "Amina Khan"},
    "people_change": {"description": "A writer."},
    "organisations_create": {"name": "Pakistan Television"},
    "organisations_replace": {"name": "Pakistan Television"},
    "organisations_change": {"description": "A broadcaster."},
    "tags_create": {"name": "Natural gas"},
    "tags_replace": {"name": "Natural gas"},
    "tags_change": {"description": "What lies under Sui."},
    "sections_create": {"name": "National"},
    "sections_replace": {"name": "National"},
    "sections_change": {"description": "News of the country."},
    "authors_create": {"name": "Sample Desk"},
    "authors_replace": {"name": "Sample Desk"},
    "authors_change": {"biography": "The desk."},
    "comments_change": {"state": "approved", "reason": "It is fair."},
    "comments_moderate": {"ids": [2, 3], "state": "spam"},
    "images_change": {"alt_text": "Boats before the bridge.", "credit": "Amina Khan"},
    **{
        f"{name}_merge": {"into": 1, "reason": "One and the same."}
        for name in ("places", "people", "organisations", "tags")
    },
}
"""By the name of the operation."""
