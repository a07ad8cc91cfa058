from django.db import models

from articles.models.article import Article


class Address(models.Model):
    """A path at which an article is, or once was, to be found; the present one included.

    ``path`` begins with a slash and may carry a query (``/?p=123``), as imported addresses do.
    """

    path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="addresses")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.path
