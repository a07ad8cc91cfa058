from django.db import models
from django.utils import timezone

from articles.models.article import Article


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    UPDATE = "update", "Update"
    EDITORS_NOTE = "editors_note", "Editor’s note"
    WITHDRAWAL = "withdrawal", "Withdrawal"


class Correction(models.Model):
    """A public note on an article: what was wrong and what is right."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(
        max_length=13, choices=CorrectionKind, default=CorrectionKind.CORRECTION
    )
    text = models.TextField(help_text="What was wrong and what is right. Readers see this.")
    paragraph = models.CharField(
        max_length=20, blank=True, help_text="The paragraph it concerns, such as p4."
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
