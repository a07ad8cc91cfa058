from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.article import Article


class CommentState(models.TextChoices):
    PENDING = "pending", "held for moderation"
    APPROVED = "approved", "approved"
    SPAM = "spam", "spam"
    BIN = "bin", "in the bin"


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> CommentQuerySet:
        """What every reader may see of a public article's comments."""
        return self.filter(state=CommentState.APPROVED)

    def threaded(self) -> CommentQuerySet:
        """Oldest thread first, each answer below what it answers."""
        return self.order_by("path")


class Comment(models.Model):
    """What a reader says about an article.

    ``path`` orders a thread without recursion: the ids from the top-level comment down to this
    one, each as twelve digits (see ``articles.comments.threads``).
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    path = models.CharField(max_length=250, blank=True, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(max_length=8, choices=CommentState, default=CommentState.PENDING)
    author_name = models.CharField("name", max_length=245)
    author_email = models.EmailField("e-mail", max_length=100, blank=True)
    author_website = models.URLField("website", max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(help_text="As it was typed.")
    html = models.TextField(editable=False, help_text="As it is shown: escaped, links marked.")
    revision = models.PositiveIntegerField(
        default=0, help_text="The version of the article that it answers."
    )
    created_at = models.DateTimeField(default=timezone.now)
    address = models.GenericIPAddressField("network address", null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    reason = models.CharField(
        max_length=300, blank=True, help_text="Which rule or whose judgement put it in its state."
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["article", "state", "path"], name="comment_thread"),
            models.Index(fields=["state", "-created_at", "-id"], name="comment_queue"),
            models.Index(fields=["author_email", "state"], name="comment_of_email"),
            models.Index(fields=["address", "-created_at"], name="comment_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return f"{self.article.path}#comment-{self.pk}"
