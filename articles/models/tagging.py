from django.db import models
from taggit.models import ItemBase

from articles.models.article import Article
from articles.models.tag import Tag


class Tagging(ItemBase):
    """That an article carries a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    content_object = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once")
        ]


class TagSuggestion(models.Model):
    """A tag that a machine proposes for an article; an editor takes it or leaves it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tag_suggestions")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="suggestions")
    quote = models.CharField(max_length=200, help_text="The words that suggest it.")
    is_rejected = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["article"],
                condition=models.Q(is_rejected=False),
                name="tag_suggestion_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "tag"], name="tag_suggested_once")
        ]

    def __str__(self) -> str:
        return str(self.tag)
