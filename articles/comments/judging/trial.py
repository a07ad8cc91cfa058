"""Rules tried on comments that have come already, before they are switched on. Changes nothing."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from articles.comments.judging import imitation, ladder, standings
from articles.comments.judging.judgement import REJECTED
from articles.comments.judging.ladder import Candidate, Decision, Terms
from articles.comments.text.rendering import count_links
from articles.models import Badge, Byline, Comment, CommentPolicy, CommentState

NEWEST = 500
"""Comments that rules are tried on."""

SHOWN = 20
"""Comments decided otherwise that are shown."""

_HISTORY = 50_000
"""Earlier comments of those commenters that are looked at, at most."""


class Change(NamedTuple):
    """A comment that the rules tried decide about otherwise than those in force."""

    comment: Comment
    before: Decision
    after: Decision

    @property
    def rule(self) -> str:
        """The rule that makes the difference: the one that holds, on whichever side it is."""
        return self.before.rule if self.after.state == CommentState.APPROVED else self.after.rule


@dataclass(slots=True)
class ByRule:
    """What one rule would change, and what moderators have decided about just those comments."""

    rule: str
    number: int = 0
    approved: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """What would have been otherwise."""

    tried: int
    changes: list[Change] = field(default_factory=list)

    @property
    def first(self) -> list[Change]:
        return self.changes[:SHOWN]

    @property
    def by_rule(self) -> list[ByRule]:
        """The rules that change something, the one that changes most first."""
        found: dict[str, ByRule] = {}
        for change in self.changes:
            row = found.setdefault(change.rule, ByRule(change.rule))
            row.number += 1
            if change.comment.decided_at is not None:
                row.approved += change.comment.state == CommentState.APPROVED
                row.rejected += change.comment.state in REJECTED
        return sorted(found.values(), key=lambda row: -row.number)


def compare(in_force: Terms, tried: Terms) -> Trial:
    """Judge the newest comments by both terms, in a constant number of queries.

    What is known of a commenter is what was known when the comment came; bans and trust, the
    staff's names and the articles' policies are those of now.
    """
    comments = list(
        Comment.objects.select_related("article__section", "user", "decided_by")
        .defer("article__body", "html")
        .order_by("-pk")[:NEWEST]
    )
    facts = _Facts(comments)
    changes = []
    for comment in comments:
        before = ladder.decide(facts.candidate(comment, in_force), in_force)
        after = ladder.decide(facts.candidate(comment, tried), tried)
        if before.state != after.state or before.is_refusal != after.is_refusal:
            changes.append(Change(comment, before, after))
    return Trial(len(comments), changes)


class _Earlier(NamedTuple):
    at: datetime
    name: str
    state: str
    is_decided: bool


def _moment(earlier: _Earlier) -> datetime:
    return earlier.at


class _Facts:
    """What the ladder looks at, for many comments at once."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        self.staff = imitation.staff_names()
        self.authors = _authors(comments)
        self.standings = standings.of_many(
            (comment.author_email, comment.address) for comment in comments
        )
        self.history = _history(comments)
        self.repeated = _repeated(comments)

    def candidate(self, comment: Comment, terms: Terms) -> Candidate:
        section = comment.article.section
        earlier = self._earlier(comment)
        since = comment.created_at - timedelta(days=terms.rules.hold_rejected_days)
        lately = earlier[bisect_right(earlier, since, key=_moment) :]
        decided = [one for one in lately if one.is_decided]
        approved = (
            one
            for one in earlier
            if one.name == comment.author_name and one.state == CommentState.APPROVED
        )
        known = self.staff | self.authors.get(comment.article_id, {})
        return Candidate(
            text=comment.text,
            name=comment.author_name,
            email=comment.author_email,
            website=comment.author_website,
            address=comment.address,
            user_agent=comment.user_agent,
            links=count_links(comment.text),
            wrote_the_article=comment.badge == Badge.AUTHOR,
            is_staff=comment.badge == Badge.STAFF,
            standing=self.standings[comment.author_email, comment.address],
            section_policy=section.comment_policy if section else CommentPolicy.OPEN,
            article_policy=comment.article.comment_policy,
            approved_before=len(list(islice(approved, terms.rules.hold_first))),
            decided_lately=len(decided),
            rejected_lately=sum(one.state in REJECTED for one in decided),
            imitated=imitation.imitated(comment.author_name, known),
            was_said_elsewhere=comment.text in self.repeated,
            spam_score=comment.spam_score,
        )

    def _earlier(self, comment: Comment) -> Sequence[_Earlier]:
        """The comments of the same e-mail address before this one."""
        history = self.history.get(comment.author_email, [])
        return history[: bisect_left(history, comment.created_at, key=_moment)]


def _authors(comments: Iterable[Comment]) -> dict[int, dict[str, str]]:
    names: dict[int, list[str]] = defaultdict(list)
    bylines = Byline.objects.filter(article__in={comment.article_id for comment in comments})
    for article, name in bylines.values_list("article", "author__name"):
        names[article].append(name)
    return {article: imitation.by_skeleton(these) for article, these in names.items()}


def _history(comments: Iterable[Comment]) -> dict[str, list[_Earlier]]:
    """What the commenters have said, oldest first, by e-mail address."""
    emails = {comment.author_email for comment in comments} - {""}
    rows = Comment.objects.filter(author_email__in=emails).order_by("-pk")
    columns = ("author_email", "created_at", "author_name", "state", "decided_at", "withdrawn_at")
    history: dict[str, list[_Earlier]] = defaultdict(list)
    for email, at, name, state, decided_at, withdrawn_at in rows.values_list(*columns)[:_HISTORY]:
        is_decided = decided_at is not None and withdrawn_at is None
        history[email].append(_Earlier(at, name, state, is_decided))
    return {email: sorted(these) for email, these in history.items()}


def _repeated(comments: Iterable[Comment]) -> set[str]:
    """The texts that several commenters posted on several articles."""
    said: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for comment in comments:
        said[comment.text].add((comment.article_id, comment.author_email))
    return {
        text
        for text, places in said.items()
        if min(len({article for article, _ in places}), len({email for _, email in places})) > 1
    }
