from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Scope(models.TextChoices):
    """What a key may be used for, beyond reading what everybody can read."""

    READ_DRAFTS = "read_drafts", "read what is not public"
    WRITE = "write", "write articles, the vocabulary and images"
    MODERATE = "moderate", "moderate comments"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def in_force(self, at: datetime | None = None) -> "ApiKeyQuerySet":
        """Those that are neither revoked nor expired, of accounts that may still sign in."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at or timezone.now()),
            revoked_at__isnull=True,
            user__is_active=True,
            user__is_staff=True,
        )


class ApiKey(models.Model):
    """A key of the API: it acts for an account of the staff, as far as its scopes go.

    The key itself is shown once, when it is made, and is not kept: only its ``digest`` is, and its
    ``prefix``, by which one tells it from others.
    """

    name = models.CharField(max_length=100, help_text="Who or what uses it.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_keys",
        verbose_name="account",
        help_text="It never may more than this account.",
    )
    prefix = models.CharField(max_length=8, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256, hexadecimal.")
    scopes = models.JSONField(default=list, blank=True)
    requests_a_minute = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="To read; writes are a fifth of it. Empty for what every key may.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty for never.")
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    last_network = models.CharField(max_length=50, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "API key"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def has_scope(self, scope: Scope) -> bool:
        return scope in self.scopes


class IdempotentRequest(models.Model):
    """A writing request that came with an ``Idempotency-Key``, and what was answered, so that a
    repeated one gets the same answer and does nothing. Kept for a day."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200, help_text="As the client chose it.")
    fingerprint = models.CharField(
        max_length=64,
        help_text="SHA-256 of method, address and body: the same key, another "
        "request, is a mistake.",
    )
    created_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, help_text="Empty while it is answered.")
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["api_key", "key"], name="idempotent_request_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotent_request_made")]

    def __str__(self) -> str:
        return self.key
