"""Finds, or makes, the sections, bylines and tags that a batch of records names.

Names that give the same slug are the same: ``Armed conflict`` is the tag ``armed conflict``. So is
one that an editor has given another slug.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q

from articles.models import Author, Section, Tag
from articles.text.slugs import slugify

_Named = TypeVar("_Named", Author, Section, Tag)


def find_or_make(model: type[_Named], names: Iterable[str]) -> dict[str, _Named]:
    """The sections, authors or tags of these names, by name as written; new ones are stored."""
    slugs = {name: slugify(name) or "untitled" for name in names}
    stored = model.objects.filter(Q(slug__in=slugs.values()) | Q(name__in=slugs))
    found = {instance.slug: instance for instance in stored}
    found |= {slugs[instance.name]: instance for instance in stored if instance.name in slugs}
    missing = {slug: name for name, slug in reversed(slugs.items()) if slug not in found}
    made = [model(name=name, slug=slug) for slug, name in sorted(missing.items())]
    model.objects.bulk_create(made)
    found |= {instance.slug: instance for instance in made}
    return {name: found[slug] for name, slug in slugs.items()}
