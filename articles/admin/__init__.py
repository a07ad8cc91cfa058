"""The editors' desk, a file per entity; importing it registers them all."""

from articles.admin import (
    articles,
    authors,
    comments,
    images,
    organisations,
    people,
    places,
    sections,
    tags,
)

__all__ = [
    "articles",
    "authors",
    "comments",
    "images",
    "organisations",
    "people",
    "places",
    "sections",
    "tags",
]
