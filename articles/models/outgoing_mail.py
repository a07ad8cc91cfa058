from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutgoingMail(models.Model):
    """A mail that is to be sent, written in the transaction that it tells of.

    What was sent, and what was given up, with the reason, is deleted after 30 days.
    """

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    headers = models.JSONField(default=dict, help_text="Further headers, by name.")
    kind = models.CharField(
        max_length=20,
        help_text="What it tells of: confirmation, approval, reply, data, held.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it is tried next.")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True, help_text="What the last attempt met.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "outgoing mail"
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="outgoing_mail_due",
            ),
            models.Index(fields=["to", "-created_at"], name="outgoing_mail_to"),
            models.Index(
                fields=["sent_at"], condition=Q(sent_at__isnull=False), name="outgoing_mail_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
