"""What is looked at before an article goes before readers."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.html import strip_tags

from articles.editing.body_checks import is_capitals, stops_in, warnings_in
from articles.editing.findings import Finding, Level, one_or_more
from articles.models import Article, MentionState

__all__ = ["Finding", "Level", "NamesAndTags", "check", "stops"]

LONG_HEADLINE = 110
"""Search engines and other sites cut longer ones (Google, "Article structured data")."""

_LOUD_HEADLINE = 12


class NamesAndTags(NamedTuple):
    """How many names and tags of an article wait for an editor, and how many names that one
    confirmed the text no longer has."""

    names: int
    tags: int
    adrift: int


def stops(article: Article) -> list[Finding]:
    """What stands against publishing the article as it is in memory; costs no query but for its
    lead image, if that was not read along."""
    return list(_stops(article))


def check(article: Article, names: NamesAndTags | None = None) -> list[Finding]:
    """Everything that an article's editor should know before publishing, gravest first: of the
    article as it is in memory, and of the names and tags that wait in the database.

    ``names`` says how many those are, if it is at hand; else they are asked for.
    """
    return [*_stops(article), *_warnings(article, names)]


def _stops(article: Article) -> Iterator[Finding]:
    if not article.headline.strip():
        yield Finding(Level.STOP, "headline", "An article needs a headline.")
    if not strip_tags(article.body).strip() and "<img" not in article.body:
        yield Finding(Level.STOP, "body", "An article needs a body before it is published.")
    image = article.lead_image
    if image and not image.is_decorative and not image.alt_text.strip():
        yield Finding(
            Level.STOP,
            "lead_image",
            "The lead image has no alternative text. Say what it shows, or mark it as decorative.",
        )
    yield from stops_in(article.body)


def _warnings(article: Article, names: NamesAndTags | None) -> Iterator[Finding]:
    yield from _about_the_headline(article)
    if article.dateline_year_is_guess:
        yield Finding(
            Level.WARNING, "dateline_date", "The copy names no year; the dateline’s was guessed."
        )
    yield from warnings_in(article.body)
    if article.pk:
        yield from _about_names(names or _names_and_tags(article.pk))
    if article.section_id is None:
        yield Finding(Level.WARNING, "section", "It stands in no section.")


def _about_the_headline(article: Article) -> Iterator[Finding]:
    if article.headline_is_drawn:
        yield Finding(Level.WARNING, "headline", "A machine drew the headline. Does it do?")
    if len(article.headline) > LONG_HEADLINE:
        yield Finding(
            Level.WARNING,
            "headline",
            f"The headline has {len(article.headline)} characters; "
            f"beyond {LONG_HEADLINE} others cut it.",
        )
    if is_capitals(article.headline, shortest=_LOUD_HEADLINE):
        yield Finding(Level.WARNING, "headline", "The headline is in capitals throughout.")


def _about_names(found: NamesAndTags) -> Iterator[Finding]:
    if found.adrift:
        said = one_or_more(found.adrift, "One confirmed name is", "confirmed names are")
        yield Finding(Level.WARNING, "mentions", f"{said} no longer in the text.")
    if found.names:
        said = one_or_more(found.names, "One name waits", "names wait")
        yield Finding(Level.WARNING, "mentions", f"{said} to be confirmed or rejected.")
    if found.tags:
        said = one_or_more(found.tags, "One suggested tag is", "suggested tags are")
        yield Finding(Level.WARNING, "tags", f"{said} neither taken nor left.")


def _names_and_tags(pk: int) -> NamesAndTags:
    """Those of a stored article, in one query."""
    suggested = Q(mentions__state=MentionState.SUGGESTED)
    adrift = Q(mentions__state=MentionState.CONFIRMED, mentions__is_adrift=True)
    tags = Q(tag_suggestions__is_rejected=False)
    numbers = (
        Article.objects.filter(pk=pk)
        .order_by()
        .values("pk")
        .annotate(
            names=Count("mentions", filter=suggested, distinct=True),
            waiting_tags=Count("tag_suggestions", filter=tags, distinct=True),
            adrift=Count("mentions", filter=adrift, distinct=True),
        )
        .values_list("names", "waiting_tags", "adrift")
        .get()
    )
    return NamesAndTags(*numbers)
