from django.conf import settings
from django.db import models

from articles.models.vocabulary import VocabularyKind


class Merge(models.Model):
    """That one entry of the vocabulary was merged into another: who did it, when and why, and all
    that is needed to split them again."""

    kind = models.CharField(max_length=12, choices=VocabularyKind)
    source_id = models.BigIntegerField(help_text="The entry that is gone; its row is a shell.")
    target_id = models.BigIntegerField(help_text="The one that all it had went to.")
    source_name = models.CharField(max_length=200)
    target_name = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(
        default=dict, help_text="What fields of the two rows held that the merge changed."
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("merge_entities", "Can merge entries of the vocabulary and split them")]
        indexes = [
            models.Index(fields=["kind", "target_id"], name="merges_into_entry"),
            models.Index(fields=["kind", "source_id"], name="merges_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.source_name} into {self.target_name}"


class MergeMove(models.Model):
    """A row that a merge gave to the target, or deleted because the target had its like."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="moves")
    model = models.CharField(max_length=30, help_text="The model's name: mention, position.")
    row = models.BigIntegerField(help_text="The row's id.")
    field = models.CharField(max_length=30, help_text="The column that pointed to the source.")
    was = models.JSONField(
        null=True,
        help_text="All its columns, where the row was deleted; of one that stayed, the column "
        "that was changed.",
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
