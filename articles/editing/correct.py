"""Public notes on an article: corrections, clarifications, updates."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing.record import record
from articles.models import Article, Correction, CorrectionKind


@transaction.atomic
def correct(
    article: Article,
    *,
    text: str,
    by: User | None,
    kind: str = CorrectionKind.CORRECTION,
    paragraph: str = "",
) -> Correction:
    """Add a note to an article: what was wrong and what is right.

    ``paragraph`` is the id of the paragraph it concerns. Raises ValidationError when ``text`` is
    empty.
    """
    if not text.strip():
        raise ValidationError("A correction says what was wrong and what is right.")
    correction = Correction.objects.create(
        article=article, kind=kind, text=text.strip(), paragraph=paragraph
    )
    record([article], by=by, reason=f"{correction.get_kind_display()}: {text.strip()[:200]}")
    return correction
