"""What the page of an entity calls it: in the language of the site, and in others."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from articles.models import Entity, EntityName
from articles.vocabulary.names import Name, name_in

_MOST = 10
# A form that several languages share is shown in the one whose typeface the pages bring.
_WITH_TYPEFACE = frozenset({"ur"})


class Identity(NamedTuple):
    """The name over the page, the names in other languages, and spellings of no known language."""

    title: Name
    names: list[EntityName]
    spellings: list[str]


def identity(entity: Entity, names: Iterable[EntityName]) -> Identity:
    """What ``entity`` is called, given its other ``names``: each form once, preferred ones first,
    and a few where there are many. No query."""
    rows = sorted(names, key=_rank)
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
        if row.language and len(found.names) < _MOST:
            found.names.append(row)
        elif not row.language and len(found.spellings) < _MOST:
            found.spellings.append(row.name)
    return found


def _rank(name: EntityName) -> tuple[bool, bool, str, str]:
    is_drawn = name.language.partition("-")[0] in _WITH_TYPEFACE
    return not name.is_preferred, not is_drawn, name.language, name.name
