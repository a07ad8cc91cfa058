"""The editors' desk, a file per entity; importing it registers them all."""

from articles.admin import (
    accounts,
    audit,
    authors,
    comment_rules,
    comments,
    error_reports,
    images,
    organisations,
    outgoing_mail,
    people,
    places,
    sections,
    standings,
    tags,
)
from articles.admin.article import page

__all__ = [
    "accounts",
    "audit",
    "authors",
    "comment_rules",
    "comments",
    "error_reports",
    "images",
    "organisations",
    "outgoing_mail",
    "page",
    "people",
    "places",
    "sections",
    "standings",
    "tags",
]
