from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, at: datetime | None = None) -> PreviewLinkQuerySet:
        """Those that lead somewhere now: neither past their end nor taken back."""
        return self.filter(Q(revoked_at__isnull=True), expires_at__gt=at or timezone.now())


class PreviewLink(models.Model):
    """A way to read an article that is not public, for somebody without an account.

    The address carries the id, signed (see ``articles.editing.preview``); this row ends it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    recipient = models.CharField(
        max_length=200, blank=True, help_text="For whom it is; a note for the desk."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"
