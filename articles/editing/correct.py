"""Public notes on an article: corrections, clarifications, updates, editor's notes."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing import rules
from articles.editing.record import record
from articles.editing.rules import Action
from articles.editing.store import touch
from articles.models import Article, Correction, CorrectionKind, Placement
from articles.text.body import blocks


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
    """Print a note on an article: what was ``wrong`` and, in ``text``, what is right.

    It stays as it was printed. ``paragraph`` is the id of the paragraph it concerns, empty for the
    whole article. Raises ValidationError when ``text`` is empty, or ``wrong`` is for a correction,
    when there is no such paragraph or the article's state allows no note; PermissionDenied when
    ``by`` may not.
    """
    rules.require(by, Action.CORRECT, article)
    if kind == CorrectionKind.WITHDRAWAL:
        raise ValidationError({"kind": "Withdraw the article: a notice takes it away as well."})
    if kind == CorrectionKind.CORRECTION and not wrong.strip():
        raise ValidationError({"wrong": "A correction says what was wrong."})
    if paragraph and paragraph not in {block.id for block in blocks(article.body)}:
        raise ValidationError({"paragraph": f"The article has no paragraph {paragraph}."})
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
        raise ValidationError({"text": "A note says what is right."})
    correction = Correction(
        article=article,
        kind=kind,
        wrong=wrong.strip(),
        text=text.strip(),
        paragraph=paragraph,
        placement=placement,
        created_by=by,
    )
    correction.clean_fields(exclude=["article", "created_by"])
    correction.save()
    touch(article)
    return correction
