from django.db import models
from django.urls import reverse
from taggit.models import TagBase


class Tag(TagBase):
    """A subject of the archive's own vocabulary."""

    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])
