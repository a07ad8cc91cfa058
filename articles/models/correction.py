from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.article import Article


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    UPDATE = "update", "Update"
    EDITORS_NOTE = "editors_note", "Editor’s note"
    WITHDRAWAL = "withdrawal", "Withdrawal"


class Placement(models.TextChoices):
    """Where a note stands on the page of its article."""

    TOP = "top", "above the text"
    FOOT = "foot", "below the text"


class Correction(models.Model):
    """A public note on an article: what was wrong and what is right."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(
        max_length=13, choices=CorrectionKind, default=CorrectionKind.CORRECTION
    )
    wrong = models.TextField(
        "what was wrong", blank=True, help_text="The error, as readers met it. Readers see this."
    )
    text = models.TextField(
        "what is right", help_text="What is right, or the note itself. Readers see this."
    )
    paragraph = models.CharField(
        max_length=20, blank=True, help_text="The paragraph it concerns, such as p4."
    )
    placement = models.CharField(max_length=4, choices=Placement, default=Placement.TOP)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def summary(self) -> str:
        """The note in one line, for the article's record."""
        return f"{self.get_kind_display()}: {self.text[:200]}"
