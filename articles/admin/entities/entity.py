"""What the pages of places, people and organisations have in common: their other names."""

from django.db.models import Q

from articles.admin.base import DeskInline, Row
from articles.admin.entities.named import NamedAdmin
from articles.text.folding import fold


class EntityAdmin(NamedAdmin[Row]):
    """An entity with other names."""

    def called(self, words: str) -> Q:
        """By any of its names, in whatever spelling or script, whatever its case and accents."""
        folded = fold(words)
        named = self.model._default_manager.filter(
            Q(names__folded__startswith=folded) | Q(names__folded__contains=f" {folded}")
        )
        return super().called(words) | Q(pk__in=named.values("pk"))


class NameInline(DeskInline[Row]):
    """Other names, spellings and scripts."""

    fields = ["name", "language"]
    verbose_name = "name"
    verbose_name_plural = "other names, spellings and scripts"
