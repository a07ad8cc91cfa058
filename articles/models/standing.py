from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class StandingKind(models.TextChoices):
    """What is done with every comment of somebody."""

    BANNED = "banned", "may not comment"
    HELD = "held", "always held"
    TRUSTED = "trusted", "always approved"


class StandingQuerySet(models.QuerySet["Standing"]):
    def in_force(self, at: datetime | None = None) -> StandingQuerySet:
        """Those that have not ended and were not lifted."""
        now = at or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), lifted_at__isnull=True)


class Standing(models.Model):
    """That an e-mail address, everybody at a domain, or a network is banned, held or trusted.

    Either ``email`` is set, an address in lower case or ``@`` and a domain, or ``network`` is, as
    ``192.0.2.0/24``; a single address is a network of one. ``first`` and ``last`` are its ends as
    32 hexadecimal digits, IPv4 mapped into IPv6 (RFC 4291, 2.5.5.2), so that one index finds the
    networks that hold an address.
    """

    kind = models.CharField(max_length=7, choices=StandingKind, default=StandingKind.BANNED)
    email = models.CharField("e-mail address or @domain", max_length=100, blank=True)
    network = models.CharField("network address or network", max_length=43, blank=True)
    first = models.CharField(max_length=32, blank=True, editable=False)
    last = models.CharField(max_length=32, blank=True, editable=False)
    reason = models.CharField(max_length=300, help_text="For the newsroom only.")
    until = models.DateTimeField(null=True, blank=True, help_text="Empty: for good.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = "ban or trust"
        verbose_name_plural = "bans and trust"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["email"], condition=~Q(email=""), name="standing_of_email"),
            models.Index(
                fields=["last", "first"], condition=~Q(network=""), name="standing_of_network"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email="", network__gt="") | Q(email__gt="", network=""),
                name="standing_of_one_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email or self.network}: {self.get_kind_display()}"
