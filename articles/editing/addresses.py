"""Gives articles their public addresses, and never takes one away."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils import timezone

from articles.models import Address, Article
from articles.text.slugs import slugify

# A day's own pages stand where its articles do.
_TAKEN_BY_PAGES = ("/feed/",)


def allocate(articles: Sequence[Article]) -> None:
    """Set ``path`` (and, where it must differ, ``slug``) of articles that have a publication time.

    An address that is or was another article's is not given again: the slug gets a number. Saves
    nothing; ``register`` does, once the articles are stored.
    """
    moving = [article for article in articles if article.published_at and not _is_at_home(article)]
    if not moving:
        return
    owners = _Owners(path_of(article, article.slug) for article in moving)
    given: set[str] = set()
    numbers: Counter[str] = Counter()
    for article in moving:
        plain = path_of(article, article.slug)
        while True:
            numbers[plain] += 1
            path = _numbered(article, numbers[plain])
            if path not in owners.asked:
                # Further ahead each time, so that a thousand of one name take a few queries.
                ahead = range(numbers[plain], 2 * numbers[plain] + 10)
                owners.ask(_numbered(article, number) for number in ahead)
            if path.endswith(_TAKEN_BY_PAGES):
                continue
            if path not in given and owners.get(path, article.pk) == article.pk:
                break
        article.slug, article.path = path.split("/")[-2], path
        given.add(path)


def register(articles: Sequence[Article]) -> None:
    """Remember the present path of stored articles among all those they ever had."""
    Address.objects.bulk_create(
        [Address(path=article.path, article=article) for article in articles if article.path],
        ignore_conflicts=True,
    )


def path_of(article: Article, slug: str) -> str:
    """The address that an article with a publication time has under ``slug``."""
    assert article.published_at is not None
    day = timezone.localtime(article.published_at, timezone.get_default_timezone())
    return f"/{day.year:04}/{day:%m/%d}/{slug}/"


def fill_slug(article: Article) -> None:
    """Give an article without a slug one from its headline."""
    article.slug = slugify(article.slug) or slugify(article.headline) or "untitled"


class _Owners(dict[str, int]):
    """Which articles have, or had, the paths that were asked for."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.asked: set[str] = set()
        self.ask(paths)

    def ask(self, paths: Iterable[str]) -> None:
        wanted = set(paths)
        self.asked |= wanted
        self.update(Address.objects.filter(path__in=wanted).values_list("path", "article"))


def _numbered(article: Article, number: int) -> str:
    return path_of(article, article.slug if number == 1 else f"{article.slug}-{number}")


def _is_at_home(article: Article) -> bool:
    return bool(article.path) and article.path == path_of(article, article.slug)
