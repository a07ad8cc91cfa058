"""How images look at the desk."""

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from articles.pictures import ladder

_WIDEST = {"thumbnail": 384, "preview": 960}


def picture(image: Image, kind: str, alt: str | None = None) -> SafeString:
    """The picture itself, ``thumbnail`` or ``preview``; the style sheet gives each its size.

    ``alt`` is said in place of its own alternative text.
    """
    shown = ladder.fallback(image, at_most=_WIDEST[kind])
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        kind,
        default_storage.url(shown.name),
        shown.width,
        shown.height,
        _said_of(image) if alt is None else alt,
    )


def _said_of(image: Image) -> str:
    return "" if image.is_decorative else image.alt_text


def focal_point(image: Image, prefix: str = "") -> SafeString:
    """The picture on which a click sets the focal point, beside the card that is cut by it.

    ``prefix`` is that of the form whose number fields it sets.
    """
    before = f"id_{prefix}-" if prefix else "id_"
    context = {
        "picture": picture(image, "preview"),
        "source": default_storage.url(ladder.fallback(image, at_most=_WIDEST["preview"]).name),
        "fields": {axis: f"{before}focal_{axis}" for axis in ("x", "y")},
    }
    return render_to_string("admin/articles/image/_focal_point.html", context)
