"""The editors' desk, a file per entity; importing it registers them all."""

from articles.admin import (
    accounts,
    audit,
    authors,
    comments,
    images,
    organisations,
    people,
    places,
    sections,
    tags,
)
from articles.admin.article import page

__all__ = [
    "accounts",
    "audit",
    "authors",
    "comments",
    "images",
    "organisations",
    "page",
    "people",
    "places",
    "sections",
    "tags",
]
