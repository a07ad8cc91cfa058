"""Whether a comment is shown at once or waits for a moderator: rules in order, the first decides.

The order is WordPress's, which moderators know: trusted people, the article's policy, links, then
whether the commenter is known.
"""

from collections.abc import Callable
from dataclasses import dataclass

from articles.models import CommentPolicy, CommentState

LINKS_HELD = 2
"""A comment with this many links is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules look at."""

    wrote_the_article: bool = False
    may_moderate: bool = False
    policy: CommentPolicy = CommentPolicy.OPEN
    links: int = 0
    approved_before: bool = False
    """A comment of the same name and e-mail address, or of the same login, was approved."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The state a comment starts in, and the rule's words for why."""

    state: CommentState
    reason: str


Rule = Callable[[Candidate], Decision | None]


def author_of_the_article(candidate: Candidate) -> Decision | None:
    if candidate.wrote_the_article:
        return Decision(CommentState.APPROVED, "by an author of the article")
    return None


def moderator(candidate: Candidate) -> Decision | None:
    if candidate.may_moderate:
        return Decision(CommentState.APPROVED, "by a moderator")
    return None


def premoderated_article(candidate: Candidate) -> Decision | None:
    if candidate.policy == CommentPolicy.PREMODERATED:
        return Decision(CommentState.PENDING, "every comment on this article is held")
    return None


def many_links(candidate: Candidate) -> Decision | None:
    if candidate.links >= LINKS_HELD:
        return Decision(CommentState.PENDING, f"{candidate.links} links in the text")
    return None


def first_comment(candidate: Candidate) -> Decision | None:
    if not candidate.approved_before:
        return Decision(
            CommentState.PENDING, "no approved comment before of this name and e-mail address"
        )
    return None


RULES: tuple[Rule, ...] = (
    author_of_the_article,
    moderator,
    premoderated_article,
    many_links,
    first_comment,
)

OTHERWISE = Decision(CommentState.APPROVED, "an approved comment before")


def decide(candidate: Candidate) -> Decision:
    """The decision of the first rule that has one."""
    return next((decision for rule in RULES if (decision := rule(candidate))), OTHERWISE)
