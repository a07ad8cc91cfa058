"""Public notes on an article: corrections, clarifications, updates."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing import rules
from articles.editing.record import record
from articles.editing.rules import Action
from articles.models import Article, Correction, CorrectionKind, Placement


@transaction.atomic
def correct(
    article: Article,
    *,
    text: str,
    by: User | None,
    wrong: str = "",
    kind: str = CorrectionKind.CORRECTION,
    paragraph: str = "",
    placement: str = Placement.TOP,
) -> Correction:
    """Add a note to an article: what was ``wrong`` and, in ``text``, what is right.

    ``paragraph`` is the id of the paragraph it concerns. Raises ValidationError when ``text`` is
    empty or the article's state allows no note, PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.CORRECT, article)
    correction = add_correction(
        article,
        text=text,
        by=by,
        wrong=wrong,
        kind=kind,
        paragraph=paragraph,
        placement=placement,
    )
    record([article], by=by, reason=correction.summary, verb=Action.CORRECT)
    return correction


def add_correction(
    article: Article,
    *,
    text: str,
    by: User | None,
    wrong: str = "",
    kind: str = CorrectionKind.CORRECTION,
    paragraph: str = "",
    placement: str = Placement.TOP,
) -> Correction:
    """Store the note itself; the caller, a verb, asks the rules and records."""
    if not text.strip():
        raise ValidationError("A correction says what was wrong and what is right.")
    return Correction.objects.create(
        article=article,
        kind=kind,
        wrong=wrong.strip(),
        text=text.strip(),
        paragraph=paragraph,
        placement=placement,
        created_by=by,
    )
