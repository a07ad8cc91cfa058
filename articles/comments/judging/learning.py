"""A classifier that learns what spam is from what moderators decide, and only ever advises.

Each word of a comment speaks for or against it by how often it stood in spam and in good comments
until now; the words are weighed by Gary Robinson's method, as SpamBayes does it: "A Statistical
Approach to the Spam Problem", Linux Journal 107 (2003).
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from articles.comments.judging.words import words_of
from articles.comments.text.web_addresses import ADDRESS, host_of
from articles.models import Comment, CommentState, SpamToken

LEAST_LEARNED = 20
"""Comments of each sort that it must have seen before it says anything."""

MOST_TOKENS = 500
"""Tokens of one comment, so that the longest costs no more than a query takes."""

_TELLING = 100
"""The tokens of a comment that are weighed: those that say most."""

_INDIFFERENT = 0.1
"""How far from even a token must be to be weighed."""

_DOUBT = 0.45
"""How many comments' worth a token is believed to be even before it was seen."""

_LESSONS = {CommentState.APPROVED.value: "ham", CommentState.SPAM.value: "spam"}
_ALL = ""
_TOKEN_LENGTH = 60


def lesson(state: str) -> str:
    """What a moderator's decision for ``state`` teaches of a comment; nothing when it is held or
    in the bin, where good comments land too."""
    return _LESSONS.get(state, "")


def learn(lessons: Iterable[tuple[Comment, str]]) -> None:
    """Learn of each comment that it is ``ham``, ``spam``, or neither as far as one knows; what was
    learned of it before is forgotten. Inside a transaction.

    Comments edited since are forgotten by the words that they have now.
    """
    changed = [(comment, new) for comment, new in lessons if comment.learned != new]
    if not changed:
        return
    changes: dict[str, Counter[str]] = {}
    for comment, new in changed:
        tokens = {_ALL, *tokens_of_comment(comment)}
        for sort, change in ((comment.learned, -1), (new, 1)):
            if sort:
                for token in tokens:
                    changes.setdefault(token, Counter())[sort] += change
        comment.learned = new
    _count(changes)
    Comment.objects.bulk_update([comment for comment, _ in changed], ["learned"])


class Seen(NamedTuple):
    """How many comments of each sort were learned."""

    spam: int
    ham: int


def seen() -> Seen:
    row = SpamToken.objects.filter(token=_ALL).values_list("spam", "ham").first()
    return Seen(*row) if row else Seen(0, 0)


def score(tokens: set[str]) -> float | None:
    """How likely a comment of these tokens is spam, from 0 to 1, in one query; None as long as too
    little was learned."""
    rows = SpamToken.objects.filter(token__in={_ALL, *tokens})
    known = {token: (spam, ham) for token, spam, ham in rows.values_list("token", "spam", "ham")}
    all_spam, all_ham = known.pop(_ALL, (0, 0))
    if min(all_spam, all_ham) < LEAST_LEARNED:
        return None
    likelihoods = sorted(
        (_likelihood(spam / all_spam, ham / all_ham, spam + ham) for spam, ham in known.values()),
        key=lambda likelihood: -abs(likelihood - 0.5),
    )
    telling = [one for one in likelihoods[:_TELLING] if abs(one - 0.5) >= _INDIFFERENT]
    if not telling:
        return 0.5
    spamminess = 1 - _chi_square_tail([math.log(1 - one) for one in telling])
    hamminess = 1 - _chi_square_tail([math.log(one) for one in telling])
    return (1 + spamminess - hamminess) / 2


def tokens_of_comment(comment: Comment) -> set[str]:
    return tokens_of(
        comment.text, comment.author_name, comment.author_email, comment.author_website
    )


def tokens_of(text: str, name: str, email: str, website: str) -> set[str]:
    """What a comment is known by: its words, those of the name, the domains of its links, website
    and e-mail address, how many links it has, and its scripts."""
    tokens: set[str] = set()
    for token in _tokens(text, name, email, website):
        tokens.add(token[:_TOKEN_LENGTH])
        if len(tokens) == MOST_TOKENS:
            break
    return tokens


def _tokens(text: str, name: str, email: str, website: str) -> Iterator[str]:
    links = ADDRESS.findall(text)
    yield f"links:{min(len(links), 5)}"
    yield f"mail:{email.rpartition('@')[2].lower()}"
    yield f"website:{'yes' if website else 'no'}"
    yield f"site:{_domain(website)}"
    for word in words_of(name):
        yield f"name:{word}"
    for link in links[:20]:
        yield f"link:{_domain(link)}"
    for script in {_script(letter) for letter in text[:2_000] if letter.isalpha()}:
        yield f"script:{script}"
    yield from words_of(text)


def _domain(address: str) -> str:
    return host_of(address).removeprefix("www.")


def _script(letter: str) -> str:
    """The script of a letter, which Unicode puts first in its name: LATIN SMALL LETTER A."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _likelihood(in_spam: float, in_ham: float, seen: int) -> float:
    """How likely a comment with a token is spam, near even as long as few had it."""
    if in_spam + in_ham == 0:
        return 0.5
    return (_DOUBT * 0.5 + seen * in_spam / (in_spam + in_ham)) / (_DOUBT + seen)


def _chi_square_tail(logarithms: list[float]) -> float:
    """The probability that chance alone makes the product of so many likelihoods as small: the
    chi-square distribution with two degrees of freedom for each (R. A. Fisher's method)."""
    half = -sum(logarithms)
    term = total = math.exp(-half)
    for step in range(1, len(logarithms)):
        term *= half / step
        total += term
    return min(total, 1.0)


def _count(changes: dict[str, Counter[str]]) -> None:
    """Adds to the tokens' counts."""
    # Whoever learns holds this row until the end of its transaction, so that what is read below
    # is not changed by another before it is written, and no two wait for each other.
    SpamToken.objects.bulk_create([SpamToken(token=_ALL)], ignore_conflicts=True)
    SpamToken.objects.select_for_update(no_key=True).get(token=_ALL)
    known = SpamToken.objects.in_bulk(list(changes))
    counted = [known.get(token) or SpamToken(token=token) for token in sorted(changes)]
    for row in counted:
        row.spam = max(row.spam + changes[row.token]["spam"], 0)
        row.ham = max(row.ham + changes[row.token]["ham"], 0)
    SpamToken.objects.bulk_create(
        counted, update_conflicts=True, unique_fields=["token"], update_fields=["spam", "ham"]
    )
