"""What the entries of the archive's vocabulary have in common: names, and what became of them."""

from __future__ import annotations

from typing import TypeVar

from django.core.validators import RegexValidator
from django.db import models

Row = TypeVar("Row", bound=models.Model)


class VocabularyKind(models.TextChoices):
    """The sorts of entry that have a page of their own under a slug; the model's name."""

    PLACE = "place", "place"
    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    TAG = "tag", "tag"
    SECTION = "section", "section"
    AUTHOR = "author", "author"


class VocabularyQuerySet(models.QuerySet[Row]):
    def current(self) -> VocabularyQuerySet[Row]:
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)


wikidata_id = RegexValidator(
    r"\AQ[1-9][0-9]{0,18}\Z",
    "“%(value)s” is not the number of a Wikidata item. Write Q1362, as in its address.",
)
