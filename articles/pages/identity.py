"""What the page of an entity calls it: in the language of the site, and in others."""

from typing import Any, NamedTuple

from django.conf import settings

from articles.models import (
    Entity,
    EntityName,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
)
from articles.models.prepared import PreparedInstances
from articles.vocabulary.names import Name, name_in

_MOST = 10
# A form that several languages share is shown in the one whose typeface the pages bring.
_WITH_TYPEFACE = frozenset({"ur"})


class Identity(NamedTuple):
    """The name over the page, names in other languages, and other spellings: those in the language
    of the site or in none that is known."""

    title: Name
    names: list[EntityName]
    spellings: list[str]


_names: dict[type[Entity], PreparedInstances[Any]] = {
    Place: PreparedInstances(int, lambda key: PlaceName.objects.filter(place=key)),
    Person: PreparedInstances(int, lambda key: PersonName.objects.filter(person=key)),
    Organisation: PreparedInstances(
        int, lambda key: OrganisationName.objects.filter(organisation=key)
    ),
}


def identity(entity: Entity) -> Identity:
    """What ``entity`` is called, and its other names: each form once, preferred ones first, and a
    few where there are many. One query."""
    rows = sorted(_names[type(entity)](entity.pk), key=_rank)
    title = name_in(entity, rows, settings.LANGUAGE_CODE)
    found = Identity(title, [], [])
    seen = {title.text}
    if entity.name != title.text:
        found.spellings.append(entity.name)
        seen.add(entity.name)
    for row in rows:
        if row.name in seen:
            continue
        seen.add(row.name)
        is_own = _primary(row.language) in ("", _primary(settings.LANGUAGE_CODE))
        if is_own and len(found.spellings) < _MOST:
            found.spellings.append(row.name)
        elif not is_own and len(found.names) < _MOST:
            found.names.append(row)
    return found


def _rank(name: EntityName) -> tuple[bool, bool, str, str]:
    is_drawn = _primary(name.language) in _WITH_TYPEFACE
    return not name.is_preferred, not is_drawn, name.language, name.name


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
