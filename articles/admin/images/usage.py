"""Where an image is shown."""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from articles.editing.rules import visible_to
from articles.models import Article, ArticleQuerySet, Illustration, Image

LISTED = 10


class Uses(NamedTuple):
    """The newest articles that show an image, as far as whoever asks may read them, and whether
    there are others."""

    articles: list[Article]
    has_more: bool


def uses(image: Image, viewer: User) -> list[tuple[str, Uses]]:
    """How an image is shown, and by which articles."""
    ways = [
        ("As the lead image", Article.objects.filter(lead_image=image)),
        ("In the text", Article.objects.filter(illustrations__image=image)),
    ]
    found = [(how, _uses(articles, viewer)) for how, articles in ways]
    return [(how, shown) for how, shown in found if shown.articles or shown.has_more]


def with_uses(images: QuerySet[Image]) -> QuerySet[Image]:
    """``images``, each with whether it ``is_lead`` of an article, or ``is_in_text`` of one."""
    image = OuterRef("pk")
    return images.annotate(
        is_lead=Exists(Article.objects.filter(lead_image=image)),
        is_in_text=Exists(Illustration.objects.filter(image=image)),
    )


def _uses(articles: ArticleQuerySet, viewer: User) -> Uses:
    newest = articles.order_by("-pk")
    shown = list(visible_to(viewer, newest).only("headline", "status", "language")[: LISTED + 1])
    has_more = len(shown) > LISTED or len(newest.values("pk")[: len(shown) + 1]) > len(shown)
    return Uses(shown[:LISTED], has_more)
