from django.conf import settings
from django.db import models

from articles.models.vocabulary import VocabularyKind


class LinkingRun(models.Model):
    """A pass over articles that were there before: of the whole archive, or of those that have
    the names of one entry. It can be stopped and goes on where it was."""

    kind = models.CharField(
        max_length=12, choices=VocabularyKind, blank=True, help_text="Empty for the whole archive."
    )
    key = models.BigIntegerField(null=True, help_text="The id of the entry.")
    names = models.JSONField(default=list, help_text="Those names of it that are looked for.")
    since = models.DateField(
        null=True, help_text="Of the archive, only what was published on that day or later."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_article = models.BigIntegerField(
        default=0, help_text="The id up to which, in order of ids, articles have been seen."
    )
    total = models.PositiveIntegerField(default=0, help_text="How many articles it has to see.")
    seen = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("link_archive", "Can link names in articles that are already there")]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(finished_at__isnull=True),
                name="linking_run_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'archive'} {self.key or ''}".strip()


class StaleArticle(models.Model):
    """An article whose lists and search entry lag behind a change of the vocabulary; the worker
    brings them up to date."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article_id)
