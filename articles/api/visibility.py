"""What of everything readers may see: each endpoint starts from one of these.

For articles it is ``public_articles``: those that readers may see and that were not taken out of
search. The rest follows from it: a comment, a version or a picture is public with its article, and
a name is public once a public article carries it.
"""

from typing import TypeVar
from urllib.parse import unquote, urlsplit

from django.db.models import Case, Exists, F, Model, OuterRef, QuerySet, When

from articles.api.parameters import by_key
from articles.comments.policy import hidden
from articles.listings import listed
from articles.models import (
    Article,
    ArticleQuerySet,
    Comment,
    CommentQuerySet,
    CommentState,
    Image,
    ListingKind,
    Revision,
)

REVISION_COLUMNS = ("article__path", "number", "created_at", "is_minor", "snapshot", "digest")
"""What is read of a version."""

Row = TypeVar("Row", bound=Model)


def public_articles() -> ArticleQuerySet:
    """The articles that readers may see, but for those that were taken out of search: whoever
    reads the archive as data makes a search of it."""
    return Article.objects.public().filter(deindexed_at__isnull=True)


def public_article_at(address: str) -> int | None:
    """The id of the public article at a path or a full address, that it has or once had, with or
    without its signs encoded."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    if "\0" in path:
        return None
    found = public_articles().filter(addresses__path__in={path, address})
    return found.values_list("pk", flat=True).first()


def public_article_named(text: str) -> int | None:
    """The id of the public article that ``text`` names by its id or by its address."""
    key = by_key(text)
    if "pk" in key:
        return public_articles().filter(**key).values_list("pk", flat=True).first()
    is_whole = text.startswith(("/", "http://", "https://"))
    return public_article_at(text if is_whole else f"/{text.removesuffix('/')}/")


def public_entities(rows: QuerySet[Row], kind: ListingKind) -> QuerySet[Row]:
    """Those of ``rows`` that a public article stands under."""
    return listed(rows, kind, findable=True)


def public_comments() -> CommentQuerySet:
    """Approved comments of public articles that show their discussion, with nothing private.

    ``answers`` is the id of the comment answered, None when that is no longer there.
    """
    shown = _public_article().exclude(hidden())
    return (
        Comment.objects.approved()
        .filter(Exists(shown))
        .select_related("article")
        .annotate(answers=Case(When(parent__state=CommentState.APPROVED, then=F("parent"))))
        .only(
            "article__path",
            "article__comment_count",
            "path",
            "depth",
            "author_name",
            "author_website",
            "html",
            "revision",
            "created_at",
            "edited_at",
            "featured_at",
            "badge",
        )
    )


def public_revisions() -> QuerySet[Revision]:
    """The versions that readers could see of articles that are public now."""
    return (
        Revision.objects.seen()
        .filter(Exists(_public_article()))
        .select_related("article")
        .only(*REVISION_COLUMNS)
    )


def public_images() -> QuerySet[Image]:
    """Pictures that a public article shows, beside its headline or in its text."""
    lead = public_articles().filter(lead_image=OuterRef("pk"))
    in_text = public_articles().filter(illustrations__image=OuterRef("pk"))
    return Image.objects.filter(Exists(lead) | Exists(in_text))


def _public_article() -> ArticleQuerySet:
    """For the row of a query that refers to an article: the article, when it is public."""
    return public_articles().filter(pk=OuterRef("article"))
