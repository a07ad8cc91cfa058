"""Finds, or makes, the sections, bylines and tags that a batch of records names.

Names that give the same slug are the same: ``Armed conflict`` is the tag ``armed conflict``.
"""

from collections.abc import Iterable
from typing import TypeVar

from articles.models import Author, Section, Tag
from articles.text.slugs import slugify

_Named = TypeVar("_Named", Author, Section, Tag)


def find_or_make(model: type[_Named], names: Iterable[str]) -> dict[str, _Named]:
    """The sections, authors or tags of these names, by name as written; new ones are stored."""
    slugs = {name: slugify(name) or "untitled" for name in names}
    found = {instance.slug: instance for instance in model.objects.filter(slug__in=slugs.values())}
    missing = {slug: name for name, slug in reversed(slugs.items()) if slug not in found}
    longest = model._meta.get_field("name").max_length
    made = [model(name=name[:longest], slug=slug) for slug, name in sorted(missing.items())]
    model.objects.bulk_create(made)
    found |= {instance.slug: instance for instance in made}
    return {name: found[slug] for name, slug in slugs.items()}
