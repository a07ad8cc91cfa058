"""What is looked at before an article goes before readers."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from django.utils.html import strip_tags

from articles.models import Article, Mention, MentionState, TagSuggestion


class Level(StrEnum):
    """Whether what was found stands against publishing, or only wants a look."""

    STOP = "stop"
    WARNING = "warning"


class Finding(NamedTuple):
    """One thing that a check found; ``field`` is where in the form it is mended."""

    level: Level
    field: str
    message: str


_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
# An empty alt is a choice: the picture is decorative (HTML, section 4.8.4.4).
_ALT = re.compile(r'\salt="[^"]*"|\salt(?=[\s/>])')


def stops(article: Article) -> list[Finding]:
    """What stands against publishing the article as it is in memory; costs no query but for its
    lead image, if that was not read along."""
    return list(_stops(article))


def check(article: Article) -> list[Finding]:
    """Everything that a stored article's editor should know before publishing, gravest first."""
    return [*_stops(article), *_warnings(article)]


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
    if bare := sum(not _ALT.search(tag) for tag in _IMAGE.findall(article.body)):
        pictures = "A picture in the text has" if bare == 1 else f"{bare} pictures in the text have"
        yield Finding(Level.STOP, "body", f"{pictures} no alternative text. Say what it shows.")
    if empty := sum(not _says_something(words) for words in _LINK.findall(article.body)):
        links = "A link in the text has" if empty == 1 else f"{empty} links in the text have"
        yield Finding(Level.STOP, "body", f"{links} no words to follow. Give it some.")


def _warnings(article: Article) -> Iterator[Finding]:
    if article.headline_is_drawn:
        yield Finding(Level.WARNING, "headline", "A machine drew the headline. Does it do?")
    if article.dateline_year_is_guess:
        yield Finding(
            Level.WARNING, "dateline_date", "The copy names no year; the dateline’s was guessed."
        )
    waiting = Mention.objects.filter(article=article.pk, state=MentionState.SUGGESTED).count()
    if waiting:
        names = "One name waits" if waiting == 1 else f"{waiting} names wait"
        yield Finding(Level.WARNING, "mentions", f"{names} to be confirmed or rejected.")
    tags = TagSuggestion.objects.filter(article=article.pk, is_rejected=False).count()
    if tags:
        said = "One suggested tag is" if tags == 1 else f"{tags} suggested tags are"
        yield Finding(Level.WARNING, "tags", f"{said} neither taken nor left.")
    if article.section_id is None:
        yield Finding(Level.WARNING, "section", "It stands in no section.")


def _says_something(words: str) -> bool:
    """Whether a link has text, or a picture with one."""
    return bool(strip_tags(words).replace("&nbsp;", " ").strip()) or bool(
        re.search(r'\salt="[^"]+"', words)
    )
