"""The article page, the busiest of all: six queries at most, whatever the article holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape

from articles.comments.discussion import discussion
from articles.models import Article, Correction
from articles.pages.addresses import absolute, elsewhere, entity_address
from articles.pages.dateline import dateline, run_in
from articles.pages.linked_body import link_mentions
from articles.pages.story import story_of
from articles.pages.structured_data import news_article
from articles.text.language import direction

SAMPLE = "sample"
"""The source of the articles that come with the program."""

_COLUMNS = (
    "headline", "slug", "path", "summary", "body", "language", "status", "published_at",
    "public_from", "updated_at", "dateline_date", "dateline_text", "dateline_year_is_guess",
    "comment_policy", "comment_count", "source", "revision", "word_count",
    "section__name", "section__slug",
    "dateline_place__name", "dateline_place__slug",
    "lead_image__file", "lead_image__width", "lead_image__height", "lead_image__alt_text",
    "lead_image__is_decorative", "lead_image__caption", "lead_image__credit",
)  # fmt: skip
# How much of a summary must stand at the start of the text for it to be left out.
_REPEATED = 60


def article(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The article at this address, or what became of the one that was here."""
    found = (
        Article.objects.public()
        .filter(path=request.path_info)
        .select_related("section", "dateline_place", "lead_image")
        .only(*_COLUMNS)
        .first()
    )
    if found is None:
        return elsewhere(request)
    authors = [
        (name, entity_address("author", slug))
        for name, slug in found.bylines.order_by("order", "id").values_list(
            "author__name", "author__slug"
        )
    ]
    tags = [
        (name, entity_address("tag", slug))
        for name, slug in found.taggings.order_by("tag__name").values_list("tag__name", "tag__slug")
    ]
    story = story_of(found)
    corrections = list(Correction.objects.filter(article=found).order_by("created_at", "id"))
    context = {
        "article": found,
        "direction": direction(found.language),
        "authors": authors,
        "tags": tags,
        "story": story,
        "corrections": corrections,
        "body": run_in(link_mentions(found.body, story.targets), dateline(found)),
        "standfirst": "" if _repeats_lead(found) else found.summary,
        "discussion": discussion(found, request.GET),
        "is_sample": found.source == SAMPLE,
        "structured_data": news_article(
            found, authors=authors, tags=tags, story=story, corrections=corrections
        ),
        "section_address": (entity_address("section", found.section.slug) if found.section else ""),
        "dateline_address": (
            entity_address("place", found.dateline_place.slug) if found.dateline_place else ""
        ),
        "day_address": (found.path or "")[: len("/YYYY/MM/DD/")],
        "image": absolute(found.lead_image.file.url) if found.lead_image else "",
        "canonical": found.path,
        "feed": f"{found.path}feed/",
    }
    response = render(request, "articles/pages/article.html", context)
    if "held" in request.GET:
        # The reader's own comment, which nobody else may see.
        response["Cache-Control"] = "private, no-store"
    return response


def _repeats_lead(article: Article) -> bool:
    """A summary drawn from the first sentences says nothing to who reads them right below."""
    lead = article.body[article.body.find(">") + 1 :]
    return lead.startswith(escape(article.summary[:_REPEATED]))
