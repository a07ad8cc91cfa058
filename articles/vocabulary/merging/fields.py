"""What the rows of the two entries hold themselves: the target takes what it lacks."""

from typing import Any

from django.db.models import Model

from articles.models import Merge, Place

# Of each of these the target takes all columns or none, and only while it has none of them.
_TAKEN = (
    ("description",),
    ("wikidata_id",),
    ("geonames_id",),
    ("iso_code",),
    ("country_code",),
    ("latitude", "longitude"),
    ("population",),
    ("kind",),
    ("place_id",),
    ("parent_id",),
)
# No two rows may have the same of these.
_ONCE = frozenset({"wikidata_id", "geonames_id"})


def take(source: Model, target: Model) -> dict[str, Any]:
    """Give ``target`` what it lacks and ``source`` has, in memory, and the source's outside ids
    away. Returns what the changed columns of both held, to be kept in ``Merge.before``."""
    before: dict[str, Any] = {"source": {}, "target": {}}
    columns = {field.attname for field in target._meta.concrete_fields}
    for group in _TAKEN:
        if not columns.issuperset(group) or any(_has(target, name) for name in group):
            continue
        for name in group:
            if _has(source, name) and not _would_lie_in_itself(source, target, name):
                before["target"][name] = getattr(target, name)
                setattr(target, name, getattr(source, name))
                if name in _ONCE:
                    before["source"][name] = getattr(source, name)
                    setattr(source, name, _nothing(source, name))
    if getattr(source, "is_reviewed", False) and not getattr(target, "is_reviewed", True):
        before["target"]["is_reviewed"] = False
        target.is_reviewed = True  # type: ignore[attr-defined]
    return before


def give_back(merge: Merge, source: Model, target: Model) -> None:
    """Undo ``take``, in memory; what an editor has changed at the target since stays."""
    taken = {**_values(source, merge.before["target"]), **merge.before["source"]}
    if "is_reviewed" in taken:
        taken["is_reviewed"] = True
    for name, was in merge.before["target"].items():
        if getattr(target, name) == taken[name]:
            setattr(target, name, was)
    for name, was in merge.before["source"].items():
        if getattr(target, name) != was:
            setattr(source, name, was)


def _has(row: Model, name: str) -> bool:
    value = getattr(row, name)
    # The equator and the meridian of Greenwich are somewhere; nobody living there is nothing.
    return value not in ("", None) and not (name == "population" and value == 0)


def _nothing(row: Model, name: str) -> Any:
    return None if row._meta.get_field(name).null else ""


def _would_lie_in_itself(source: Model, target: Model, name: str) -> bool:
    """Whether the parent that a place would take is the place, or lies in it."""
    if name != "parent_id" or not isinstance(source, Place) or not isinstance(target, Place):
        return False
    parent = source.parent
    if parent is None or parent.pk == target.pk:
        return True
    return Place.objects.inside(target).filter(pk=parent.pk).exists()


def _values(row: Model, names: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
