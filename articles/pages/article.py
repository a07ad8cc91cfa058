"""The article page, the busiest of all: twelve queries at most, whatever the article holds, and
nine when its discussion is short."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import router
from django.db.models import Count, Model, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.comments.discussion import PERSONAL, discussion
from articles.freshness import shows, shows_each
from articles.models import (
    Article,
    Byline,
    Correction,
    Image,
    Place,
    Placement,
    Revision,
    Section,
    Subject,
    Tagging,
)
from articles.models.loaded import loaded
from articles.models.page_address import page_address
from articles.models.prepared import PreparedRows
from articles.pages.addresses import absolute, elsewhere
from articles.pages.dateline import dateline, run_in
from articles.pages.indexing import unless_deindexed
from articles.pages.linked_body import link_mentions
from articles.pages.note_marks import mark_notes
from articles.pages.pictures import for_others, with_renditions
from articles.pages.related import related_lines
from articles.pages.standfirst import standfirst
from articles.pages.story import story_of
from articles.pages.structured_data import news_article
from articles.text.language import direction

Row = TypeVar("Row", bound=Model)

SAMPLE = "sample"
"""The source of the articles that come with the program."""


def _columns(model: type[Model], *but: str) -> tuple[str, ...]:
    """The columns of a model."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.name not in but)


def _versions_seen(now: datetime) -> Subquery:
    """How many versions of an article readers saw."""
    of_article = Revision.objects.seen(now).filter(article=OuterRef("pk")).order_by()
    return Subquery(of_article.values("article").annotate(count=Count("pk")).values("count"))


def _last_change(now: datetime) -> Subquery:
    """The last version of an article that changed for readers more than a trifle."""
    changes = Revision.objects.seen(now).filter(article=OuterRef("pk"), is_minor=False)
    return Subquery(changes.order_by("-number").values("number")[:1])


def _later_report(now: datetime, column: str) -> Subquery:
    """A column of the newest public article that brings an article up to date."""
    later = Article.objects.public(now).filter(updates=OuterRef("pk")).newest()
    return Subquery(later.values(column)[:1])


class Public(NamedTuple):
    """A public article and what its page says of others: how many versions of it readers saw and
    which was the last that changed something, and the report that it brings up to date or that did
    so since, as headline and address."""

    article: Article
    versions: int
    last_change: int
    earlier_report: tuple[str, str] | None
    later_report: tuple[str, str] | None


_ARTICLE = _columns(Article)
_SECTION = _columns(Section, "description")
_PLACE = _columns(Place, "description")
_IMAGE = _columns(Image)
_CORRECTION = _columns(Correction)

_articles = PreparedRows(
    (str, datetime),
    lambda path, now: Article.objects.filter(path=path).values_list(
        *_ARTICLE,
        *(f"section__{column}" for column in _SECTION),
        *(f"dateline_place__{column}" for column in _PLACE),
        *(f"lead_image__{column}" for column in _IMAGE),
        _versions_seen(now),
        _last_change(now),
        _later_report(now, "pk"),
        "updates__public_from",
        "updates__headline",
        "updates__path",
        _later_report(now, "headline"),
        _later_report(now, "path"),
    ),
)
_authors = PreparedRows(
    int,
    lambda article_id: (
        Byline.objects.filter(article=article_id)
        .order_by("order", "id")
        .values_list("author", "author__name", "author__slug")
    ),
)
_tags = PreparedRows(
    int,
    lambda article_id: (
        Tagging.objects.filter(content_object=article_id)
        .order_by("tag__name")
        .values_list("tag", "tag__name", "tag__slug")
    ),
)
_corrections = PreparedRows(
    int,
    lambda article_id: (
        Correction.objects.filter(article=article_id)
        .order_by("created_at", "id")
        .values_list(*_CORRECTION)
    ),
)


