"""The front page: the latest articles, those of each section, what readers discuss."""

from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.listings import Listing
from articles.models import (
    Article,
    Comment,
    CommentPolicy,
    ListingEntry,
    ListingKind,
    Section,
)
from articles.pages.addresses import elsewhere, page_address
from articles.pages.timeline import timeline

LATEST = 11
IN_SECTION = 4
DISCUSSED = 5
# The comments among which the discussed articles are looked for.
_RECENT_COMMENTS = 60


class Discussed(NamedTuple):
    """An article under discussion and who spoke last."""

    headline: str
    path: str
    comment_count: int
    speaker: str
    comment_id: int


def home(request: HttpRequest) -> HttpResponse:
    """The front page; with a query, perhaps an imported site's old address such as ``/?p=123``."""
    if request.GET:
        try:
            return elsewhere(request)
        except Http404:
            pass
    latest = list(Article.objects.public().for_listing().newest()[:LATEST])
    years = Listing(ListingKind.ARCHIVE).years()
    newest = latest[0] if latest else None
    lead = next((article for article in latest if article.lead_image_id), newest)
    context = {
        "lead": lead,
        "latest": [article for article in latest if article is not lead],
        "sections": _sections(without=lead),
        "discussed": _discussed(),
        "timeline": timeline(years, lambda year: page_address("year", year)),
        "total": sum(years.values()),
        "canonical": "/",
        "feed": reverse("articles:home-feed"),
    }
    return render(request, "articles/pages/home.html", context)


def _sections(without: Article | None) -> list[tuple[Section, list[Article]]]:
    """Each section with its newest articles, in two queries however many sections there are.

    ``without`` stands on the page already.
    """
    entries = (
        ListingEntry.objects.filter(
            kind=ListingKind.SECTION, key=OuterRef("pk"), public_from__lte=timezone.now()
        )
        .order_by("-public_from", "-article_id")
        .values("article")
    )
    names = [f"newest{place}" for place in range(IN_SECTION)]
    sections = Section.objects.annotate(
        **{name: Subquery(entries[place : place + 1]) for place, name in enumerate(names)}
    )
    newest = {
        section: [
            pk
            for name in names
            if (pk := getattr(section, name)) and (without is None or pk != without.pk)
        ]
        for section in sections
    }
    articles = Article.objects.for_listing().in_bulk([pk for ids in newest.values() for pk in ids])
    return [
        (section, [articles[pk] for pk in ids if pk in articles])
        for section, ids in newest.items()
        if ids
    ]


def _discussed() -> list[Discussed]:
    """The articles with the latest comments, each once."""
    rows = (
        Comment.objects.approved()
        .filter(article__public_from__lte=timezone.now())
        .exclude(article__comment_policy=CommentPolicy.HIDDEN)
        .order_by("-created_at", "-id")
        .values_list(
            "article__headline", "article__path", "article__comment_count", "author_name", "id"
        )[:_RECENT_COMMENTS]
    )
    found: dict[str, Discussed] = {}
    for headline, path, count, speaker, comment_id in rows:
        found.setdefault(path or "", Discussed(headline, path or "", count, speaker, comment_id))
    return list(found.values())[:DISCUSSED]
