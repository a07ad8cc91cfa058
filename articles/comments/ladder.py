"""Whether a comment is shown at once or waits for a moderator: rules in order, the first decides.

The order is WordPress's, which moderators know: trusted people, the policy, links, then whether
the commenter is known. ``judgement`` gathers what the rules look at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from articles.models import CommentPolicy, CommentRules, CommentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules look at."""

    wrote_the_article: bool = False
    is_staff: bool = False
    section_policy: str = CommentPolicy.OPEN
    article_policy: str = CommentPolicy.OPEN
    links: int = 0
    approved_before: int = 0
    """Approved comments of the same name and e-mail address, or of the same login."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The state that a comment starts in, the rule's short name, and its words for why."""

    state: CommentState
    rule: str
    reason: str


class Rule(NamedTuple):
    """One step of the ladder: ``why`` says why it applies to a comment, and nothing if it does
    not."""

    name: str
    state: CommentState
    why: Callable[[Candidate, CommentRules], str]


def author_of_the_article(candidate: Candidate, rules: CommentRules) -> str:
    """Whoever wrote an article may talk with its readers."""
    return "by an author of the article" if candidate.wrote_the_article else ""


def staff(candidate: Candidate, rules: CommentRules) -> str:
    """The newsroom does not wait for itself."""
    return "by someone of the newsroom" if candidate.is_staff else ""


def premoderated(candidate: Candidate, rules: CommentRules) -> str:
    """Every comment is held: on the whole site, in the section, or on the article."""
    if rules.policy == CommentPolicy.PREMODERATED:
        return "every comment is held"
    if candidate.section_policy == CommentPolicy.PREMODERATED:
        return "every comment in this section is held"
    if candidate.article_policy == CommentPolicy.PREMODERATED:
        return "every comment on this article is held"
    return ""


def many_links(candidate: Candidate, rules: CommentRules) -> str:
    """What is full of links is mostly advertising."""
    if not 0 < rules.links_held <= candidate.links:
        return ""
    links = "1 link" if candidate.links == 1 else f"{candidate.links} links"
    return f"{links}; from {rules.links_held} on a comment is held"


def first_comments(candidate: Candidate, rules: CommentRules) -> str:
    """Nobody knows yet who has not been approved before."""
    if candidate.approved_before >= rules.hold_first:
        return ""
    if rules.hold_first == 1:
        return "no approved comment before of this name and e-mail address"
    return (
        f"{candidate.approved_before} approved comments before of this name and e-mail address;"
        f" {rules.hold_first} are needed"
    )


RULES = (
    Rule("author", CommentState.APPROVED, author_of_the_article),
    Rule("staff", CommentState.APPROVED, staff),
    Rule("premoderated", CommentState.PENDING, premoderated),
    Rule("links", CommentState.PENDING, many_links),
    Rule("first", CommentState.PENDING, first_comments),
)

OTHERWISE = Decision(CommentState.APPROVED, "otherwise", "no rule against it")


def decide(candidate: Candidate, rules: CommentRules) -> Decision:
    """The decision of the first rule that has one."""
    for name, state, why in RULES:
        if reason := why(candidate, rules):
            return Decision(state, name, reason)
    return OTHERWISE