def article(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The article at this address, or what became of the one that was here."""
    public = _public_article(request.path_info)
    if public is None:
        return elsewhere(request)
    found = public.article
    talk = discussion(found, request.GET, public.last_change)
    if not talk.is_shown:
        found.comment_count = 0
    shown = story_context(found)
    reports = {report[1] for report in (public.earlier_report, public.later_report) if report}
    context = {
        **shown,
        "related": related_lines(found, shown["story"].names, reports),
        "discussion": talk,
        "times_changed": max(public.versions - 1, 0),
        "earlier_report": public.earlier_report,
        "later_report": public.later_report,
    }
    response = unless_deindexed(render(request, "articles/pages/article.html", context), found)
    if not request.GET.keys().isdisjoint(PERSONAL):
        # The reader's own comment, which nobody else may see.
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def story_context(article: Article) -> dict[str, Any]:
    """What the template of an article's page shows besides the discussion, in five queries at
    most; ``article`` has its section, place and image with it."""
    author_rows, tag_rows = list(_authors(article.pk)), list(_tags(article.pk))
    authors = [(name, page_address("author", slug)) for _, name, slug in author_rows]
    tags = [(name, page_address("tag", slug)) for _, name, slug in tag_rows]
    shows_each(Subject.AUTHOR, [pk for pk, _, _ in author_rows])
    shows_each(Subject.TAG, [pk for pk, _, _ in tag_rows])
    shows(Subject.ARTICLE, article.pk)
    shows(Subject.SECTION, article.section_id)
    shows(Subject.PLACE, article.dateline_place_id)
    shows(Subject.IMAGE, article.lead_image_id)
    story = story_of(article)
    corrections = _notes_on(article)
    return {
        "article": article,
        "direction": direction(article.language),
        "authors": authors,
        "tags": tags,
        "story": story,
        "notes_on_top": [one for one in corrections if one.placement != Placement.FOOT],
        "notes_at_foot": [one for one in corrections if one.placement == Placement.FOOT],
        "related": None,
        "times_changed": 0,
        "earlier_report": None,
        "later_report": None,
        "body": with_renditions(
            run_in(
                mark_notes(link_mentions(article.body, story.targets), corrections),
                dateline(article),
            )
        ),
        "standfirst": standfirst(article.summary, article.body),
        "is_sample": article.source == SAMPLE,
        "structured_data": news_article(
            article, authors=authors, tags=tags, story=story, corrections=corrections
        ),
        "section_address": (
            page_address("section", article.section.slug) if article.section else ""
        ),
        "dateline_address": (
            page_address("place", article.dateline_place.slug) if article.dateline_place else ""
        ),
        "day_address": (article.path or "")[: len("/YYYY/MM/DD/")],
        "image": absolute(for_others(article.lead_image)) if article.lead_image else "",
        "canonical": article.path,
        "feed": f"{article.path}feed/",
    }


def _notes_on(article: Article) -> list[Correction]:
    """The article's public notes, oldest first; without the paragraph where it is gone."""
    using = router.db_for_read(Correction)
    notes = [loaded(Correction, _CORRECTION, row, using) for row in _corrections(article.pk)]
    for note in notes:
        if f' id="{note.paragraph}"' not in article.body:
            note.paragraph = ""
    return notes


def _public_article(path: str) -> Public | None:
    """The public article at ``path`` with its section, place and image, in one query."""
    now = timezone.now()
    for row in _articles(path, now):
        columns = iter(row)
        article = _instance(Article, _ARTICLE, columns)
        section = _instance(Section, _SECTION, columns)
        place = _instance(Place, _PLACE, columns)
        image = _instance(Image, _IMAGE, columns)
        if article is None or not article.is_public():
            return None
        article.section, article.dateline_place, article.lead_image = section, place, image
        versions, last_change, later_pk, since, headline, earlier, later_headline, later = columns
        shows(Subject.ARTICLE, article.updates_id, later_pk)
        return Public(
            article,
            versions or 0,
            last_change or 0,
            (headline, earlier) if since is not None and since <= now else None,
            (later_headline, later) if later else None,
        )
    return None


def _instance(model: type[Row], names: Sequence[str], columns: Iterator[Any]) -> Row | None:
    """The row that the next of ``columns`` hold; None when its key, the first of them, is null."""
    values = list(islice(columns, len(names)))
    return loaded(model, names, values, router.db_for_read(Article)) if values[0] else None
