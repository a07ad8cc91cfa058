"""What is kept of a reader, as a copy for the reader, and its removal; both by e-mail address.

Comments stay in their threads, for others have answered them; what tells whose they were goes.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from articles.comments.judging import standings
from articles.comments.mail import moderator_mail
from articles.models import Comment, ErrorReport, OutgoingMail, ReaderAddress, Standing

logger = logging.getLogger(__name__)

ANONYMOUS = "Anonymous"
_BATCH = 200

_OF_COMMENT = (
    "id",
    "state",
    "author_name",
    "author_email",
    "author_website",
    "badge",
    "text",
    "revision",
    "created_at",
    "edited_at",
    "withdrawn_at",
    "featured_at",
    "address",
    "network",
    "user_agent",
    "rule",
    "rule_state",
    "rule_reason",
    "spam_score",
    "learned",
    "decided_at",
    "reason",
    "reports_open",
    "wants_replies",
    "wants_decision",
    "told_at",
)
_OF_ERROR_REPORT = (
    "paragraph",
    "quote",
    "text",
    "name",
    "email",
    "address",
    "revision",
    "created_at",
    "state",
    "judged_at",
)
_OF_CHOICE = ("email", "asked_at", "asked", "confirmed_at", "unsubscribed_at")
_OF_MAIL = ("to", "kind", "subject", "text", "created_at", "sent_at", "given_up_at", "fault")
_OF_STANDING = ("email", "kind", "created_at", "until", "lifted_at")
_OF_ARTICLE = {"article_headline": F("article__headline"), "article_path": F("article__path")}


@dataclass(frozen=True, slots=True)
class Removed:
    """How much was made anonymous, and deleted."""

    comments: int
    error_reports: int
    mails: int


def is_known(email: str) -> bool:
    """Whether anything is kept under an e-mail address."""
    return any(rows.exists() for rows in _kept(email.lower()).values())


def is_anonymous(comment: Comment) -> bool:
    """Whether a comment's author had it made anonymous; someone of the newsroom has no e-mail
    address either, but a login."""
    return comment.author_name == ANONYMOUS and not comment.author_email and not comment.user_id


def copy(email: str) -> Iterator[str]:
    """All that is kept under an e-mail address, as the pieces of one JSON object; nothing but a
    batch of it is ever in memory."""
    separator = "{\n"
    for name, rows in _kept(email.lower()).items():
        yield f'{separator}"{name}": ['
        between = "\n"
        for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
            yield between + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            between = ",\n"
        yield "]"
        separator = ",\n"
    yield "\n}\n"


def remove(email: str) -> Removed:
    """Make whatever is kept under an e-mail address anonymous, and delete the choices of mail and
    the mail itself, with that to moderators which names the address.

    A batch at a time, each whole or not at all; what was interrupted is finished by doing it
    again. A ban of the address stays, or it would end with a request for removal.
    """
    email = email.lower()
    comments = 0
    while ids := _some(Comment.objects.filter(author_email=email)):
        comments += _make_anonymous(ids, email)
    reports = 0
    while ids := _some(ErrorReport.objects.filter(email=email)):
        found = ErrorReport.objects.filter(pk__in=ids)
        reports += found.update(name="", email="", address=None)
    mails = 0
    # That to moderators names who commented.
    naming = Q(kind=moderator_mail.KIND, text__contains=email)
    while ids := _some(OutgoingMail.objects.filter(Q(to=email) | naming)):
        mails += OutgoingMail.objects.filter(pk__in=ids).delete()[0]
    ReaderAddress.objects.filter(email=email).delete()
    # Without the address: this is what shall not be kept.
    logger.info(
        "The data of a reader were removed: %d comments, %d error reports, %d mails.",
        comments,
        reports,
        mails,
    )
    return Removed(comments, reports, mails)


@transaction.atomic
def _make_anonymous(ids: list[int], email: str) -> int:
    return Comment.objects.filter(pk__in=ids).update(
        author_name=ANONYMOUS,
        author_email="",
        author_website="",
        user=None,
        badge="",
        address=None,
        network="",
        user_agent="",
        wants_replies=False,
        wants_decision=False,
        # Somebody of the newsroom may have written it there.
        rule_reason=Replace(F("rule_reason"), Value(email), Value("…")),
        reason=Replace(F("reason"), Value(email), Value("…")),
    )


def _kept(email: str) -> dict[str, QuerySet[Any, dict[str, Any]]]:
    """Everything that is kept under an address, by what it is called in the copy."""
    # Not of a whole domain, which is nobody's.
    called = {name for name in standings.names(email) if not name.startswith("@")}
    return {
        "comments": Comment.objects.filter(author_email=email).values(*_OF_COMMENT, **_OF_ARTICLE),
        "error_reports": ErrorReport.objects.filter(email=email).values(
            *_OF_ERROR_REPORT, **_OF_ARTICLE
        ),
        "choices_of_mail": ReaderAddress.objects.filter(email=email).values(*_OF_CHOICE),
        "mail": OutgoingMail.objects.filter(to=email).values(*_OF_MAIL),
        "bans_and_trust": Standing.objects.filter(email__in=called).values(*_OF_STANDING),
    }


def _some(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH])
