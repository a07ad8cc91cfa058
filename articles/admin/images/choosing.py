"""Images as a script on another page of the desk takes them, the body editor above all."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from articles.admin.base import editor
from articles.admin.images.uploading import upload
from articles.models import Image
from articles.pictures import ladder
from articles.text.characters import printable

OFFERED = 24
_THUMBNAIL = 384


@require_safe
def choose(request: HttpRequest) -> JsonResponse:
    """The newest images that have all words of ``q``, in caption, alternative text or credit."""
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    images = Image.objects.order_by("-id")
    for word in printable(request.GET.get("q", "")).split()[:10]:
        images = images.filter(
            Q(caption__icontains=word) | Q(alt_text__icontains=word) | Q(credit__icontains=word)
        )
    return JsonResponse({"results": [as_choice(image) for image in images[:OFFERED]]})


@require_POST
def upload_one(request: HttpRequest) -> JsonResponse:
    """Takes in ``file``, with ``alt_text`` if there is one: 201 and the image, which may have been
    here already, or 400 and what is wrong, in ``errors``."""
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"errors": ["There is no file in what was sent."]}, status=400)
    try:
        image, is_new = upload(file, by=editor(request), alt_text=request.POST.get("alt_text", ""))
    except ValidationError as error:
        return JsonResponse({"errors": error.messages}, status=400)
    return JsonResponse({**as_choice(image), "is_new": is_new}, status=201)


def as_choice(image: Image) -> dict[str, Any]:
    """``src`` is what a body shows, of that width and height; ``alt`` is empty when the image is
    decorative, or not described yet."""
    shown = ladder.fallback(image, at_most=ladder.IN_BODY)
    thumbnail = ladder.fallback(image, at_most=_THUMBNAIL, cut=True)
    return {
        "id": image.pk,
        "src": default_storage.url(shown.name),
        "width": shown.width,
        "height": shown.height,
        "alt": "" if image.is_decorative else image.alt_text,
        "is_decorative": image.is_decorative,
        "caption": image.caption,
        "credit": image.credit,
        "thumbnail": default_storage.url(thumbnail.name),
    }
