"""Keeps the hierarchy of places written out, so that nobody has to walk it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from articles.models import Containment, ListingEntry, ListingKind, Place
from articles.vocabulary.catching_up import catch_up

_BATCH = 500


@transaction.atomic
def put_in_place(place: Place) -> None:
    """Make the containers of a stored place, and of all in it, follow its ``parent``, and the
    lists of the places that it left or joined.

    Raises ValidationError when the place would lie in itself.
    """
    if moved := hang([place.pk], below=place.parent):
        # A list of a place has an entry for each article of a place inside it.
        articles = ListingEntry.objects.filter(
            kind__in=[ListingKind.PLACE, ListingKind.DATELINE], key__in=moved
        )
        newest = articles.order_by("-public_from").values_list("article", flat=True)
        catch_up(newest.iterator(chunk_size=_BATCH))


def hang(places: Sequence[int], below: Place | None) -> set[int]:
    """Write out that these places, and all in them, lie in ``below`` and in what that lies in.
    Returns the ids of the places that moved, and changes neither a parent nor a list.

    Raises ValidationError when a place would lie in itself.
    """
    present: dict[int, list[int]] = {pk: [] for pk in places}
    for inner, outer in _lines(Q(inner__in=places), "inner", "outer"):
        present[inner].append(outer)
    chain = _chain(below)
    moving = [pk for pk, above in present.items() if above != chain]
    _refuse_circle(moving, chain)
    left = {outer for pk in moving for outer in present[pk]}
    moved = [(pk, 0) for pk in moving]
    moved += _lines(Q(outer__in=moving), "inner", "depth")
    inside = {inner for inner, _ in moved}
    Containment.objects.filter(inner__in=inside, outer__in=left).delete()
    Containment.objects.bulk_create(
        (
            Containment(inner_id=inner, outer_id=outer, depth=depth + up)
            for inner, depth in moved
            for up, outer in enumerate(chain, 1)
        ),
        batch_size=_BATCH,
    )
    return inside


def _lines(condition: Q, *columns: str) -> list[tuple[int, int]]:
    return list(Containment.objects.filter(condition).order_by("depth").values_list(*columns))


def _chain(place: Place | None) -> list[int]:
    """``place`` and what it lies in, the smallest first."""
    chain: list[int] = []
    while place is not None and place.pk not in chain:
        chain.append(place.pk)
        place = place.parent
    return chain


def _refuse_circle(places: Sequence[int], chain: Sequence[int]) -> None:
    for place in Place.objects.filter(pk__in=set(places) & set(chain)).select_related("parent"):
        containers(place, place.parent)


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
