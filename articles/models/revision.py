from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.article import Article

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class RevisionQuerySet(models.QuerySet["Revision"]):
    def seen(self, at: datetime | None = None) -> RevisionQuerySet:
        """The versions that readers could see, now (or ``at``) or once; what was replaced before
        its hour came, nobody saw."""
        following = (
            Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
            .order_by("number")
            .values("created_at")[:1]
        )
        return self.alias(replaced_at=Coalesce(Subquery(following), _NEVER)).filter(
            replaced_at__gt=F("public_from"), public_from__lte=at or timezone.now()
        )

    def public(self) -> RevisionQuerySet:
        """The versions that readers could see of articles that are public now."""
        return self.seen().filter(Exists(Article.objects.public().filter(pk=OuterRef("article"))))


class Revision(models.Model):
    """An article as it stood after a change. Written once, never altered.

    ``digest`` is the SHA-256 of this revision's content and the digest before it, so that a
    missing or altered revision shows (see ``articles.editing.revisions``).
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor = models.CharField(
        max_length=200, help_text="Who or what changed it, as known then: a login, an importer."
    )
    reason = models.CharField(max_length=500, blank=True)
    is_minor = models.BooleanField(default=False, help_text="Folded away on the history page.")
    public_from = models.DateTimeField(
        null=True,
        help_text="The article's hour, as this version set it; readers never see one without.",
    )
    snapshot = models.JSONField(help_text="The article's content, by field name.")
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"
