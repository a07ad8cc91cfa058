from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    """The archive: articles, what they are about, what readers say of them."""

    name = "articles"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        post_migrate.connect(_create_triggers, sender=self)


def _create_triggers(using: str, **_: Any) -> None:
    """Give tables the triggers that a migration took away when it made them anew, as migrations do
    on SQLite."""
    from articles.freshness import triggers  # noqa: PLC0415 - models are not loaded before

    triggers.create(connections[using])
