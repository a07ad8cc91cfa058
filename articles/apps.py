from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """The archive: articles, what they are about, what readers say of them."""

    name = "articles"
    verbose_name = "Newsroom"
