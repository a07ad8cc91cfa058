"""Chooses what to ask of an archive: ``python -m benchmarks.sample`` prints it as JSON.

A process of its own, since Django is set up for one database.
"""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.api import keys  # noqa: E402
from articles.api.pagination import Cursor  # noqa: E402
from articles.editing.roles import group_of  # noqa: E402
from articles.listings import month_of  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    Author,
    ListingCount,
    ListingEntry,
    ListingKind,
    ListingTotal,
    Organisation,
    Person,
    Place,
    Section,
    Tag,
)
from benchmarks.busy_desk import EDITOR  # noqa: E402
from benchmarks.talk import much_discussed  # noqa: E402


def sample() -> dict[str, str]:
    """An ordinary article, the longest list of each kind, and an editor's cookie."""
    ordinary = Article.objects.public().filter(comment_count=3).order_by("pk")
    article = ordinary[ordinary.count() // 2]
    long_discussed = much_discussed()
    discussed = Article.objects.public().exclude(pk=long_discussed.pk).latest("comment_count")
    counts = ListingCount.objects.filter(
        kind=ListingKind.ARCHIVE, month__lte=month_of(timezone.now())
    )
    month = counts.latest("count", "month").month
    tag = Tag.objects.get(pk=_longest(ListingKind.TAG))
    place = Place.objects.get(pk=_longest(ListingKind.PLACE))
    person = Person.objects.get(pk=_longest(ListingKind.PERSON))
    organisation = Organisation.objects.get(pk=_longest(ListingKind.ORGANISATION))
    section = Section.objects.get(pk=_longest(ListingKind.SECTION))
    author = Author.objects.get(pk=_longest(ListingKind.AUTHOR))
    return {
        "id": str(article.pk),
        "article": article.get_absolute_url(),
        "discussed": discussed.get_absolute_url(),
        "long_discussed": long_discussed.get_absolute_url(),
        "month": f"/{month // 100}/{month % 100:02}/",
        "day": "/".join([*article.get_absolute_url().split("/")[:4], ""]),
        "tag": tag.get_absolute_url(),
        "tag_id": str(tag.pk),
        "place": place.get_absolute_url(),
        "place_id": str(place.pk),
        "person": person.get_absolute_url(),
        "person_id": str(person.pk),
        "organisation": organisation.get_absolute_url(),
        "organisation_id": str(organisation.pk),
        "section": section.get_absolute_url(),
        "section_id": str(section.pk),
        "author": author.get_absolute_url(),
        "author_id": str(author.pk),
        "cookie": _signed_in(),
        "cursor": _in_the_middle(),
        "key": _key(),
    }


def _longest(kind: ListingKind) -> int:
    return ListingTotal.objects.filter(kind=kind).latest("count", "key").key


def _in_the_middle() -> str:
    """A cursor of the list of all articles."""
    entries = ListingEntry.objects.filter(kind=ListingKind.ARCHIVE).order_by("article_id")
    middle = entries[entries.count() // 2]
    cursor = Cursor((middle.public_from.isoformat(), middle.article_id))
    return cursor.encode("articles -public_from,article_id")


def _key() -> str:
    """A key that is let through however often it asks."""
    owner, _ = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True})
    return keys.make("bench", user=owner, requests_a_minute=10**9)[1]


def _signed_in() -> str:
    """The session cookie of an editor, whose rights are those of the roles, no superuser's."""
    editor, _ = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True})
    editor.groups.set([group_of("Editor"), group_of("Administrator")])
    session = SessionStore()
    session[SESSION_KEY] = str(editor.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    print(json.dumps(sample()))
