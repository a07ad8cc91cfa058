from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article


class EditingSession(models.Model):
    """That somebody has an article open at the desk, and what they have typed but not saved.

    Without ``article`` it is a new one that was never saved.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="editing_sessions"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, help_text="The browser's last word.")
    based_on = models.PositiveIntegerField(
        default=0, help_text="The revision that what is unsaved began with."
    )
    unsaved = models.TextField(
        blank=True, help_text="The form as a browser would send it, URL-encoded."
    )
    unsaved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="editing_session_once"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(article__isnull=True),
                name="editing_session_of_new_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.article or 'a new article'}"
