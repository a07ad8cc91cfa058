"""Writes a map as SVG.

Not a template: an article's page draws one every time, and a template takes twenty times as long.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.pages.maps.drawing import Drawing, Mark


def svg(drawing: Drawing, label: str) -> SafeString:
    """The map with a link for each of its places; ``label`` tells what it shows."""
    outlines, frame = drawing.outlines, drawing.frame
    country = f'<path class="country" d="{outlines.country}"/>' if outlines.country else ""
    # Small dots last, so that no large one lies over them.
    marks = sorted(drawing.marks, key=lambda mark: -mark.radius)
    return mark_safe(
        f'<svg class="map" viewBox="0 0 {frame.width} {frame.height}" role="group" '
        f'direction="ltr" aria-label="{escape(label)}">'
        f'<g transform="{drawing.transform}" aria-hidden="true">'
        f'<path class="land" d="{outlines.land}"/>'
        f'{country}<path class="border" d="{outlines.borders}"/>'
        f'<path class="coast" d="{outlines.coasts}"/></g>'
        f"{''.join(map(_mark, marks))}</svg>"
    )


def _mark(mark: Mark) -> str:
    name, told = escape(mark.spot.name), escape(_told(mark))
    label = mark.label
    text = (
        f'<text x="{label.x}" y="{label.y}" text-anchor="{label.anchor}">{name}</text>'
        if label
        else ""
    )
    told_by_size = "" if mark.number is None else ' class="told"'
    return (
        f'<a href="{escape(mark.spot.address)}" aria-label="{told}"><title>{told}</title>'
        f'<circle{told_by_size} cx="{mark.x}" cy="{mark.y}" r="{mark.radius}"/>{text}</a>'
    )


def _told(mark: Mark) -> str:
    if mark.number is None:
        return mark.spot.name
    return f"{mark.spot.name}: {mark.number} {'article' if mark.number == 1 else 'articles'}"
