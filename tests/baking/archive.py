"""A small archive to bake."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles import editing
from articles.models import Address, Article, CommentRules, Section
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_image,
    make_mention,
    make_person,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

PICTURE = f"images/ab/{'ab' * 32}.jpg"


def published(headline: str, day: int = 3, **fields: Any) -> Article:
    """An article of February 2026 in all its lists."""
    moment = datetime(2026, 2, day, 8, tzinfo=UTC)
    article = make_article(headline, published=moment, slug=headline.lower(), **fields)
    editing.record([article], by=None)
    return article


def fill() -> Section:
    """Three articles in a section; the first has a picture, a tag, an author and comments, and is
    about a person and a place."""
    section = make_section("News")
    default_storage.save(PICTURE, ContentFile(b"a picture"))
    image = make_image(file=PICTURE, alt_text="A pass")
    first = published(
        "Snow",
        section=section,
        lead_image=image,
        tags=[make_tag("weather")],
        authors=[make_author("Mina Baloch")],
    )
    make_mention(first, make_person("Zia Khan"))
    make_mention(first, make_place("کوئٹہ"), role="about")
    editing.record([first], by=None)
    make_comment(first, author_name="Sana", text="It is cold.")
    published("Rain", day=4, section=section)
    published("Wind", day=5)
    return section


def fill_for_nginx() -> None:
    """What readers meet besides: an article that was withdrawn, an old address, a long list, rules
    by which comments appear at once, and a commenter who is known."""
    fill()
    CommentRules.objects.create(pk=1, hold_first=0, hold_suspicious=False, seconds_between=0)
    snow = Article.objects.get(slug="snow")
    make_comment(snow, author_name="Gul", author_email="gul@example.org", text="Yes.")
    editing.withdraw(published("Sleet", day=7), by=make_staff(), notice="It did not.")
    Address.objects.create(path="/archives/123", article=Article.objects.get(slug="wind"))
    for number in range(45):
        published(f"News-{number}", day=8)
