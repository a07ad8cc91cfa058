from __future__ import annotations

from django.db import models
from taggit.models import TagBase

from articles.models.page_address import page_address
from articles.models.vocabulary import VocabularyQuerySet


class TagQuerySet(VocabularyQuerySet["Tag"]):
    """With what all vocabularies have."""


class Tag(TagBase):
    """A subject of the archive's own vocabulary."""

    description = models.TextField(blank=True)
    # As with an entity: the shell of a merged tag leads on.
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, editable=False, related_name="merged"
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return page_address("tag", self.slug)
