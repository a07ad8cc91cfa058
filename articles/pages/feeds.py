"""Atom feeds: of the front page, of every list of articles, of corrections, of comments."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape, linebreaks

from articles.comments.policy import hidden
from articles.comments.threads.pages import on_page
from articles.freshness import shows
from articles.listings import Listing, day_bounds, listed, month_bounds, year_bounds
from articles.listings.calendar import Bounds
from articles.models import (
    Article,
    Author,
    Byline,
    Comment,
    Correction,
    ListingKind,
    Organisation,
    Person,
    Place,
    Section,
    Subject,
    Tag,
)
from articles.pages.addresses import absolute, elsewhere
from articles.pages.corrections import note_shown, public_corrections
from articles.pages.dates import existing_date
from articles.pages.indexing import unless_deindexed
from articles.pages.place import chosen_list
from articles.text.characters import printable

Entity = TypeVar("Entity", Author, Organisation, Person, Place, Section, Tag)

SIZE = 30
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_SUBJECTS = {
    ListingKind.AUTHOR: Subject.AUTHOR,
    ListingKind.ORGANISATION: Subject.ORGANISATION,
    ListingKind.PERSON: Subject.PERSON,
    ListingKind.SECTION: Subject.SECTION,
    ListingKind.TAG: Subject.TAG,
}


class Feed(Atom1Feed):
    """An Atom feed that one odd character in an article cannot break for all readers.

    Titles are plain text, descriptions are HTML.
    """

    def add_item(self, *args: Any, **fields: Any) -> None:
        for name in ("title", "description", "author_name"):
            fields[name] = printable(fields.get(name) or "")
        super().add_item(*args, **fields)

    def latest_post_date(self) -> datetime:
        """When the newest item changed; of an empty feed the same at every hour."""
        return super().latest_post_date() if self.items else _LONG_AGO


def home_feed(request: HttpRequest) -> HttpResponse:
    return _article_feed(request, Listing(ListingKind.ARCHIVE), settings.SITE_NAME, "/")


def section_feed(request: HttpRequest, slug: str) -> HttpResponse:
    return _entity_feed(request, ListingKind.SECTION, Section.objects.all(), slug)


def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    return _listed_feed(request, ListingKind.TAG, Tag.objects.all(), slug)


def author_feed(request: HttpRequest, slug: str) -> HttpResponse:
    return _listed_feed(request, ListingKind.AUTHOR, Author.objects.all(), slug)


def place_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is about a place, or whichever of its lists ``?list=`` names."""
    found = get_object_or_404(Place.objects.current(), slug=slug)
    shows(Subject.PLACE, found.pk)
    chosen = chosen_list(request)
    listing = Listing(chosen.kind, found.pk)
    address = f"{found.get_absolute_url()}{chosen.query}"
    return _article_feed(request, listing, chosen.title.format(found.name), address)


def person_feed(request: HttpRequest, slug: str) -> HttpResponse:
    return _listed_feed(request, ListingKind.PERSON, Person.objects.all(), slug)


