"""A picture that somebody of the newsroom brings in: whose it is, what it must say, and its
renditions. Desk and API both end here."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import IO

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import AuditEntry, Image
from articles.pictures.intake import TakenIn, take_in
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
