"""Finds entries by what others call them: an id, a slug, or a slug that they once had."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from articles.models import FormerSlug

Key = int | str
Entry = TypeVar("Entry", bound=Model)


def find(
    model: type[Entry],
    keys: Collection[Key],
    sight: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
) -> Mapping[Key, Entry]:
    """The entries of ``model`` that ``keys`` name, public or not, unless ``sight`` leaves of rows
    those that are to be found; what names none is left out.

    What was merged into another is found itself, with its ``merged_into``. Four queries at most.
    """
    rows: QuerySet[Any] = model._default_manager.all()
    if any(field.name == "merged_into" for field in model._meta.fields):
        rows = rows.select_related("merged_into")
    ids = {key for key in keys if isinstance(key, int)}
    slugs = {key for key in keys if isinstance(key, str) and key.isprintable()}
    found: dict[Key, Entry] = {}
    # Pictures have ids only.
    asked = Q(pk__in=ids) | Q(slug__in=slugs) if slugs else Q(pk__in=ids)
    for row in rows.filter(asked):
        found[row.pk] = row
        if slugs:
            found[row.slug] = row
    if missing := slugs - found.keys():
        kind = model._meta.model_name or ""
        former = FormerSlug.objects.filter(kind=kind, slug__in=missing)
        keys_now = dict(former.values_list("slug", "key"))
        there = rows.in_bulk(set(keys_now.values())) if keys_now else {}
        found |= {slug: there[key] for slug, key in keys_now.items() if key in there}
    if sight is not None and found:
        present = model._default_manager.filter(pk__in={current(row).pk for row in found.values()})
        seen = set(sight(present).values_list("pk", flat=True))
        found = {key: row for key, row in found.items() if current(row).pk in seen}
    return {key: found[key] for key in keys if key in found}


def current(entry: Entry) -> Entry:
    """The entry, or what it was merged into."""
    return getattr(entry, "merged_into", None) or entry
