from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article


class CommentState(models.TextChoices):
    PENDING = "pending", "held for moderation"
    APPROVED = "approved", "approved"
    SPAM = "spam", "spam"
    BIN = "bin", "in the bin"


class Badge(models.TextChoices):
    """What stands beside a name that is more than a reader's."""

    AUTHOR = "author", "Author"
    STAFF = "staff", "Staff"


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
    root = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        db_index=False,  # see the index of a thread
        related_name="+",
        help_text="The first comment of its thread: itself, when it answers the article.",
    )
    path = models.CharField(max_length=250, blank=True, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    thread_size = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="Approved comments of its thread, itself included; 0 in all but the first.",
    )
    state = models.CharField(max_length=8, choices=CommentState, default=CommentState.PENDING)
    author_name = models.CharField("name", max_length=245)
    author_email = models.EmailField("e-mail", max_length=100, blank=True)
    author_website = models.URLField("website", max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    badge = models.CharField(max_length=6, choices=Badge, blank=True, db_default="", editable=False)
    text = models.TextField(help_text="As it was typed.")
    html = models.TextField(editable=False, help_text="As it is shown: escaped, links marked.")
    revision = models.PositiveIntegerField(
        default=0, help_text="The version of the article that it answers."
    )
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Who of the newsroom; nobody when its own author corrected it.",
    )
    withdrawn_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When its own author took it back; nobody can approve it any more.",
    )
    featured_at = models.DateTimeField(null=True, blank=True, editable=False)
    address = models.GenericIPAddressField("network address", null=True, blank=True)
    network = models.CharField(
        max_length=43,
        blank=True,
        db_default="",
        editable=False,
        help_text="The network that the address is in: a /24 of IPv4, a /48 of IPv6.",
    )
    user_agent = models.CharField(max_length=300, blank=True)
    rule = models.CharField(
        max_length=30,
        blank=True,
        db_default="",
        editable=False,
        help_text="Which rule of the ladder decided when it came.",
    )
    rule_state = models.CharField(
        max_length=8,
        choices=CommentState,
        blank=True,
        db_default="",
        editable=False,
        help_text="The state that this rule put it into.",
    )
    rule_reason = models.CharField(
        max_length=300, blank=True, db_default="", editable=False, help_text="The rule’s words."
    )
    spam_score = models.FloatField(
        null=True, editable=False, help_text="How likely spam, from 0 to 1, as learned until then."
    )
    learned = models.CharField(
        max_length=4,
        blank=True,
        db_default="",
        editable=False,
        choices=[("ham", "ham"), ("spam", "spam")],
        help_text="As what the classifier has learned it.",
    )
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
    reports_open = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False, help_text="Readers’ reports nobody has judged yet."
    )
    wants_replies = models.BooleanField(
        "mail of answers",
        default=False,
        db_default=False,
        help_text="Its author asked to be told of answers to it.",
    )
    wants_decision = models.BooleanField(
        "mail of approval",
        default=False,
        db_default=False,
        help_text="Its author asked to be told when it is approved.",
    )
    told_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When its author and whom it answers were told that it stands; told once.",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("ban_commenter", "Can ban, trust and always hold commenters")]
        indexes = [
            models.Index(fields=["article", "state", "path"], name="comment_thread"),
            models.Index(fields=["root", "state", "path"], name="comment_in_thread"),
            models.Index(
                fields=["article", "id"],
                condition=Q(thread_size__gt=0),
                name="comment_threads",
            ),
            models.Index(
                fields=["article", "-thread_size", "id"],
                condition=Q(thread_size__gt=0),
                name="comment_most_discussed",
            ),
            models.Index(
                fields=["article", "featured_at"],
                condition=Q(featured_at__isnull=False),
                name="comment_featured",
            ),
            models.Index(fields=["state", "-created_at", "-id"], name="comment_queue"),
            models.Index(
                fields=["state", "-created_at", "-id"],
                condition=Q(decided_at__isnull=True) & ~Q(rule=""),
                name="comment_unseen",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(reports_open__gt=0),
                name="comment_reported",
            ),
            models.Index(fields=["author_email", "state"], name="comment_of_email"),
            models.Index(fields=["author_email", "-created_at"], name="comment_of_email_newest"),
            models.Index(fields=["address", "-created_at"], name="comment_of_address"),
            models.Index(
                fields=["network", "-created_at"],
                condition=~Q(network=""),
                name="comment_of_network",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(address__isnull=False),
                name="comment_with_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return f"{self.article.path}#comment-{self.pk}"
