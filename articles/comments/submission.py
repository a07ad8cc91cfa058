"""A reader's comment becomes a row, or is refused with a reason; form and API both end here."""

import math
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.comments import counts, judgement, networks, threads
from articles.comments.cleaning import clean_line
from articles.comments.drafts import Draft
from articles.comments.judgement import Sender
from articles.comments.policy import policy_of
from articles.comments.rendering import render
from articles.models import Article, Comment, CommentPolicy, CommentRules, CommentState

FLOOD_SECONDS = 15
"""Seconds between two comments from one network address or e-mail address."""


TAKING = (CommentPolicy.OPEN, CommentPolicy.PREMODERATED)
"""The policies under which an article takes comments."""


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


@dataclass(frozen=True, slots=True)
class Submission:
    """The outcome, the comment when it was stored, and for a flood the seconds to wait."""

    outcome: Outcome
    comment: Comment | None = None
    retry_after: int = 0


def submit(
    article: Article, draft: Draft, *, address: str, user_agent: str, user: User | None = None
) -> Submission:
    """Take a reader's comment on an article.

    ``address`` is the reader's network address, ``user`` the login of someone of the newsroom who
    is signed in. When this returns a comment, the comment is stored.
    """
    rules = CommentRules.objects.current()
    sender = Sender(address, user_agent, user)
    # Before the transaction, since SQLite has one writer at a time and the others wait.
    decision = judgement.judge(article, draft, sender, rules)
    with transaction.atomic():
        # The lock makes the checks below hold until the comment is stored: two equal comments
        # that arrive at once are one comment and one duplicate.
        counts.lock([article.pk])
        current = Article.objects.public().select_related("section").defer("body")
        subject = current.filter(pk=article.pk).first()
        if subject is None or policy_of(subject, rules) not in TAKING:
            return Submission(Outcome.CLOSED)
        parent = None
        if draft.parent_id is not None:
            parent = subject.comments.approved().filter(pk=draft.parent_id).first()
            if parent is None:
                return Submission(Outcome.UNANSWERABLE)
        if _is_duplicate(subject, draft):
            return Submission(Outcome.DUPLICATE)
        known_address = networks.address(address)
        if not sender.may_moderate and (wait := _seconds_to_wait(draft.email, known_address)):
            return Submission(Outcome.FLOOD, retry_after=wait)

        comment = Comment.objects.create(
            article=subject,
            parent=parent,
            state=decision.state,
            author_name=draft.name,
            author_email=draft.email,
            author_website=draft.website,
            user=user,
            badge=judgement.badge(subject, sender),
            text=draft.text,
            html=render(draft.text),
            revision=subject.revision,
            wants_replies=draft.wants_replies,
            wants_decision=draft.wants_decision,
            address=known_address,
            network=networks.network_of(address),
            user_agent=clean_line(user_agent)[:300],
            rule=decision.rule,
            rule_state=decision.state,
            rule_reason=decision.reason[:300],
            reason=decision.reason[:300],
        )
        threads.place(comment, parent, depth=rules.depth)
        comment.save(update_fields=threads.PLACED)
        counts.move([counts.Move(subject.pk, comment.root_id, None, comment.state)])
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
