"""Gives articles their public addresses, and never takes one away."""

from collections.abc import Sequence

from django.utils import timezone

from articles.models import Address, Article
from articles.text.slugs import slugify


def allocate(articles: Sequence[Article]) -> None:
    """Set ``path`` (and, where it must differ, ``slug``) of articles that have a publication time.

    An address that is or was another article's is not given again: the slug gets a number. Saves
    nothing; ``register`` does, once the articles are stored.
    """
    moving = [article for article in articles if article.published_at and not _is_at_home(article)]
    if not moving:
        return
    wanted = [_path(article, article.slug) for article in moving]
    taken = dict(Address.objects.filter(path__in=wanted).values_list("path", "article"))
    given: set[str] = set()
    for article in moving:
        slug, number = article.slug, 1
        while True:
            path = _path(article, slug)
            if number > 1 and path not in taken:
                taken.update(Address.objects.filter(path=path).values_list("path", "article"))
            if path not in given and taken.get(path, article.pk) == article.pk:
                break
            number += 1
            slug = f"{article.slug}-{number}"
        article.slug, article.path = slug, path
        given.add(path)


def register(articles: Sequence[Article]) -> None:
    """Remember the present path of stored articles among all those they ever had."""
    Address.objects.bulk_create(
        [Address(path=article.path, article=article) for article in articles if article.path],
        ignore_conflicts=True,
    )


def fill_slug(article: Article) -> None:
    """Give an article without a slug one from its headline."""
    article.slug = slugify(article.slug) or slugify(article.headline) or "untitled"


def _path(article: Article, slug: str) -> str:
    assert article.published_at is not None
    day = timezone.localtime(article.published_at, timezone.get_default_timezone())
    return f"/{day.year:04}/{day:%m/%d}/{slug}/"


def _is_at_home(article: Article) -> bool:
    return bool(article.path) and article.path == _path(article, article.slug)
