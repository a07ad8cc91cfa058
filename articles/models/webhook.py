import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Webhook(models.Model):
    """An address that is told of every change of an article, in order."""

    name = models.CharField(max_length=100, help_text="Whose it is.")
    url = models.URLField(max_length=500, help_text="https, of a host that anybody can reach.")
    secret = models.CharField(
        max_length=100, editable=False, help_text="Signs what is sent, HMAC with SHA-256."
    )
    kinds = models.JSONField(default=list, blank=True, help_text="Empty for every kind of change.")
    is_active = models.BooleanField(default=True)
    position = models.BigIntegerField(
        default=0, editable=False, help_text="The last change that a delivery was written for."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    failing_since = models.DateTimeField(null=True, editable=False)
    stopped_because = models.CharField(
        max_length=300, blank=True, editable=False, help_text="Why it was switched off by itself."
    )

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """A message to a webhook: written once, tried until it is taken or given up."""

    webhook = models.ForeignKey(
        Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    key = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text="The same on every attempt: webhook-id."
    )
    event = models.CharField(max_length=20, help_text="A kind of change, or ping.")
    article = models.BigIntegerField(null=True, help_text="The id of the article.")
    body = models.TextField(help_text="The JSON that is sent, to the byte.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it is tried next.")
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    milliseconds = models.PositiveIntegerField(null=True, help_text="The last attempt took.")
    fault = models.CharField(max_length=300, blank=True, help_text="What the last attempt met.")

    class Meta:
        ordering = ["-id"]
        verbose_name = "webhook delivery"
        verbose_name_plural = "webhook deliveries"
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True),
                name="webhook_delivery_due",
            ),
            models.Index(fields=["webhook", "-id"], name="webhook_delivery_of"),
            models.Index(fields=["created_at"], name="webhook_delivery_made"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"
