from typing import NamedTuple

from articles.models import Entity, Tag


class Doubt(NamedTuple):
    """Something that is hardly meant: the field it is about, a word for it that stays the same
    while what is doubted stays, a question in words, and the entry that it is about, if one is."""

    field: str
    key: str
    question: str
    other: Entity | Tag | None = None
