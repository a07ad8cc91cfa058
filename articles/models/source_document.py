from django.db import models

from articles.models.article import Article


class SourceDocument(models.Model):
    """The input an article was made from, byte for byte, so that nothing is lost in the reading."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="source_document"
    )
    name = models.CharField(max_length=500, help_text="File name or address, for people.")
    format = models.CharField(max_length=20)
    received_at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64, db_index=True, help_text="Of the content.")
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
