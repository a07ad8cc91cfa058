from django.conf import settings
from django.db import models

from articles.models.article import Article


class DeskNote(models.Model):
    """What one editor tells the others about an article, or about a passage of it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="desk_notes")
    paragraph = models.CharField(
        max_length=20, blank=True, help_text="The paragraph it is about; empty for the article."
    )
    quote = models.CharField(max_length=300, blank=True, help_text="The words it is about.")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
