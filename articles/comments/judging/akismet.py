"""Asks Akismet, or a service that speaks its language, about a comment; off unless a key is set.

https://akismet.com/developers/detailed-docs/comment-check/
"""

import logging
from enum import Enum
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from articles.comments import addresses
from articles.comments.drafts import Draft
from articles.models import Article

SECONDS_TO_ANSWER = 2
"""A reader waits for the answer, so it has to come soon or not at all."""

_LONGEST_ANSWER = 100

logger = logging.getLogger(__name__)


class Verdict(Enum):
    HAM = "ham"
    SPAM = "spam"
    DISCARD = "discard"
    """Spam so plain that nobody needs to look at it."""


def is_on() -> bool:
    return bool(settings.AKISMET_KEY)


def check(article: Article, draft: Draft, address: str | None, user_agent: str) -> Verdict | None:
    """What the service thinks of a comment; None, and a line in the log, when it does not say.

    It is told what a moderator sees: text, name, e-mail address, website, network address, browser
    and the article's address.
    """
    fields = {
        "api_key": settings.AKISMET_KEY,
        "blog": settings.SITE_URL,
        "user_ip": address or "",
        "user_agent": user_agent,
        "permalink": addresses.absolute(article.path or ""),
        "comment_type": "reply" if draft.parent_id else "comment",
        "comment_author": draft.name,
        "comment_author_email": draft.email,
        "comment_author_url": draft.website,
        "comment_content": draft.text,
        "blog_charset": "UTF-8",
    }
    request = Request(  # noqa: S310 (the address is a setting of the site)
        f"{settings.AKISMET_URL}/1.1/comment-check",
        urlencode(fields).encode(),
        {"User-Agent": "Newsroom/1.0"},
    )
    try:
        with urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:  # noqa: S310
            said = answer.read(_LONGEST_ANSWER).strip()
            tip = answer.headers.get("X-akismet-pro-tip")
            help_given = answer.headers.get("X-akismet-debug-help", "")
    except (OSError, HTTPException) as fault:
        logger.warning("Akismet does not answer, comments go on without it: %s", fault)
        return None
    if said == b"true":
        return Verdict.DISCARD if tip == "discard" else Verdict.SPAM
    if said == b"false":
        return Verdict.HAM
    logger.warning("Akismet refuses to answer, comments go on without it: %s", help_given or said)
    return None
