"""A picture that somebody of the newsroom brings in: whose it is, what it must say, and its
renditions. Desk and API both end here."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import IO, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import AuditEntry, Image
from articles.pictures.cleaning import CleanPicture
from articles.pictures.intake import TakenIn, fields_of, image_of, stored, take_in
from articles.pictures.renditions import follow_focal_point

UPLOADED = "upload"
"""The verb of the audit log, by which an image is known to be somebody's own."""

OWN_FOR = timedelta(days=1)
"""So long may those who brought an image in describe it, who may change no others."""

UNDESCRIBED = "Say what the picture shows, or mark it as decorative."
"""What is asked of a picture without words for those who cannot see it."""

_log = logging.getLogger(__name__)


def upload(file: IO[bytes], *, by: User, name: str = "", **words: str) -> TakenIn:
    """Take a file in under ``words``, as ``take_in`` does, and record who brought it, and what it
    was called. Makes no renditions.

    Raises ValidationError saying why it is refused and what to do.
    """
    with transaction.atomic():
        taken = take_in(file, **words)
        if taken.is_new:
            AuditEntry.objects.note(by, UPLOADED, taken.image, name)
    return taken


def bring_in(
    picture: CleanPicture,
    said: Mapping[str, Any],
    *,
    by: User,
    name: str = "",
    among: QuerySet[Image],
    keeps_file: bool = True,
) -> TakenIn:
    """The stored image of a clean picture, of which ``said`` holds fields.

    What is left empty is what the file says. One that was ``among`` those that are known keeps
    what it has, and takes words only where it has none. Without ``keeps_file`` there is a row and
    no file, for a transaction that is taken back. Makes no renditions.
    """
    words = {field: said[field] or text for field, text in picture.words._asdict().items()}
    present = image_of(picture, among)
    if present is None:
        fields = stored(picture) if keeps_file else fields_of(picture)
        image = Image.objects.create(**{**said, **words, **fields})
        AuditEntry.objects.note(by, UPLOADED, image, name)
        return TakenIn(image, is_new=True)
    lacking = [field for field, text in words.items() if text and not getattr(present, field)]
    for field in lacking:
        setattr(present, field, words[field])
    present.save(update_fields=lacking)
    return TakenIn(present, is_new=False)


def draw(image: Image) -> None:
    """Make the renditions that an image lacks; pages show the file itself where that fails.

    Not to be called in a transaction, since a photograph takes seconds.
    """
    try:
        follow_focal_point(image)
    except OSError:
        _log.exception("no renditions were made of image %s", image.pk)


def lately_uploaded(by: User, images: Iterable[int]) -> set[int]:
    """Those of ``images`` that ``by`` brought in no longer than ``OWN_FOR`` ago."""
    entries = AuditEntry.objects.filter(
        user=by,
        action=UPLOADED,
        kind="image",
        object_id__in=images,
        at__gte=timezone.now() - OWN_FOR,
    )
    return {pk for pk in entries.values_list("object_id", flat=True) if pk is not None}
