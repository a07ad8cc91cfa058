"""How images look at the desk."""

from django.core.files.storage import default_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from articles.pictures import ladder

_WIDEST = {"thumbnail": 360, "preview": 960}


def picture(image: Image, kind: str) -> SafeString:
    """The picture itself, ``thumbnail`` or ``preview``; the style sheet gives each its size."""
    shown = ladder.fallback(image, at_most=_WIDEST[kind])
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        kind,
        default_storage.url(shown.name),
        shown.width,
        shown.height,
        "" if image.is_decorative else image.alt_text,
    )
