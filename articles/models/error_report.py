from django.conf import settings
from django.db import models

from articles.models.article import Article
from articles.models.correction import Correction


class ErrorReportState(models.TextChoices):
    OPEN = "open", "to be looked at"
    ACCEPTED = "accepted", "was right"
    DECLINED = "declined", "was not"


class ErrorReport(models.Model):
    """What a reader says is wrong in an article; an editor judges it, and may correct."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="error_reports")
    revision = models.PositiveIntegerField(help_text="The version of the article that was read.")
    paragraph = models.CharField(max_length=20, blank=True, help_text="Which one, such as p4.")
    quote = models.CharField(max_length=500, blank=True, help_text="The words that are wrong.")
    text = models.TextField("what is wrong")
    name = models.CharField(max_length=245, blank=True, help_text="To be thanked by; or nothing.")
    email = models.EmailField("e-mail", max_length=100, blank=True)
    address = models.GenericIPAddressField("network address", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=ErrorReportState, default=ErrorReportState.OPEN)
    judged_at = models.DateTimeField(null=True, blank=True, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    note = models.CharField(max_length=500, blank=True, help_text="For the desk only.")
    correction = models.ForeignKey(
        Correction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="error_reports",
        help_text="What was printed because of it.",
    )

    class Meta:
        default_permissions = ("view", "change")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], name="error_report_queue"),
            models.Index(fields=["address", "-created_at"], name="error_report_of_address"),
            models.Index(fields=["email"], name="error_report_of_email"),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.text[:60]}"
