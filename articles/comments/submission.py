"""A reader's comment becomes a row, or is refused with a reason; form and API both end here."""

import math
from dataclasses import dataclass
from enum import Enum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from articles.comments import counts, flood, networks, threads
from articles.comments.drafts import Draft
from articles.comments.judging import judgement
from articles.comments.judging.ladder import Decision
from articles.comments.mail import moderator_mail, notices
from articles.comments.policy import policy_of
from articles.comments.senders import Sender
from articles.comments.text.cleaning import clean_line
from articles.comments.text.rendering import render
from articles.models import Article, Comment, CommentPolicy, CommentRules, CommentState

TAKING = (CommentPolicy.OPEN, CommentPolicy.PREMODERATED)
"""The policies under which an article takes comments."""


class Outcome(Enum):
    """What became of a comment: an HTTP status, and for a refusal the words for the reader."""

    PUBLISHED = (201, "")
    HELD = (202, "")
    CLOSED = (403, "Comments on this article are closed.")
    BANNED = (
        403,
        "You may not comment here. If you think that this is a mistake, write to the newsroom.",
    )
    UNANSWERABLE = (
        403,
        "The comment that you answer is no longer there. Post again to answer the article instead.",
    )
    DUPLICATE = (409, "You have said exactly this before; it has been received.")
    FLOOD = (429, "You are posting comments too quickly.")

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Submission:
    """The outcome, the comment when it was stored, and for a flood the seconds to wait."""

    outcome: Outcome
    comment: Comment | None = None
    retry_after: int = 0

    @property
    def message(self) -> str:
        """The words for a reader whose comment was refused."""
        if self.outcome is not Outcome.FLOOD:
            return self.outcome.message
        minutes = math.ceil(self.retry_after / 60)
        later = f"{minutes} minutes" if minutes > 1 else f"{self.retry_after} seconds"
        return f"{self.outcome.message} Please post again in {later}."


def submit(
    article: Article,
    draft: Draft,
    *,
    address: str,
    user_agent: str,
    user: User | None = None,
    rules: CommentRules | None = None,
) -> Submission:
    """Take a reader's comment on an article.

    ``address`` is the reader's network address, ``user`` the login of someone of the newsroom who
    is signed in, ``rules`` those in force, which are read when they are not given. When this
    returns a comment, the comment is stored.
    """
    rules = rules or CommentRules.objects.current()
    sender = Sender(address, user_agent, user)
    # Before the transaction, since SQLite has one writer at a time and the others wait.
    decision = judgement.judge(article, draft, sender, rules)
    if decision.is_refusal:
        return Submission(Outcome.BANNED)
    with transaction.atomic():
        # The lock makes what is found below hold until the comment is stored: two equal comments
        # that arrive at once are one comment and one duplicate.
        flood.one_at_a_time(draft.email, networks.address(sender.address))
        counts.lock([article.pk])
        current = Article.objects.public().select_related("section").defer("body")
        subject = current.filter(pk=article.pk).first()
        if subject is None or policy_of(subject, rules) not in TAKING:
            return Submission(Outcome.CLOSED)
        parent = _answered(subject, draft)
        if draft.parent_id is not None and parent is None:
            return Submission(Outcome.UNANSWERABLE)
        if refusal := _refusal(subject, draft, sender, rules):
            return refusal
        comment = _store(subject, parent, draft, sender, decision, rules)
        notices.on_submitted(comment)
        if comment.state == CommentState.PENDING:
            moderator_mail.on_held(comment)
    if comment.state == CommentState.APPROVED:
        return Submission(Outcome.PUBLISHED, comment)
    return Submission(Outcome.HELD, comment)


def _refusal(
    article: Article, draft: Draft, sender: Sender, rules: CommentRules
) -> Submission | None:
    """Why a comment on an open article is not taken, if it is not."""
    if _is_duplicate(article, draft):
        return Submission(Outcome.DUPLICATE)
    if sender.may_moderate:
        return None
    wait = flood.seconds_to_wait(draft.email, networks.address(sender.address), rules)
    return Submission(Outcome.FLOOD, retry_after=wait) if wait else None


def _store(
    article: Article,
    parent: Comment | None,
    draft: Draft,
    sender: Sender,
    decision: Decision,
    rules: CommentRules,
) -> Comment:
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        state=decision.state,
        author_name=draft.name,
        author_email=draft.email,
        author_website=draft.website,
        user=sender.user,
        badge=judgement.badge(article, sender),
        text=draft.text,
        html=render(draft.text),
        revision=article.revision,
        wants_replies=draft.wants_replies,
        wants_decision=draft.wants_decision,
        address=networks.address(sender.address),
        network=networks.network_of(sender.address),
        user_agent=clean_line(sender.user_agent)[:300],
        spam_score=decision.spam_score,
        rule=decision.rule,
        rule_state=decision.state,
        rule_reason=decision.reason[:300],
        reason=decision.reason[:300],
    )
    threads.place(comment, parent, depth=rules.depth)
    comment.save(update_fields=threads.PLACED)
    counts.move([counts.Move(article.pk, comment.root_id, None, comment.state)])
    return comment


def _answered(article: Article, draft: Draft) -> Comment | None:
    """The comment that a draft answers, if readers can see it."""
    if draft.parent_id is None:
        return None
    return article.comments.approved().filter(pk=draft.parent_id).first()


def _is_duplicate(article: Article, draft: Draft) -> bool:
    # A sum is in no index: the commenter's comments are looked through, not all of the article's.
    same = Comment.objects.annotate(on=F("article") + 0).filter(
        on=article.pk,
        parent=draft.parent_id,
        author_name=draft.name,
        author_email=draft.email,
        text=draft.text,
    )
    # What somebody binned may be said again; what a rule binned would only be binned again.
    return same.exclude(state=CommentState.BIN, decided_at__isnull=False).exists()
