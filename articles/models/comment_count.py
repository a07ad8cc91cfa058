from django.db import models

from articles.models.article import Article
from articles.models.comment import CommentState


class CommentCount(models.Model):
    """How many comments of an article are in a state, kept with every change of one.

    ``Article.comment_count`` has the number of approved ones too, because every list shows it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comment_counts")
    state = models.CharField(max_length=8, choices=CommentState)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "state"], name="comment_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_state_display()}"
