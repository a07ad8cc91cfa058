from django.db import models

from articles.models.vocabulary import VocabularyKind


class Duplicate(models.Model):
    """Two entries that may be one: for an editor to merge, or to dismiss for good."""

    kind = models.CharField(max_length=12, choices=VocabularyKind)
    first_id = models.BigIntegerField(help_text="The lower id of the two.")
    second_id = models.BigIntegerField()
    reason = models.CharField(max_length=200, help_text="What they have in common, in words.")
    score = models.FloatField(help_text="How likely they are one, from 0 to 1.")
    is_dismissed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-score", "id"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["kind", "-score", "id"],
                condition=models.Q(is_dismissed=False),
                name="duplicates_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first_id", "second_id"], name="duplicate_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first_id__lt=models.F("second_id")), name="duplicate_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} and {self.second_id}"
