from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.comment import Comment


class ReportReason(models.TextChoices):
    """Why a reader reports a comment; in the words that readers choose from."""

    ABUSE = "abuse", "It insults or threatens somebody"
    HATE = "hate", "It stirs up hatred"
    PRIVATE = "private", "It gives away something private"
    FALSE = "false", "It states something false as a fact"
    SPAM = "spam", "It is advertising"
    OTHER = "other", "Something else"


class CommentReport(models.Model):
    """A reader's word that a comment should not stand, until a moderator has judged it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=7, choices=ReportReason)
    text = models.CharField("in the reader’s words", max_length=1_000, blank=True)
    address = models.GenericIPAddressField("network address", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    judged_at = models.DateTimeField(null=True, blank=True, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    was_right = models.BooleanField(
        null=True, editable=False, help_text="Whether the comment was taken down for it."
    )

    class Meta:
        default_permissions = ()
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "address"],
                condition=Q(judged_at__isnull=True, address__isnull=False),
                name="comment_report_once",
            )
        ]
        indexes = [
            models.Index(fields=["address", "-created_at"], name="comment_report_of_address"),
            models.Index(
                fields=["created_at"],
                condition=Q(address__isnull=False),
                name="comment_report_with_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.text[:60]}"
