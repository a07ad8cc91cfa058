from __future__ import annotations

from django.db import models

from articles.models.entity import Entity, EntityName
from articles.models.page_address import page_address
from articles.models.place import Place
from articles.models.vocabulary import VocabularyQuerySet


class OrganisationQuerySet(VocabularyQuerySet["Organisation"]):
    """With what all vocabularies have."""


class Organisation(Entity):
    """A party, an agency, a company, an armed group: whatever acts under one name."""

    kind = models.CharField(
        max_length=60, blank=True, help_text="What it is, in a word or two: political party, bank."
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        help_text="Where it is based.",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="organisation_by_name"),
            models.Index(fields=["updated_at", "id"], name="organisation_updated"),
            models.Index(
                fields=["name", "id"],
                condition=models.Q(is_reviewed=False),
                name="organisation_unreviewed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~models.Q(wikidata_id=""),
                name="organisation_wikidata_once",
                violation_error_message="Another organisation has this Wikidata number.",
            )
        ]

    def get_absolute_url(self) -> str:
        return page_address("organisation", self.slug)


class OrganisationName(EntityName):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "language"], name="organisation_name_once"
            )
        ]
