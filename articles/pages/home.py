"""The front page: the latest articles, those of each section, what readers discuss."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.comments.policy import hidden
from articles.comments.threads.pages import on_page
from articles.freshness import shows, shows_each, shows_list
from articles.listings import Listing, lines
from articles.models import (
    Article,
    Comment,
    ListingEntry,
    ListingKind,
    Section,
    Subject,
)
from articles.models.page_address import page_address
from articles.models.prepared import PreparedRows
from articles.pages.addresses import elsewhere
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

    @property
    def address(self) -> str:
        """Where the last comment is."""
        return on_page(self.path, self.comment_count, self.comment_id)


def home(request: HttpRequest) -> HttpResponse:
    """The front page; with a query, perhaps an imported site's old address such as ``/?p=123``."""
    if request.GET:
        try:
            return elsewhere(request)
        except Http404:
            pass
    archive = Listing(ListingKind.ARCHIVE)
    latest = archive.newest(LATEST)
    years = archive.years()
    newest = latest[0] if latest else None
    lead = next((article for article in latest if article.lead_image_id), newest)
    shows_each(Subject.IMAGE, [one.lead_image_id for one in latest if one.lead_image_id])
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


def _newest_of_sections(now: datetime) -> QuerySet[Any, Any]:
    entries = (
        ListingEntry.objects.filter(
            kind=ListingKind.SECTION, key=OuterRef("pk"), public_from__lte=now
        )
        .order_by("-public_from", "-article_id")
        .values("article")
    )
    newest = [Subquery(entries[place : place + 1]) for place in range(IN_SECTION)]
    return Section.objects.values_list("id", "name", "slug", *newest)


def _latest_comments(now: datetime) -> QuerySet[Any, Any]:
    return (
        Comment.objects.approved()
        .filter(article__public_from__lte=now)
        .exclude(hidden("article__"))
        .order_by("-created_at", "-id")
        .values_list(
            "article__headline",
            "article__path",
            "article__comment_count",
            "author_name",
            "id",
            "article",
        )[:_RECENT_COMMENTS]
    )


_section_rows = PreparedRows(datetime, _newest_of_sections)
_comment_rows = PreparedRows(datetime, _latest_comments)


def _sections(without: Article | None) -> list[tuple[Section, list[Article]]]:
    """Each section with its newest articles, in two queries however many sections there are.

    ``without`` stands on the page already.
    """
    left_out = {None, without.pk if without else None}
    shows(Subject.SECTION)
    newest = [
        (Section(pk, name, slug), [pk for pk in ids if pk not in left_out])
        for pk, name, slug, *ids in _section_rows(timezone.now())
    ]
    for section, _ in newest:
        shows_list(ListingKind.SECTION, section.pk)
    articles = {article.pk: article for article in lines([pk for _, ids in newest for pk in ids])}
    shows_each(Subject.IMAGE, [one.lead_image_id for one in articles.values() if one.lead_image_id])
    return [
        (section, [articles[pk] for pk in ids if pk in articles]) for section, ids in newest if ids
    ]


def _discussed() -> list[Discussed]:
    """The articles with the latest comments, each once."""
    found: dict[str, Discussed] = {}
    shows(Subject.COMMENTS)
    for headline, path, count, speaker, comment_id, article in _comment_rows(timezone.now()):
        shows(Subject.ARTICLE, article)
        found.setdefault(path or "", Discussed(headline, path or "", count, speaker, comment_id))
    return list(found.values())[:DISCUSSED]
