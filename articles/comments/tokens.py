"""Signed tokens that stand in for cookies: one lets a form be posted, one shows a held comment,
one lets its author correct and withdraw a comment.

Article pages are the same for every reader and are kept, so the form cannot carry a CSRF token,
which needs a cookie. A dated token says for what its form was made and when: nobody else can make
one, an old one expires, and a machine that posts at once is too early. An article's page is the
same at every hour, too, so that the form on it has a token that says only for which article; where
there are scripts, it is exchanged for a dated one when the reader begins to write.
"""

import time
from enum import StrEnum

from django.core.signing import BadSignature, Signer, TimestampSigner

LEAST_AGE = 2
"""Seconds that a person takes at least from opening the form to posting."""

GREATEST_AGE = 24 * 60 * 60
"""Seconds for which a form with a dated token can be posted."""

HELD_KEY_AGE = 30 * 24 * 60 * 60
"""Seconds for which a held comment is shown to its own author."""

OWN_KEY_AGE = 365 * 24 * 60 * 60
"""Seconds for which a comment's author can come back to it."""

_form_signer = Signer(salt="articles.comments.form", sep=".")
_page_signer = Signer(salt="articles.comments.page", sep=".")
_held_signer = TimestampSigner(salt="articles.comments.held", sep=".")
_own_signer = TimestampSigner(salt="articles.comments.own", sep=".")


class TokenFault(StrEnum):
    """What is wrong with a form's token, in words for the reader."""

    FORGED = "The form was incomplete or made for another article. Please post it again from here."
    EARLY = "That was very quick. Please wait a moment and post again."
    LATE = "The form had been open for more than a day. Please post it again from here."


def issue(subject: int | str) -> str:
    """A token for a form about this subject, made now."""
    return _form_signer.sign(f"{subject}-{int(time.time())}")


def issue_for_page(subject: int | str) -> str:
    """The token for the form about this subject on a page that is kept, the same each time."""
    return _page_signer.sign(str(subject))


def is_of_page(token: str, subject: int | str) -> bool:
    """Whether this is the token that ``issue_for_page`` makes for the subject."""
    try:
        return _page_signer.unsign(token) == str(subject)
    except BadSignature:
        return False


def fault(token: str, subject: int | str) -> TokenFault | None:
    """Why a form with this dated token cannot be taken for the subject, or None when it can."""
    try:
        made_for, _, issued_at = _form_signer.unsign(token).rpartition("-")
    except BadSignature:
        return TokenFault.FORGED
    if made_for != str(subject):
        return TokenFault.FORGED
    age = time.time() - int(issued_at)
    if age < LEAST_AGE:
        return TokenFault.EARLY
    if age > GREATEST_AGE:
        return TokenFault.LATE
    return None


def held_key(comment_id: int) -> str:
    """A key, fit for a query string, that shows a held comment to whoever has it, and leads to the
    page on which its author corrects and withdraws it."""
    return _held_signer.sign(str(comment_id))


def held_comment_id(key: str) -> int | None:
    """The id in a ``held_key``, or None when the key is forged or too old."""
    try:
        return int(_held_signer.unsign(key, max_age=HELD_KEY_AGE))
    except BadSignature:
        return None


def own_key(comment_id: int) -> str:
    """A key, fit for a path, that lets whoever has it correct and withdraw a comment."""
    return _own_signer.sign(str(comment_id))


def own_comment_id(key: str) -> int | None:
    """The id in an ``own_key``, or None when the key is forged or too old."""
    try:
        return int(_own_signer.unsign(key, max_age=OWN_KEY_AGE))
    except BadSignature:
        return None
