"""Finds, or makes, the sections, bylines and tags that a batch of records names.

Names that give the same slug are the same: ``Armed conflict`` is the tag ``armed conflict``. So is
one that an editor has given another slug, or has merged into another.
"""

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db.models import Q, prefetch_related_objects

from articles.models import Author, FormerSlug, Section, Tag
from articles.text.slugs import slugify

_Named = TypeVar("_Named", Author, Section, Tag)


def find_or_make(model: type[_Named], names: Iterable[str]) -> dict[str, _Named]:
    """The sections, authors or tags of these names, by name as written; new ones are stored."""
    slugs = {name: slugify(name) or "untitled" for name in names}
    stored = list(model.objects.filter(Q(slug__in=slugs.values()) | Q(name__in=slugs)))
    prefetch_related_objects([one for one in stored if isinstance(one, Tag)], "merged_into")
    found = {instance.slug: instance for instance in stored}
    found |= {slugs[instance.name]: instance for instance in stored if instance.name in slugs}
    found = {slug: _standing(instance) for slug, instance in found.items()}
    found |= _by_former_slug(model, set(slugs.values()) - found.keys())
    missing = {slug: name for name, slug in reversed(slugs.items()) if slug not in found}
    made = [model(name=name, slug=slug) for slug, name in sorted(missing.items())]
    model.objects.bulk_create(made)
    found |= {instance.slug: instance for instance in made}
    return {name: found[slug] for name, slug in slugs.items()}


def _standing(instance: _Named) -> _Named:
    """The instance, or what it has been merged into."""
    return getattr(instance, "merged_into", None) or instance


def _by_former_slug(model: type[_Named], slugs: Collection[str]) -> dict[str, _Named]:
    """Those that once had one of these slugs."""
    if not slugs:
        return {}
    former = FormerSlug.objects.filter(kind=model._meta.model_name, slug__in=slugs)
    keys = dict(former.values_list("slug", "key"))
    instances = model.objects.in_bulk(list(keys.values())) if keys else {}
    return {slug: instances[key] for slug, key in keys.items() if key in instances}
