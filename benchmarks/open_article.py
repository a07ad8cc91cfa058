"""Opens the doors to readers of one article: ``python -m benchmarks.open_article`` prints where.

The limits of what one network may post are lifted, since all that is measured with comes from a
few. A process of its own, since Django is set up for one database.
"""

import json

import django

django.setup()

from articles.models import Article, CommentRules  # noqa: E402


def open_article() -> str:
    """The path of an article that takes comments."""
    CommentRules.objects.update_or_create(
        pk=1, defaults={"hourly_of_network": 0, "hourly_of_address": 0}
    )
    article = Article.objects.public().filter(comment_policy="open").latest("pk")
    return str(article.path)


if __name__ == "__main__":
    print(json.dumps(open_article()))
