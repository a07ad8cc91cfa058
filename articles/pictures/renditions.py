"""Makes the renditions of images, once, and keeps them."""

from django.db import transaction

from articles import changes
from articles.models import Image
from articles.pictures.drawing import Original, draw, open_original
from articles.pictures.ladder import (
    CARD,
    FORMATS,
    Crop,
    Renditions,
    Series,
    base_name,
    card_name,
    card_widths_of,
    crop_of,
    size_of,
    widths_of,
)
from articles.pictures.storing import is_kept, put, read


def make_renditions(image: Image) -> None:
    """Draw and keep those renditions of a stored image that are not there, and note all in it.

    Takes about two seconds for a photograph of twelve megapixels; not to be called in a
    transaction. Raises OSError when the image's file is missing or damaged.
    """
    original = _original(image)
    whole = (image.width, image.height)
    _note(
        image,
        {
            "formats": original.formats,
            "whole": _make(original, base_name(image.sha256), widths_of(image.width), whole),
            "card": _make_card(original, image),
            "moves": original.moves,
        },
    )


def follow_focal_point(image: Image) -> None:
    """Let the cards of an image be cut round its focal point, if they are not.

    Cards of the point before stay, since pages that are kept somewhere show them. Raises OSError
    as ``make_renditions`` does.
    """
    if not image.renditions:
        make_renditions(image)
    elif image.renditions["card"]["base"] != _card_name(image):
        kept: Renditions = image.renditions
        _note(image, {**kept, "card": _make_card(_original(image), image)})


def _original(image: Image) -> Original:
    return open_original(read(str(image.file)))


def _make_card(original: Original, image: Image) -> Series:
    crop = crop_of(*original.picture.size, image.focal_x, image.focal_y)
    return _make(original, _card_name(image), card_widths_of(crop.width), CARD, crop)


def _card_name(image: Image) -> str:
    return card_name(image.sha256, image.focal_x, image.focal_y)


def _make(
    original: Original,
    base: str,
    widths: list[int],
    shape: tuple[int, int],
    crop: Crop | None = None,
) -> Series:
    names = [f"{base}-{width}.{format_}" for width in widths for format_ in original.formats]
    if not all(map(is_kept, names)):
        sizes = [size_of(width, *shape) for width in widths]
        for width, format_, content in draw(original, sizes, crop):
            put(f"{base}-{width}.{format_}", content, FORMATS[format_])
    return {"base": base, "widths": widths}


@transaction.atomic
def _note(image: Image, renditions: Renditions) -> None:
    """Keep in the image which renditions there are; whoever has a copy of the articles that it
    stands above learns of new ones."""
    is_new = image.renditions != renditions
    image.renditions = renditions
    Image.objects.filter(pk=image.pk).update(renditions=renditions)
    if is_new:
        changes.note(image.articles.values_list("pk", flat=True))
