"""The slug of an entry: as somebody typed it, or made from its name."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from articles.models.free_slugs import free_slug
from articles.text.slugs import slugify

_LONGEST = 200


def slug_for(entry: Model, typed: str, *, name: str, present: str = "") -> str:
    """What ``entry`` is to have for a slug where ``typed`` was given: that as a slug, else one made
    from ``name`` that no other has.

    Raises ``ValidationError`` for digits alone, which in an address of the API are an id; one that
    is ``present`` already may stay.
    """
    slug = slugify(typed, max_length=_LONGEST)
    if slug.isascii() and slug.isdecimal() and slug != present:
        raise ValidationError(f"“{slug}” could be taken for a number. Put a letter into it.")
    if slug or not name:
        return slug
    return free_slug(type(entry)._default_manager.exclude(pk=entry.pk), name)
