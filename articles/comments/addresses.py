"""Addresses of comments and of what their authors may do with them."""

from typing import NamedTuple

from django.conf import settings

from articles.comments import tokens
from articles.models import Comment


def permalink(comment: Comment) -> str:
    """The path that leads to a comment on whichever page of its article it stands."""
    return f"/comments/{comment.pk}/"


def own_page(comment: Comment) -> str:
    """The path of the page on which its author, and whoever has the address, corrects or
    withdraws a comment."""
    return own_page_of(tokens.own_key(comment.pk))


def own_page_of(key: str) -> str:
    """The same, of a comment whose author came with this key, which so grows no younger."""
    return f"/comments/mine/{key}/"


def report_page(comment: Comment) -> str:
    """The path of the page on which readers report a comment."""
    return f"{permalink(comment)}report/"


def absolute(path: str) -> str:
    """The full address of a path on this site, fit for a mail."""
    return f"{settings.SITE_URL}{path}"


class OwnComment(NamedTuple):
    """A comment, and the path of its page for its author."""

    comment: Comment
    page: str


def newest_of(email: str) -> list[OwnComment]:
    """The newest 20 comments of an e-mail address whose owner is known to ask."""
    own = Comment.objects.filter(author_email=email).select_related("article")
    newest = own.order_by("-created_at")[:20]
    return [OwnComment(comment, own_page(comment)) for comment in newest]
