"""Rows for tests: each function makes one valid row with nothing in it that the test did not ask
for. Names and slugs count up, so that a failure repeats exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as Picture

from articles.comments import counts, threads
from articles.editing.roles import group_of
from articles.models import (
    Address,
    Article,
    Author,
    Byline,
    Comment,
    CommentState,
    Containment,
    Image,
    Mention,
    MentionRole,
    MentionState,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceKind,
    PlaceName,
    Position,
    Section,
    Status,
    Tag,
    Tagging,
)
from articles.pictures import take_in
from articles.text.folding import fold

_numbers = count(1)

#: When an article was published unless the test says otherwise.
PUBLISHED = datetime(2026, 2, 1, 12, tzinfo=UTC)


def make_user(username: str = "", **fields: Any) -> User:
    return User.objects.create_user(username=username or f"user-{next(_numbers)}", **fields)


def make_staff(role: str = "Editor", username: str = "", **fields: Any) -> User:
    """An account of the staff with the rights of ``role``."""
    user = make_user(username, is_staff=True, **fields)
    user.groups.add(group_of(role))
    return user


def make_place(
    name: str = "",
    parent: Place | None = None,
    kind: str = PlaceKind.CITY,
    *,
    names: Iterable[str] = (),
    **fields: Any,
) -> Place:
    """A place below ``parent``, with every containment above it, and its other ``names``."""
    name = name or f"Place {next(_numbers)}"
    fields.setdefault("country_code", parent.country_code if parent else "")
    place = Place.objects.create(
        name=name, parent=parent, kind=kind, slug=_free_slug(Place, name, fields), **fields
    )
    depth = 0
    while parent is not None:
        depth += 1
        Containment.objects.create(inner=place, outer=parent, depth=depth)
        parent = parent.parent
    for other in names:
        PlaceName.objects.create(place=place, name=other, folded=fold(other))
    return place


def make_person(
    name: str = "", *, names: Iterable[str] = (), title: str = "", **fields: Any
) -> Person:
    """A person with other ``names`` and, given a ``title``, one undated position."""
    name = name or f"Person {next(_numbers)}"
    person = Person.objects.create(name=name, slug=_free_slug(Person, name, fields), **fields)
    for other in names:
        PersonName.objects.create(person=person, name=other, folded=fold(other))
    if title:
        Position.objects.create(person=person, title=title)
    return person


def make_organisation(name: str = "", *, names: Iterable[str] = (), **fields: Any) -> Organisation:
    name = name or f"Organisation {next(_numbers)}"
    organisation = Organisation.objects.create(
        name=name, slug=_free_slug(Organisation, name, fields), **fields
    )
    for other in names:
        OrganisationName.objects.create(organisation=organisation, name=other, folded=fold(other))
    return organisation


def make_section(name: str = "", **fields: Any) -> Section:
    name = name or f"Section {next(_numbers)}"
    return Section.objects.create(name=name, slug=_free_slug(Section, name, fields), **fields)


def make_author(name: str = "", **fields: Any) -> Author:
    name = name or f"Author {next(_numbers)}"
    return Author.objects.create(name=name, slug=_free_slug(Author, name, fields), **fields)


def make_tag(name: str = "", **fields: Any) -> Tag:
    name = name or f"tag {next(_numbers)}"
    tag: Tag = Tag.objects.create(name=name, slug=_free_slug(Tag, name, fields), **fields)
    return tag


def make_image(*, width: int = 40, height: int = 30, **fields: Any) -> Image:
    """A real PNG file, its colour that of no other, without renditions."""
    content = BytesIO()
    Picture.new("RGB", (width, height), f"#{next(_numbers):06x}").save(content, "PNG")
    image = take_in(content, alt_text="A plain rectangle.").image
    key = fields.pop("pk", image.pk)
    Image.objects.filter(pk=image.pk).update(id=key, **fields)
    return Image.objects.get(pk=key)


def make_article(
    headline: str = "",
    *,
    published: datetime | None = PUBLISHED,
    paragraphs: Sequence[str] = (),
    authors: Iterable[Author] = (),
    tags: Iterable[Tag] = (),
    **fields: Any,
) -> Article:
    """A public article at its address, or with ``published=None`` a draft without one.

    ``paragraphs`` are plain text and become a body whose blocks are p1, p2 …; ``body`` is HTML.
    """
    number = next(_numbers)
    headline = headline or f"Headline {number}"
    if paragraphs or "body" not in fields:
        fields["body"] = _body(paragraphs or [f"The text of article {number}."])
    fields.setdefault("slug", f"{slugify(headline, allow_unicode=True)[:180]}-{number}")
    if published is not None:
        fields.setdefault("status", Status.PUBLISHED)
        day = timezone.localtime(published)
        fields.setdefault("path", f"/{day:%Y/%m/%d}/{fields['slug']}/")
        fields.setdefault("published_at", published)
    article = Article.objects.create(headline=headline, **fields)
    if article.path:
        Address.objects.create(path=article.path, article=article)
    for order, author in enumerate(authors):
        Byline.objects.create(article=article, author=author, order=order)
    for tag in tags:
        Tagging.objects.create(content_object=article, tag=tag)
    return article


def make_mention(
    article: Article,
    entity: Place | Person | Organisation,
    *,
    role: str = MentionRole.MENTIONED,
    state: str = MentionState.CONFIRMED,
    **fields: Any,
) -> Mention:
    kind = entity._meta.model_name or ""
    return Mention.objects.create(
        article=article,
        kind=kind,
        role=role,
        state=state,
        **{kind: entity, "quote": entity.name, **fields},
    )


def make_comment(
    article: Article,
    *,
    parent: Comment | None = None,
    state: str = CommentState.APPROVED,
    text: str = "",
    **fields: Any,
) -> Comment:
    """A comment in its thread, counted in the database, not in ``article``."""
    number = next(_numbers)
    text = text or f"Comment {number}."
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        state=state,
        text=text,
        html=f"<p>{escape(text)}</p>",
        **{"author_name": f"Reader {number}", **fields},
    )
    threads.place(comment, parent, depth=20)
    comment.save(update_fields=threads.PLACED)
    counts.recount([article.pk])
    return comment


def _body(paragraphs: Sequence[str]) -> str:
    return "\n".join(
        f'<p id="p{number}">{escape(text, quote=False)}</p>'
        for number, text in enumerate(paragraphs, 1)
    )


def _free_slug(model: type[Model], name: str, fields: dict[str, Any]) -> str:
    """The slug asked for, else the name's, with a number when another row has it."""
    given = fields.pop("slug", "")
    slug = str(given) or slugify(name, allow_unicode=True) or "row"
    if not given and model._default_manager.filter(slug=slug).exists():
        slug = f"{slug}-{next(_numbers)}"
    return slug
