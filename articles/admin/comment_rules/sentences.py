"""The rules in plain words. A name in braces is a field of the form, and stands in its sentence."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField


class Sentence(NamedTuple):
    """A rule by its short name, its sentence, and a note on it."""

    rule: str
    words: str
    note: str = ""


LADDER = (
    Sentence("author", "Who wrote the article, and is signed in, is shown at once."),
    Sentence("staff", "So is whoever works here and is signed in."),
    Sentence("banned", "Who is banned cannot comment."),
    Sentence("trusted", "Who is trusted is shown at once."),
    Sentence(
        "premoderated",
        "Everywhere, comments are {policy}.",
        "A section or an article may be stricter.",
    ),
    Sentence("always-held", "Who is always held is held."),
    Sentence("links", "A comment with {links_held} or more links is held.", "0: any number."),
    Sentence(
        "held-words",
        "A comment with one of the held words is held.",
        "Looked for in name, e-mail address, website, text, network address and browser’s name.",
    ),
    Sentence(
        "undated",
        "Who was never approved and sends without scripts is held.",
        "Whatever else is switched off: machines send so.",
    ),
    Sentence(
        "first",
        "Who has fewer than {hold_first} approved comments is held.",
        "By name and e-mail address together, or by login. 0: nobody is.",
    ),
    Sentence(
        "rejections",
        "Who had {hold_rejected_percent} % or more of the comments of the last"
        " {hold_rejected_days} days rejected is held.",
        "Once three were decided. 0: nobody is.",
    ),
    Sentence(
        "imitator",
        "{hold_imitators} Who is named like one of the staff, or like the newsroom, is held.",
        "However the name is spelled: “Аdm1n” is “Admin”.",
    ),
    Sentence(
        "suspicious",
        "{hold_suspicious} What machines post is held.",
        "Scripts, links in foreign markup, the same link twice, nothing but capitals, no letter,"
        " the words of another reader on another article.",
    ),
    Sentence(
        "learned",
        "{hold_learned} What resembles spam by {learned_percent} % or more is held.",
    ),
    Sentence("otherwise", "Every other comment is shown at once."),
    Sentence(
        "disallowed",
        "Whatever was decided above: a comment with one of the disallowed words goes"
        " {disallowed_state}.",
        "Unless the newsroom wrote it.",
    ),
)
"""In the order in which they are asked; the first that applies decides."""

AKISMET = Sentence(
    "akismet",
    "What Akismet takes for spam is held; what it is sure of goes to spam.",
    "Asked about held comments too.",
)

FLOOD = (
    Sentence(
        "length",
        "A comment has at least {least_length} and at most {greatest_length} characters.",
        "0: no limit.",
    ),
    Sentence("between", "Between two comments of one reader are {seconds_between} seconds."),
    Sentence(
        "hourly",
        "In an hour, {hourly_of_address} comments are taken from one network address and"
        " {hourly_of_network} from one network.",
        "0: any number. Networks are a /24 of IPv4 and a /48 of IPv6.",
    ),
    Sentence(
        "closing",
        "An article takes comments for {close_after_days} days after its publication.",
        "0: for good.",
    ),
)

READERS = (
    Sentence("editing", "Readers may correct what they wrote for {edit_minutes} minutes."),
    Sentence("depth", "A thread has {depth} levels.", "A deeper answer joins the last."),
    Sentence("paging", "A page has {threads_per_page} threads, the {order}."),
    Sentence(
        "forgetting",
        "Network addresses and browsers’ names are forgotten after {forget_after_days} days.",
    ),
)

TITLES = {
    "trusted": "Trust",
    "premoderated": "The policy",
    "always-held": "Those always held",
    "links": "Links",
    "held-words": "Held words",
    "undated": "No scripts",
    "first": "First comments",
    "rejections": "Recent rejections",
    "imitator": "Names like the staff’s",
    "suspicious": "What machines post",
    "learned": "Likeness to spam",
    "disallowed": "Disallowed words",
}
"""What the rules that hold or take away are called in a table."""


def parts(sentence: Sentence, form: forms.BaseForm) -> Iterator[str | BoundField]:
    """The sentence's words and fields in their order."""
    rest = sentence.words
    while rest:
        words, brace, rest = rest.partition("{")
        if words:
            yield words
        if brace:
            name, _, rest = rest.partition("}")
            yield form[name]
