"""The editors' desk, a file per entity; importing it registers them all."""

from articles.admin import (
    accounts,
    api_keys,
    audit,
    authors,
    comment_rules,
    comments,
    entities,
    error_reports,
    images,
    outgoing_mail,
    relinking,
    sections,
    standings,
    vocabulary,
    webhooks,
)
from articles.admin.article import page

__all__ = [
    "accounts",
    "api_keys",
    "audit",
    "authors",
    "comment_rules",
    "comments",
    "entities",
    "error_reports",
    "images",
    "outgoing_mail",
    "page",
    "relinking",
    "sections",
    "standings",
    "vocabulary",
    "webhooks",
]
