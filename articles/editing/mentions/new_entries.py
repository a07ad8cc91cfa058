"""People and organisations that an editor adds because an article names them."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from articles.models import AuditEntry, EntityKind, Organisation, Person
from articles.models.free_slugs import free_slug

_LONGEST = 200
_LONGEST_SLUG = 180
_MODELS: dict[EntityKind, type[Person] | type[Organisation]] = {
    EntityKind.PERSON: Person,
    EntityKind.ORGANISATION: Organisation,
}


def new_entry(kind: EntityKind, name: str, *, by: User) -> Person | Organisation:
    """Make the entry that copy calls ``name``.

    Raises ValidationError for a place, which needs to be told where it is, and for a name without
    a letter; PermissionDenied when ``by`` may add none.
    """
    model = _MODELS.get(kind)
    if model is None:
        raise ValidationError("A new place is added on a page of its own, which asks where it is.")
    if not by.has_perm(f"articles.add_{kind.value}"):
        raise PermissionDenied(f"{by.get_username()} may not add a {kind.label}.")
    name = " ".join(name.split())[:_LONGEST]
    if not any(character.isalpha() for character in name):
        raise ValidationError(f"“{name}” is no name: it has no letter.")
    entry = model(name=name, slug=free_slug(model._default_manager, name, _LONGEST_SLUG))
    entry.save()
    AuditEntry.objects.note(by, "add", entry, "from the words of an article")
    return entry
