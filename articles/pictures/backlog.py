"""Makes the renditions that images do not have yet: those that were imported, and those that were
stored before there were any, which are cleaned of what they carry first."""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from articles.models import Image
from articles.pictures.cleaning import clean
from articles.pictures.intake import stored
from articles.pictures.renditions import make_renditions
from articles.pictures.storing import discard, read

_BATCH = 100
_WANTING = Q(renditions={}) | Q(sha256="")


class Seen(NamedTuple):
    """An image by its key, and what kept it from its renditions; empty when nothing did."""

    key: int
    fault: str


def waiting() -> QuerySet[Image]:
    """The images that have no renditions, or were never cleaned."""
    return Image.objects.filter(_WANTING)


def catch_up(images: QuerySet[Image], *, after: int = 0) -> Iterator[Seen]:
    """Clean ``images`` and make their renditions, in the order of their keys, from the first behind
    ``after`` on. What is there already is not made again; one that fails is passed over."""
    while batch := list(images.filter(pk__gt=after).order_by("pk")[:_BATCH]):
        for image in batch:
            yield Seen(image.pk, _catch_up(image))
        after = batch[-1].pk


def _catch_up(image: Image) -> str:
    try:
        if not image.sha256:
            _clean(image)
        make_renditions(image)
    except ValidationError as error:
        return " ".join(error.messages)
    except OSError as error:
        return str(error)
    return ""


def _clean(image: Image) -> None:
    """Put in place of a file as it came in what may be published of it."""
    former = str(image.file)
    Image.objects.filter(pk=image.pk).update(**stored(clean(BytesIO(read(former)))))
    image.refresh_from_db()
    if former != str(image.file) and not Image.objects.filter(file=former).exists():
        discard([former])
