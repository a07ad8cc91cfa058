from django.db import models

from articles.models.article import Article
from articles.models.image import Image


class Illustration(models.Model):
    """That an article shows an image in its body; derived, see ``articles.editing.record``."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="illustrations")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="illustrations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="illustration_once")
        ]

    def __str__(self) -> str:
        return str(self.image)
