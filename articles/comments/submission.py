"""A reader's comment becomes a row, or is refused with a reason; form and API both end here."""

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.comments import counts, ladder, moderation, threads
from articles.comments.cleaning import clean_line
from articles.comments.rendering import count_links, render
from articles.models import Article, Comment, CommentPolicy, CommentState

FLOOD_SECONDS = 15
"""Seconds between two comments from one network address or e-mail address."""


class Outcome(Enum):
    """What became of a comment: an HTTP status, and for a refusal the words for the reader."""

    PUBLISHED = (201, "")
    HELD = (202, "")
    CLOSED = (403, "Comments on this article are closed.")
    UNANSWERABLE = (
        403,
        "The comment that you answer is no longer there. Post again to answer the article instead.",
    )
    DUPLICATE = (409, "You have said exactly this before; it has been received.")
    FLOOD = (429, "You are posting comments too quickly. Wait a few seconds and post again.")

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A comment as ``forms.CommentFields`` let it through: cleaned, within its limits."""

    text: str
    name: str
    email: str
    website: str = ""
    parent_id: int | None = None
    wants_replies: bool = False
    wants_decision: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """The outcome, the comment when it was stored, and for a flood the seconds to wait."""

    outcome: Outcome
    comment: Comment | None = None
    retry_after: int = 0


@transaction.atomic
def submit(
    article: Article, draft: Draft, *, address: str, user_agent: str, user: User | None = None
) -> Submission:
    """Take a reader's comment on an article.

    ``address`` is the reader's network address, ``user`` the login of someone of the newsroom who
    is signed in. When this returns a comment and the transaction ends, the comment is stored.
    """
    # The lock makes the checks below hold until the comment is stored: two equal comments that
    # arrive at once are one comment and one duplicate.
    counts.lock([article.pk])
    current = Article.objects.public().only("comment_policy", "revision").filter(pk=article.pk)
    subject = current.first()
    if subject is None or subject.comment_policy in (CommentPolicy.CLOSED, CommentPolicy.HIDDEN):
        return Submission(Outcome.CLOSED)
    parent = None
    if draft.parent_id is not None:
        parent = subject.comments.approved().filter(pk=draft.parent_id).first()
        if parent is None:
            return Submission(Outcome.UNANSWERABLE)
    if _is_duplicate(subject, draft):
        return Submission(Outcome.DUPLICATE)
    may_moderate = user is not None and user.has_perm(moderation.MODERATE)
    known_address = _network_address(address)
    if not may_moderate and (wait := _seconds_to_wait(draft.email, known_address)):
        return Submission(Outcome.FLOOD, retry_after=wait)

    decision = ladder.decide(
        ladder.Candidate(
            wrote_the_article=user is not None and _wrote(subject, user),
            may_moderate=may_moderate,
            policy=CommentPolicy(subject.comment_policy),
            links=count_links(draft.text),
            approved_before=_has_approved_comment(draft, user),
        )
    )
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        state=decision.state,
        author_name=draft.name,
        author_email=draft.email,
        author_website=draft.website,
        user=user,
        text=draft.text,
        html=render(draft.text),
        revision=subject.revision,
        wants_replies=draft.wants_replies,
        wants_decision=draft.wants_decision,
        address=known_address,
        user_agent=clean_line(user_agent)[:300],
        reason=decision.reason,
    )
    threads.place(comment, parent)
    comment.save(update_fields=threads.PLACED)
    counts.move([counts.Move(article.pk, comment.root_id, None, comment.state)])
    if comment.state == CommentState.APPROVED:
        return Submission(Outcome.PUBLISHED, comment)
    return Submission(Outcome.HELD, comment)


def _is_duplicate(article: Article, draft: Draft) -> bool:
    same = article.comments.filter(
        parent=draft.parent_id,
        author_name=draft.name,
        author_email=draft.email,
        text=draft.text,
    )
    return same.exclude(state=CommentState.BIN).exists()


def _seconds_to_wait(email: str, address: str | None) -> int:
    """Whole seconds until this reader may post again; 0 when it may be now."""
    now = timezone.now()
    same_reader = Q(author_email=email)
    if address is not None:
        same_reader |= Q(address=address)
    recent = Comment.objects.filter(
        same_reader, created_at__gt=now - timedelta(seconds=FLOOD_SECONDS)
    )
    last = recent.order_by("-created_at").values_list("created_at", flat=True).first()
    if last is None:
        return 0
    return max(math.ceil(FLOOD_SECONDS - (now - last).total_seconds()), 1)


def _wrote(article: Article, user: User) -> bool:
    return article.bylines.filter(author__user=user).exists()


def _has_approved_comment(draft: Draft, user: User | None) -> bool:
    same_commenter = Q(author_name=draft.name, author_email=draft.email)
    if user is not None:
        same_commenter |= Q(user=user)
    return Comment.objects.approved().filter(same_commenter).exists()


def _network_address(address: str) -> str | None:
    """The address as databases take it, without the zone of a link-local one; None if it is none,
    as behind a Unix socket."""
    try:
        return str(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return None
