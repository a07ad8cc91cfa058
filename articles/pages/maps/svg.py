"""Writes a map as SVG.

Not a template: an article's page draws one every time, and a template takes twenty times as long.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.pages.maps.drawing import HEIGHT, WIDTH, Drawing, Mark


def svg(drawing: Drawing, label: str) -> SafeString:
    """The map with a link for each of its places; ``label`` tells what it shows."""
    outlines = drawing.outlines
    return mark_safe(
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" direction="ltr" '
        f'aria-label="{escape(label)}">'
        f'<g transform="{drawing.transform}" aria-hidden="true">'
        f'<path class="land" d="{outlines.land}"/>'
        f'<path class="border" d="{outlines.borders}"/>'
        f'<path class="coast" d="{outlines.coasts}"/></g>'
        f"{''.join(map(_mark, drawing.marks))}</svg>"
    )


def _mark(mark: Mark) -> str:
    name = escape(mark.spot.name)
    label = mark.label
    text = (
        f'<text x="{label.x}" y="{label.y}" text-anchor="{label.anchor}">{name}</text>'
        if label
        else ""
    )
    return (
        f'<a href="{escape(mark.spot.address)}" aria-label="{name}"><title>{name}</title>'
        f'<circle cx="{mark.x}" cy="{mark.y}" r="3.5"/>{text}</a>'
    )
