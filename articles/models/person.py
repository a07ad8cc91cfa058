from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from articles.models.dates import DatePrecision
from articles.models.entity import Entity, EntityName
from articles.models.organisation import Organisation
from articles.models.page_address import page_address
from articles.models.place import Place
from articles.models.vocabulary import VocabularyQuerySet
from articles.text.partial_dates import rounded_down


class PersonQuerySet(VocabularyQuerySet["Person"]):
    """With what all vocabularies have."""


class Person(Entity):
    """Somebody the archive writes about; not a login, and not a byline (see ``Author``)."""

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["updated_at", "id"], name="person_updated"),
            models.Index(
                fields=["name", "id"], condition=Q(is_reviewed=False), name="person_unreviewed"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="person_wikidata_once",
                violation_error_message="Another person has this Wikidata number.",
            )
        ]

    def get_absolute_url(self) -> str:
        return page_address("person", self.slug)


class PersonName(EntityName):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name", "language"], name="person_name_once")
        ]


class Position(models.Model):
    """A title somebody held, from when to when, each date as precise as it is known."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions")
    title = models.CharField(max_length=200, help_text="As printed: Federal Interior Minister.")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="positions"
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="positions",
        help_text="Where the office has its writ: the province of a chief minister.",
    )
    started_on = models.DateField(null=True, blank=True)
    start_precision = models.CharField(
        max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text="Empty while it is held, or when the end is not known."
    )
    end_precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    source = models.CharField(max_length=500, blank=True, help_text="Where this is stated.")

    class Meta:
        ordering = [F("started_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="position_ends_after_start",
                violation_error_message="A position cannot end before it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        # What is not known of a date is 1, or it would say more than its precision.
        self.started_on = rounded_down(self.started_on, self.start_precision)
        self.ended_on = rounded_down(self.ended_on, self.end_precision)
