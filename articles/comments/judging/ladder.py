"""Whether a comment is shown at once or waits for a moderator: rules in order, the first decides.

The order is WordPress's, which moderators know, with what Coral adds: trusted people, the policy,
links, held words, whether the commenter is known, and what gives machines and impostors away.
Disallowed words come last and override. ``judgement`` gathers what the rules look at.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.utils.timezone import localtime

from articles.comments.judging.suspicion import suspicion
from articles.comments.judging.words import Matcher, Words
from articles.models import CommentPolicy, CommentRules, CommentState, Standing, StandingKind

# HTML's, and the square brackets of other sites.
_MARKUP = re.compile(r"<[^<>]*>|\[/?[a-z][^\[\]]*\]", re.IGNORECASE)

LEAST_DECIDED = 3
"""Decisions about somebody's comments below which their share says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A comment, and what is known of it and of its sender."""

    text: str = ""
    name: str = ""
    email: str = ""
    website: str = ""
    address: str | None = None
    user_agent: str = ""
    links: int = 0
    wrote_the_article: bool = False
    is_staff: bool = False
    standing: Standing | None = None
    section_policy: str = CommentPolicy.OPEN
    article_policy: str = CommentPolicy.OPEN
    approved_before: int = 0
    """Approved comments of the same name and e-mail address, or of the same login; not counted
    further than the rules ask, but always to the first."""
    decided_lately: int = 0
    """Comments of the same e-mail address that somebody decided about of late."""
    rejected_lately: int = 0
    imitated: str = ""
    """Whom the name passes for."""
    is_undated: bool = False
    """Whether its form did not say when it was opened."""
    was_said_elsewhere: bool = False
    """Whether somebody else has said just this on another article of late."""
    spam_score: float | None = None
    """How likely spam, from 0 to 1, as learned; None as long as too little was learned."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The state that a comment starts in, the rule's short name, and its words for why."""

    state: CommentState
    rule: str
    reason: str
    spam_score: float | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether the comment is not taken at all."""
        return self.rule == BANNED


class Terms(NamedTuple):
    """By what is decided."""

    rules: CommentRules
    words: Words


class Rule(NamedTuple):
    """One step of the ladder: ``why`` says why it applies to a comment, and nothing if it does
    not."""

    name: str
    state: CommentState
    why: Callable[[Candidate, Terms], str]


def standing(kind: StandingKind, candidate: Candidate, terms: Terms) -> str:
    """Somebody decided about this commenter, not about a comment."""
    found = candidate.standing
    if found is None or found.kind != kind:
        return ""
    until = f" until {localtime(found.until):%-d %B %Y}" if found.until else ""
    # Not which: the words stay when the address is forgotten.
    whole = "domain of the e-mail address" if found.email.startswith("@") else "e-mail address"
    return f"the {whole if found.email else 'network'} is {_STANDS_AS[kind]}{until}"


_STANDS_AS = {
    StandingKind.BANNED: "banned",
    StandingKind.HELD: "always held",
    StandingKind.TRUSTED: "trusted",
}


def author_of_the_article(candidate: Candidate, terms: Terms) -> str:
    """Whoever wrote an article may talk with its readers."""
    return "by an author of the article" if candidate.wrote_the_article else ""


def staff(candidate: Candidate, terms: Terms) -> str:
    """The newsroom does not wait for itself."""
    return "by someone of the newsroom" if candidate.is_staff else ""


def premoderated(candidate: Candidate, terms: Terms) -> str:
    """Every comment is held: on the whole site, in the section, or on the article."""
    if terms.rules.policy == CommentPolicy.PREMODERATED:
        return "every comment is held"
    if candidate.section_policy == CommentPolicy.PREMODERATED:
        return "every comment in this section is held"
    if candidate.article_policy == CommentPolicy.PREMODERATED:
        return "every comment on this article is held"
    return ""


def many_links(candidate: Candidate, terms: Terms) -> str:
    """What is full of links is mostly advertising."""
    limit = terms.rules.links_held
    if not 0 < limit <= candidate.links:
        return ""
    return f"{_several(candidate.links, 'link')}; from {limit} on a comment is held"


def held_words(candidate: Candidate, terms: Terms) -> str:
    """Words that somebody should look at first."""
    return _listed(candidate, terms.words.held, "held")


def undated(candidate: Candidate, terms: Terms) -> str:
    """The token of a page is the same for ever: with one of them a machine could post as often as
    it likes, so it shows nobody's comment at once who is not known. Nothing switches this off."""
    if not candidate.is_undated or candidate.approved_before:
        return ""
    return "sent without scripts, as machines do, by somebody not approved before"


