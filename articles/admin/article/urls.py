"""The pages about one article that the desk adds to Django's."""

from collections.abc import Callable

from django.http import HttpResponse

from articles.admin.article import withdrawal

PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("<int:pk>/withdraw/", withdrawal.withdraw, "withdraw"),
]
"""The route below ``/admin/articles/article/``, the view, and its name after
``articles_article_``."""