def organisation_feed(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Organisation.objects.all()
    return _listed_feed(request, ListingKind.ORGANISATION, rows, slug)


def year_feed(request: HttpRequest, year: int) -> HttpResponse:
    address = reverse("articles:year", args=[year])
    return _date_feed(request, year_bounds(year), str(year), address)


def month_feed(request: HttpRequest, year: int, month: int) -> HttpResponse:
    label = date_format(existing_date(year, month, 1), "F Y")
    address = reverse("articles:month", args=[year, month])
    return _date_feed(request, month_bounds(year * 100 + month), label, address)


def day_feed(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    when = existing_date(year, month, day)
    address = reverse("articles:day", args=[year, month, day])
    return _date_feed(request, day_bounds(when), date_format(when, "j F Y"), address)


def corrections_feed(request: HttpRequest) -> HttpResponse:
    feed = _feed("Corrections", reverse("articles:corrections"))
    rows = list(public_corrections()[:SIZE])
    note_shown(rows)
    for correction in rows:
        address = absolute(correction.article.path or "")
        feed.add_item(
            title=f"{correction.get_kind_display()}: {correction.article.headline}",
            link=address,
            description=_both_sides(correction),
            unique_id=f"{address}#correction-{correction.pk}",
            pubdate=correction.created_at,
            updateddate=correction.created_at,
        )
    return _answer(feed)


def _both_sides(correction: Correction) -> str:
    """What was wrong, where the note says it, and what is right, as HTML."""
    right = linebreaks(correction.text, autoescape=True)
    if not correction.wrong:
        return right
    wrong = linebreaks(correction.wrong, autoescape=True)
    return f"<p><b>What was wrong:</b></p>{wrong}<p><b>What is right:</b></p>{right}"


def comments_feed(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The newest comments on an article."""
    article = (
        Article.objects.public()
        .filter(path=request.path_info.removesuffix("feed/"))
        .only("headline", "path", "comment_count", "deindexed_at")
        .first()
    )
    if article is None:
        return elsewhere(request, "feed/")
    shows(Subject.ARTICLE, article.pk)
    shows(Subject.DISCUSSION, article.pk)
    feed = _feed(f"Comments on {article.headline}", article.path or "")
    shown = Comment.objects.approved().filter(article=article).exclude(hidden("article__"))
    shown = shown.order_by("-created_at", "-id")
    for comment in shown.only("author_name", "html", "created_at", "edited_at")[:SIZE]:
        address = absolute(on_page(article.path or "", article.comment_count, comment.pk))
        feed.add_item(
            title=comment.author_name,
            link=address,
            description=comment.html,
            author_name=comment.author_name,
            unique_id=address,
            pubdate=comment.created_at,
            updateddate=comment.edited_at or comment.created_at,
        )
    return unless_deindexed(_answer(feed), article)


def article_entries(title: str, address: str, articles: Iterable[Article]) -> HttpResponse:
    """A feed of these articles; ``address`` is the page that it belongs to."""
    rows = list(articles)
    authors: dict[int, list[str]] = {}
    for article_id, name, author in (
        Byline.objects.filter(article__in=[article.pk for article in rows])
        .order_by("article", "order", "id")
        .values_list("article", "author__name", "author")
    ):
        shows(Subject.AUTHOR, author)
        authors.setdefault(article_id, []).append(name)
    feed = _feed(title, address)
    for article in rows:
        link = absolute(article.path or "")
        feed.add_item(
            title=article.headline,
            link=link,
            description=escape(article.summary),
            author_name=", ".join(authors.get(article.pk, [])),
            unique_id=link,
            pubdate=article.published_at,
            updateddate=article.updated_at,
            categories=[printable(article.section.name)] if article.section else (),
        )
    return _answer(feed)


def _listed_feed(
    request: HttpRequest, kind: ListingKind, rows: QuerySet[Entity], slug: str
) -> HttpResponse:
    return _entity_feed(request, kind, listed(rows, kind), slug)


def _entity_feed(
    request: HttpRequest, kind: ListingKind, rows: QuerySet[Entity], slug: str
) -> HttpResponse:
    found = get_object_or_404(rows, slug=slug)
    shows(_SUBJECTS[kind], found.pk)
    return _article_feed(request, Listing(kind, found.pk), found.name, found.get_absolute_url())


def _date_feed(request: HttpRequest, bounds: Bounds, label: str, address: str) -> HttpResponse:
    since, until = bounds
    listing = Listing(ListingKind.ARCHIVE, since=since, until=until)
    return _article_feed(request, listing, label, address)


def _article_feed(request: HttpRequest, listing: Listing, title: str, address: str) -> HttpResponse:
    return article_entries(title, address, listing.newest(SIZE))


def _feed(title: str, address: str) -> Feed:
    path, mark, query = address.partition("?")
    named = title if title == settings.SITE_NAME else f"{title} · {settings.SITE_NAME}"
    return Feed(
        title=printable(named),
        link=absolute(address),
        description="",
        feed_url=absolute(f"{path}feed/{mark}{query}"),
        language=settings.LANGUAGE_CODE,
    )


def _answer(feed: Feed) -> HttpResponse:
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
