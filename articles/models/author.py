from django.conf import settings
from django.db import models

from articles.models.page_address import page_address


class Author(models.Model):
    """A byline: somebody of the newsroom or outside it, a desk or an agency."""

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=200, unique=True)
    biography = models.TextField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The login, if the author is on the staff.",
    )

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="author_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("author", self.slug)
