from django.db import models

from articles.models.vocabulary import VocabularyKind


class FormerSlug(models.Model):
    """A slug under which an entry of the vocabulary once had its page: the old address leads on."""

    kind = models.CharField(max_length=12, choices=VocabularyKind)
    slug = models.CharField(max_length=200)
    key = models.BigIntegerField(help_text="The id of the entry it leads to.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="former_slugs_of_entry")]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
