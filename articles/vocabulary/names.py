"""What an entry is called in a language."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from articles.models import Entity, EntityName
from articles.text.language import direction


class Name(NamedTuple):
    """A name with its BCP 47 tag, empty where the language is not known, and its direction."""

    text: str
    language: str
    direction: str


def name_in(entity: Entity, names: Iterable[EntityName], language: str) -> Name:
    """What ``entity``, whose other names are ``names``, is called on a page in ``language``, a BCP
    47 tag: the preferred name of just that language, else of the same whatever its region, else
    its own name. No query.
    """
    wanted = language.lower()
    primary = _primary(wanted)
    preferred = [name for name in names if name.is_preferred and name.language]
    for one in preferred:
        if one.language.lower() == wanted:
            return _named(one)
    # As RFC 4647 looks tags up: what says less comes before what says something else.
    alike = [one for one in preferred if _primary(one.language.lower()) == primary]
    if alike:
        return _named(min(alike, key=lambda one: len(one.language)))
    return Name(entity.name, "", "auto")


def preference_faults(names: Iterable[EntityName]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with which of ``names`` are preferred: the number of the name, from 0, the
    field, and a sentence. One name is preferred in each language, and a language is given."""
    preferred: dict[str, str] = {}
    for number, one in enumerate(names):
        language = one.language.lower()
        if not one.is_preferred:
            continue
        if not language:
            yield number, "language", "Say in which language it is the preferred name."
        elif language in preferred:
            yield (
                number,
                "is_preferred",
                f"“{preferred[language]}” is preferred in this language already. Prefer one.",
            )
        else:
            preferred[language] = one.name


def _named(name: EntityName) -> Name:
    return Name(name.name, name.language, direction(name.language))


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
