"""Uploading at the desk."""

import logging
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from articles.models import AuditEntry, Image
from articles.pictures import TakenIn, make_renditions, take_in

UPLOADED = "upload"
"""The verb of the audit log, by which an image is known to be somebody's own."""

_log = logging.getLogger(__name__)
_LONGEST_ALT = Image._meta.get_field("alt_text").max_length or 0


def upload(file: "UploadedFile[Any]", *, by: User, alt_text: str = "") -> TakenIn:
    """Take a file in, make its renditions, and record who brought it.

    Raises ValidationError saying why it is refused and what to do.
    """
    if len(alt_text) > _LONGEST_ALT:
        raise ValidationError(f"The alternative text has more than {_LONGEST_ALT} characters.")
    with transaction.atomic():
        taken = take_in(file, alt_text=alt_text.strip())
        if taken.is_new:
            AuditEntry.objects.note(by, UPLOADED, taken.image, file.name or "")
    draw(taken.image)
    return taken


def draw(image: Image) -> None:
    """Make an image's renditions, if it has none; pages show the file itself where that fails."""
    if image.renditions:
        return
    try:
        make_renditions(image)
    except OSError:
        _log.exception("no renditions were made of image %s", image.pk)