def first_comments(candidate: Candidate, terms: Terms) -> str:
    """Nobody knows yet who has not been approved before."""
    needed, has = terms.rules.hold_first, candidate.approved_before
    if has >= needed:
        return ""
    before = "no approved comment" if has == 0 else _several(has, "approved comment")
    needs = f"; {needed} are needed" if needed > 1 else ""
    return f"{before} before of this name and e-mail address{needs}"


def recent_rejections(candidate: Candidate, terms: Terms) -> str:
    """Who has been rejected often of late is looked at again."""
    limit, decided = terms.rules.hold_rejected_percent, candidate.decided_lately
    if not limit or decided < LEAST_DECIDED:
        return ""
    if candidate.rejected_lately * 100 < limit * decided:
        return ""
    days = _several(terms.rules.hold_rejected_days, "day")
    return f"{candidate.rejected_lately} of {decided} comments rejected in the last {days}"


def imitators(candidate: Candidate, terms: Terms) -> str:
    """A name that readers could take for somebody of the newsroom."""
    if not terms.rules.hold_imitators or not candidate.imitated:
        return ""
    return f"the name looks like that of {candidate.imitated}"


def suspicious(candidate: Candidate, terms: Terms) -> str:
    """What machines post and people hardly do."""
    if not terms.rules.hold_suspicious:
        return ""
    if candidate.was_said_elsewhere:
        return "somebody else said just this on another article"
    return suspicion(candidate.text, candidate.website)


def learned(candidate: Candidate, terms: Terms) -> str:
    """What resembles the comments that moderators marked as spam."""
    score = candidate.spam_score
    if not terms.rules.hold_learned or score is None:
        return ""
    if score * 100 < terms.rules.learned_percent:
        return ""
    return f"resembles what was marked as spam ({score:.0%})"


def disallowed_words(candidate: Candidate, terms: Terms) -> str:
    """Words that nobody wants to see, also when markup hides them."""
    return _listed(candidate, terms.words.disallowed, "not allowed")


BANNED = "banned"

TRUSTED_PEOPLE = (
    Rule("author", CommentState.APPROVED, author_of_the_article),
    Rule("staff", CommentState.APPROVED, staff),
)
"""Those whom no word and no ban concerns."""

RULES = (
    Rule(BANNED, CommentState.BIN, partial(standing, StandingKind.BANNED)),
    Rule("trusted", CommentState.APPROVED, partial(standing, StandingKind.TRUSTED)),
    Rule("premoderated", CommentState.PENDING, premoderated),
    Rule("always-held", CommentState.PENDING, partial(standing, StandingKind.HELD)),
    Rule("links", CommentState.PENDING, many_links),
    Rule("held-words", CommentState.PENDING, held_words),
    Rule("undated", CommentState.PENDING, undated),
    Rule("first", CommentState.PENDING, first_comments),
    Rule("rejections", CommentState.PENDING, recent_rejections),
    Rule("imitator", CommentState.PENDING, imitators),
    Rule("suspicious", CommentState.PENDING, suspicious),
    Rule("learned", CommentState.PENDING, learned),
)

DISALLOWED = "disallowed"
OTHERWISE = Decision(CommentState.APPROVED, "otherwise", "no rule against it")


def decide(candidate: Candidate, terms: Terms) -> Decision:
    """The decision of the first rule that has one, unless a disallowed word overrides it."""
    if decision := _first(TRUSTED_PEOPLE, candidate, terms):
        return decision
    decision = _first(RULES, candidate, terms) or OTHERWISE
    if not decision.is_refusal and (why := disallowed_words(candidate, terms)):
        return Decision(CommentState(terms.rules.disallowed_state), DISALLOWED, why)
    return decision


def _first(rules: tuple[Rule, ...], candidate: Candidate, terms: Terms) -> Decision | None:
    for name, state, why in rules:
        if reason := why(candidate, terms):
            return Decision(state, name, reason)
    return None


def _listed(candidate: Candidate, listed: Matcher, what: str) -> str:
    """The first line of a list that the comment has anywhere, or that an address is on it."""
    if not listed.size:
        return ""
    # Not which: the words stay when the addresses are forgotten.
    if listed.find_address(candidate.address):
        return f"the network address is on the list of what is {what}"
    if candidate.email and listed.find(candidate.email):
        return f"the e-mail address is on the list of what is {what}"
    bare = _MARKUP.sub("", candidate.text)
    places = {
        "name": candidate.name,
        "website": candidate.website,
        "text": candidate.text,
        "text without its markup": bare if bare != candidate.text else "",
        "browser’s name": candidate.user_agent,
    }
    for place, text in places.items():
        if text and (line := listed.find(text)):
            return f"“{line}” in the {place} is {what}"
    return ""


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
