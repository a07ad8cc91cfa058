"""Uploading at the desk."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.admin.base import editor
from articles.models import Image
from articles.pictures import TakenIn, uploading

MOST_AT_ONCE = 50

_LONGEST_ALT = Image._meta.get_field("alt_text").max_length or 0


def upload(file: "UploadedFile[Any]", *, by: User, alt_text: str = "") -> TakenIn:
    """Take a file in, make its renditions, and record who brought it.

    Raises ValidationError saying why it is refused and what to do.
    """
    if len(alt_text) > _LONGEST_ALT:
        raise ValidationError(f"The alternative text has more than {_LONGEST_ALT} characters.")
    taken = uploading.upload(file, by=by, name=file.name or "", alt_text=alt_text.strip())
    uploading.draw(taken.image)
    return taken


@require_POST
def upload_several(request: HttpRequest) -> HttpResponseRedirect:
    """Takes in ``files``, for browsers without scripts; then to the page where they are described,
    or back with what is wrong."""
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    files = request.FILES.getlist("files")
    taken: list[Image] = []
    if not files:
        messages.error(request, "Choose one or more files first.")
    for file in files[:MOST_AT_ONCE]:
        try:
            taken.append(upload(file, by=editor(request)).image)
        except ValidationError as error:
            messages.error(request, f"“{file.name}” was not taken in. {' '.join(error.messages)}")
    if len(files) > MOST_AT_ONCE:
        messages.error(request, f"Only the first {MOST_AT_ONCE} files were looked at.")
    if taken:
        return HttpResponseRedirect(describing(taken))
    return HttpResponseRedirect(reverse("admin:articles_image_changelist"))


def describing(images: Iterable[Image]) -> str:
    """The address of the page where these images are described."""
    chosen = urlencode([("image", image.pk) for image in images])
    return f"{reverse('admin:articles_image_describe')}?{chosen}"
