"""Keeps the hierarchy of places written out, so that nobody has to walk it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from articles import listings
from articles.models import Containment, ListingEntry, ListingKind, Place

_BATCH = 500


@transaction.atomic
def put_in_place(place: Place) -> None:
    """Make the containers of a stored place, and of all in it, follow its ``parent``, and the
    lists of the places that it left or joined.

    Raises ValidationError when the place would lie in itself.
    """
    chain = [container.pk for container in containers(place, place.parent)]
    present = list(
        Containment.objects.filter(inner=place).order_by("depth").values_list("outer", flat=True)
    )
    if present == chain:
        return
    inside = dict(Containment.objects.filter(outer=place).values_list("inner", "depth"))
    moved = {place.pk: 0, **inside}
    Containment.objects.filter(inner__in=moved, outer__in=present).delete()
    Containment.objects.bulk_create(
        Containment(inner_id=inner, outer_id=outer, depth=below + up)
        for inner, below in moved.items()
        for up, outer in enumerate(chain, 1)
    )
    _refresh_lists_of(moved)


def containers(place: Place, parent: Place | None) -> list[Place]:
    """The places that ``place`` lies in when ``parent`` is the next larger one, the smallest first.

    Raises ValidationError, for the field ``parent``, when the place would lie in itself.
    """
    above: list[Place] = []
    container = parent
    while container is not None:
        if container.pk == place.pk or container in above:
            message = (
                "A place cannot lie in itself."
                if container == parent
                else f"{place} cannot lie in {parent}, which lies in {place}."
            )
            raise ValidationError({"parent": message})
        above.append(container)
        container = container.parent
    return above


def _refresh_lists_of(places: Iterable[int]) -> None:
    """A list of a place has an entry for each article of a place inside it."""
    articles = list(
        ListingEntry.objects.filter(
            kind__in=[ListingKind.PLACE, ListingKind.DATELINE], key__in=places
        )
        .values_list("article", flat=True)
        .distinct()
    )
    for start in range(0, len(articles), _BATCH):
        listings.refresh(articles[start : start + _BATCH])
