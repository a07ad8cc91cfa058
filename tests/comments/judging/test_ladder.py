"""Every rule of the ladder, in its order: a candidate that no rule is against gets one property
after another, from the lowest step up, and each time the higher step decides."""

from datetime import UTC, datetime
from typing import Any

import pytest

from articles.comments.judging.ladder import (
    RULES,
    TRUSTED_PEOPLE,
    Candidate,
    Decision,
    Terms,
    decide,
)
from articles.comments.judging.words import Matcher, Words
from articles.models import CommentPolicy, CommentRules, CommentState, Standing, StandingKind

HELD, APPROVED, SPAM, BIN = (
    CommentState.PENDING,
    CommentState.APPROVED,
    CommentState.SPAM,
    CommentState.BIN,
)
PREMODERATED = CommentPolicy.PREMODERATED
KNOWN: dict[str, Any] = {"name": "Zarina", "text": "Well said.", "approved_before": 1}


def standing(kind: StandingKind) -> Standing:
    return Standing(kind=kind, email="a@b.org", until=datetime(2026, 5, 3, tzinfo=UTC))


def decision(
    candidate: dict[str, Any], held: str = "", disallowed: str = "", **rules: Any
) -> Decision:
    words = Words(Matcher(held), Matcher(disallowed))
    return decide(Candidate(**KNOWN | candidate), Terms(CommentRules(**rules), words))


# From the top of the ladder to its foot: what a comment is like, what it becomes, by which rule,
# and in which words.
STEPS: list[tuple[dict[str, Any], CommentState, str, str]] = [
    ({"wrote_the_article": True}, APPROVED, "author", "by an author of the article"),
    ({"is_staff": True}, APPROVED, "staff", "by someone of the newsroom"),
    ({"standing": StandingKind.BANNED}, BIN, "banned", "the e-mail address is banned until 3 May"),
    (
        {"standing": StandingKind.TRUSTED},
        APPROVED,
        "trusted",
        "the e-mail address is trusted until 3",
    ),
    ({"article_policy": PREMODERATED}, HELD, "premoderated", "every comment on this article"),
    ({"standing": StandingKind.HELD}, HELD, "always-held", "the e-mail address is always held"),
    ({"links": 2}, HELD, "links", "2 links; from 2 on a comment is held"),
    ({"text": "A casino."}, HELD, "held-words", "“casino” in the text is held"),
    (
        {"is_undated": True, "approved_before": 0},
        HELD,
        "undated",
        "sent without scripts, as machines do, by somebody not",
    ),
    ({"approved_before": 0}, HELD, "first", "no approved comment before of this name and e-mail"),
    (
        {"decided_lately": 10, "rejected_lately": 3},
        HELD,
        "rejections",
        "3 of 10 comments rejected in the last 30 days",
    ),
    ({"imitated": "Mina Baloch"}, HELD, "imitator", "the name looks like that of Mina Baloch"),
    ({"was_said_elsewhere": True}, HELD, "suspicious", "somebody else said just this on another"),
    ({"spam_score": 0.97}, HELD, "learned", "resembles what was marked as spam (97%)"),
    ({}, APPROVED, "otherwise", "no rule against it"),
]


def candidate_of(step: dict[str, Any]) -> dict[str, Any]:
    kind = step.get("standing")
    return step | {"standing": standing(kind)} if kind else step


@pytest.mark.parametrize(("step", "state", "rule", "reason"), STEPS)
def test_each_rule_decides_and_says_why(step, state, rule, reason):
    decided = decision(candidate_of(step), held="casino")
    assert (decided.state, decided.rule) == (state, rule)
    assert decided.reason.startswith(reason)


@pytest.mark.parametrize("higher", range(len(STEPS)))
def test_of_two_rules_that_apply_the_higher_decides(higher):
    for lower in range(higher, len(STEPS)):
        both = candidate_of(STEPS[lower][0]) | candidate_of(STEPS[higher][0])
        assert decision(both, held="casino").rule == STEPS[higher][2]


def test_every_rule_is_on_the_ladder_above_in_this_order():
    tested = list(dict.fromkeys(rule for _, _, rule, _ in STEPS))
    assert tested == [*(rule.name for rule in (*TRUSTED_PEOPLE, *RULES)), "otherwise"]


def test_a_ban_refuses_and_nothing_else_does():
    refused = [rule for step, _, rule, _ in STEPS if decision(candidate_of(step)).is_refusal]
    assert refused == ["banned"]


