from django.db import models
from django.db.models import Max, Q

from articles.models.article import Article


class ChangeKind(models.TextChoices):
    """What became of an article before readers."""

    PUBLISHED = "published", "published"
    UPDATED = "updated", "updated"
    CORRECTED = "corrected", "corrected"
    MOVED = "moved", "moved"
    WITHDRAWN = "withdrawn", "withdrawn"
    REMOVED = "removed", "removed"


TOMBSTONES = frozenset({ChangeKind.WITHDRAWN, ChangeKind.REMOVED})
"""The changes after which readers have the article no more."""


class ChangeQuerySet(models.QuerySet["Change"]):
    def latest_of(self, article_ids: "models.QuerySet[Article] | list[int]") -> "ChangeQuerySet":
        """The last change of each of these articles."""
        newest = self.filter(article__in=article_ids).order_by().values("article")
        return self.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))


class Change(models.Model):
    """That an article changed before readers, at a place in the order of all such changes.

    It is written in the transaction that makes the change, and gets its ``position`` once that has
    ended and its time has come (``articles.changes.settle``): positions are given in the order in
    which the changes can be seen, and none is ever added before one that somebody has read.
    """

    position = models.BigIntegerField(null=True, unique=True)
    settled_at = models.DateTimeField(null=True, help_text="When it got its position.")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    at = models.DateTimeField(help_text="Since when readers could see it; ahead when scheduled.")
    # It outlives its article.
    article = models.ForeignKey(
        Article,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    path = models.CharField(max_length=500, help_text="The address, or the last that it had.")
    former_path = models.CharField(
        max_length=500, blank=True, help_text="The address before it moved."
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["article", "-id"], name="change_of_article"),
            models.Index(
                fields=["at", "id"], condition=Q(position__isnull=True), name="change_unsettled"
            ),
            models.Index(
                fields=["settled_at", "position"],
                condition=Q(settled_at__isnull=False),
                name="change_settled_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind}"
