from django.conf import settings
from django.db import models

from articles.models.comment_policy import CommentPolicy
from articles.models.page_address import page_address


class Section(models.Model):
    """A part of the paper: every article stands in one, or in none."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Sections are shown by this number, the smallest first."
    )
    comment_policy = models.CharField(
        "comments",
        max_length=12,
        choices=CommentPolicy,
        default=CommentPolicy.OPEN,
        db_default=CommentPolicy.OPEN,
        help_text="For all articles of the section; an article may be stricter.",
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="desk_sections",
        help_text="Who works on this section only. Who is in none may work on all of them.",
    )

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("section", self.slug)