@pytest.mark.parametrize(
    ("candidate", "rules", "rule"),
    [
        ({"links": 9}, {"links_held": 0}, "otherwise"),
        ({"links": 1}, {"links_held": 1}, "links"),
        ({"links": 4}, {"links_held": 5}, "otherwise"),
        ({"approved_before": 0}, {"hold_first": 0}, "otherwise"),
        ({"approved_before": 2}, {"hold_first": 3}, "first"),
        ({"approved_before": 3}, {"hold_first": 3}, "otherwise"),
        ({"decided_lately": 2, "rejected_lately": 2}, {}, "otherwise"),
        ({"decided_lately": 3, "rejected_lately": 1}, {}, "rejections"),
        ({"decided_lately": 10, "rejected_lately": 2}, {}, "otherwise"),
        (
            {"decided_lately": 9, "rejected_lately": 9},
            {"hold_rejected_percent": 0},
            "otherwise",
        ),
        ({"imitated": "Mina"}, {"hold_imitators": False}, "otherwise"),
        ({"was_said_elsewhere": True}, {"hold_suspicious": False}, "otherwise"),
        ({"is_undated": True, "approved_before": 0}, {"hold_first": 0}, "undated"),
        (
            {"is_undated": True, "approved_before": 0},
            {"hold_first": 0, "hold_suspicious": False},
            "undated",
        ),
        ({"is_undated": True, "approved_before": 1}, {"hold_first": 0}, "otherwise"),
        ({"text": "<script>"}, {}, "suspicious"),
        ({"text": "<script>"}, {"hold_suspicious": False}, "otherwise"),
        ({"spam_score": 0.9}, {"learned_percent": 90}, "learned"),
        ({"spam_score": 0.89}, {"learned_percent": 90}, "otherwise"),
        ({"spam_score": None}, {}, "otherwise"),
        ({"spam_score": 1.0}, {"hold_learned": False}, "otherwise"),
        ({}, {"policy": PREMODERATED}, "premoderated"),
        ({"section_policy": PREMODERATED}, {}, "premoderated"),
    ],
)
def test_the_numbers_of_the_rules_are_what_counts(candidate, rules, rule):
    assert decision(candidate, **rules).rule == rule


@pytest.mark.parametrize(
    ("policies", "reason"),
    [
        ({"policy": PREMODERATED}, "every comment is held"),
        ({"section_policy": PREMODERATED}, "every comment in this section is held"),
        ({"article_policy": PREMODERATED}, "every comment on this article is held"),
    ],
)
def test_premoderation_says_whose_it_is(policies, reason):
    site = {key: policies.pop(key) for key in list(policies) if key == "policy"}
    assert decision(policies, **site).reason == reason


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        ({"name": "Casino King"}, "“casino” in the name is held"),
        ({"email": "me@casino.example"}, "the e-mail address is on the list of what is held"),
        ({"website": "https://casino.example"}, "“casino” in the website is held"),
        ({"text": "A cas<b></b>ino"}, "“casino” in the text without its markup is held"),
        ({"text": "A cas[b]ino[/b]"}, "“casino” in the text without its markup is held"),
        ({"user_agent": "Casino/1.0"}, "“casino” in the browser’s name is held"),
        ({"address": "192.0.2.7"}, "the network address is on the list of what is held"),
    ],
)
def test_words_are_looked_for_everywhere(candidate, reason):
    assert decision(candidate, held="casino\n192.0.2.0/24").reason == reason


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ({"email": "a@b.org"}, "the e-mail address is banned"),
        ({"email": "@b.org"}, "the domain of the e-mail address is banned"),
        ({"network": "192.0.2.7/32"}, "the network is banned"),
    ],
)
def test_a_reason_which_stays_for_good_names_no_address(subject, reason):
    banned = Standing(kind=StandingKind.BANNED, **subject)

    assert decision({"standing": banned}).reason == reason


def test_the_end_of_a_ban_is_told_by_the_clock_of_the_site(settings):
    settings.TIME_ZONE = "Asia/Karachi"
    until = datetime(2026, 5, 2, 20, tzinfo=UTC)
    banned = Standing(kind=StandingKind.BANNED, email="a@b.org", until=until)

    assert decision({"standing": banned}).reason.endswith("until 3 May 2026")


@pytest.mark.parametrize("state", [HELD, SPAM, BIN])
@pytest.mark.parametrize(
    "candidate",
    [
        {},
        {"links": 9},
        {"approved_before": 0},
        {"article_policy": PREMODERATED},
        {"standing": standing(StandingKind.TRUSTED)},
    ],
)
def test_a_disallowed_word_overrides_what_the_ladder_decided(candidate, state):
    decided = decision(
        candidate | {"text": "A casino."}, disallowed="casino", disallowed_state=state
    )
    assert (decided.state, decided.rule) == (state, "disallowed")
    assert decided.reason == "“casino” in the text is not allowed"


@pytest.mark.parametrize(
    ("candidate", "rule"),
    [
        ({"is_staff": True}, "staff"),
        ({"wrote_the_article": True}, "author"),
        ({"standing": standing(StandingKind.BANNED)}, "banned"),
    ],
)
def test_but_neither_for_the_newsroom_nor_for_whom_it_banned(candidate, rule):
    assert decision(candidate | {"text": "A casino."}, disallowed="casino").rule == rule


@pytest.mark.parametrize("text", ["<" * 65_000, "[" * 65_000, "[a" * 30_000, "< " * 30_000])
def test_no_text_breaks_the_ladder_or_holds_it_up(text):
    assert decision({"text": text}, held="casino", disallowed="poker").state in CommentState
