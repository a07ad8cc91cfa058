"""Webhooks and what they were sent, for administrators."""

from articles.admin.webhooks import deliveries, page

__all__ = ["deliveries", "page"]
