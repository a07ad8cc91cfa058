from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from articles.models.comment import CommentState
from articles.models.comment_policy import CommentPolicy
from articles.models.prepared import PreparedInstances

_ONLY = 1


class CommentOrder(models.TextChoices):
    """How the threads of an article are ordered."""

    OLDEST = "oldest", "Oldest first"
    NEWEST = "newest", "Newest first"
    DISCUSSED = "discussed", "Most discussed first"


class CommentRulesManager(models.Manager["CommentRules"]):
    def current(self) -> CommentRules:
        """The rules in force; those of a new site until somebody has changed one."""
        return next(iter(_rules(_ONLY)), None) or CommentRules(pk=_ONLY)


class CommentRules(models.Model):
    """What the newsroom lets readers do, and which comments it looks at first. One row.

    Numbers are off at 0. ``articles.comments.judging.ladder`` has the rules in their order.
    """

    policy = models.CharField(
        "everywhere",
        max_length=12,
        choices=CommentPolicy,
        default=CommentPolicy.OPEN,
        help_text="A section or an article may be stricter.",
    )
    close_after_days = models.PositiveSmallIntegerField(
        default=0, help_text="Days after publication until an article takes no more comments."
    )
    links_held = models.PositiveSmallIntegerField(
        default=2, help_text="A comment with this many links is held."
    )
    hold_first = models.PositiveSmallIntegerField(
        default=1, help_text="A commenter’s comments are held until so many were approved."
    )
    hold_rejected_percent = models.PositiveSmallIntegerField(
        default=30,
        validators=[MaxValueValidator(100)],
        help_text="Who had this share of comments rejected of late is held.",
    )
    hold_rejected_days = models.PositiveSmallIntegerField(default=30, help_text="What is of late.")
    hold_imitators = models.BooleanField(
        default=True, help_text="Names that look like those of the staff are held."
    )
    hold_suspicious = models.BooleanField(
        default=True, help_text="Markup, scripts and what machines post are held."
    )
    hold_learned = models.BooleanField(
        default=True, help_text="What resembles the spam that moderators marked is held."
    )
    learned_percent = models.PositiveSmallIntegerField(
        default=90,
        validators=[MinValueValidator(50), MaxValueValidator(100)],
        help_text="How sure it must be.",
    )
    disallowed_state = models.CharField(
        max_length=8,
        choices=[
            (CommentState.PENDING, "held"),
            (CommentState.SPAM, "spam"),
            (CommentState.BIN, "in the bin"),
        ],
        default=CommentState.BIN,
        help_text="Where comments with a disallowed word go.",
    )
    least_length = models.PositiveSmallIntegerField(
        default=0, help_text="Characters that a comment has at least."
    )
    greatest_length = models.PositiveIntegerField(
        default=0, help_text="Characters that a comment has at most."
    )
    seconds_between = models.PositiveSmallIntegerField(
        default=15, help_text="Seconds between two comments of one reader."
    )
    hourly_of_address = models.PositiveSmallIntegerField(
        default=20, help_text="Comments from one network address in an hour."
    )
    hourly_of_network = models.PositiveSmallIntegerField(
        default=60, help_text="Comments from one network in an hour."
    )
    edit_minutes = models.PositiveSmallIntegerField(
        default=10, help_text="Minutes for which readers may correct what they wrote."
    )
    depth = models.PositiveSmallIntegerField(
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="Levels of a thread; a deeper answer joins the last.",
    )
    threads_per_page = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(5), MaxValueValidator(50)]
    )
    order = models.CharField(max_length=9, choices=CommentOrder, default=CommentOrder.OLDEST)
    forget_after_days = models.PositiveSmallIntegerField(
        default=90, help_text="Days until network addresses and browsers’ names are forgotten."
    )

    objects = CommentRulesManager()

    class Meta:
        verbose_name = verbose_name_plural = "rules for comments"
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return "Rules for comments"


_rules = PreparedInstances[CommentRules](int, lambda pk: CommentRules.objects.filter(pk=pk))


class WordListKind(models.TextChoices):
    HELD = "held", "Comments with one of these are held"
    DISALLOWED = "disallowed", "Comments with one of these are taken away"


class WordList(models.Model):
    """Words, addresses and networks that decide about a comment, one a line."""

    kind = models.CharField(max_length=10, choices=WordListKind, unique=True)
    words = models.TextField(blank=True)
    changed_at = models.DateTimeField(
        auto_now=True, help_text="Processes read the list anew when this has changed."
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.get_kind_display())
