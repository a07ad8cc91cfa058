"""The archive's vocabulary: its places, people, organisations, tags, sections and authors.

What may be done with an entry, and what follows from it for the articles that refer to it.
"""

from articles.vocabulary.entities import delete_entity, follow_rename, named_in, obstacles
from articles.vocabulary.places import containers, put_in_place

__all__ = [
    "containers",
    "delete_entity",
    "follow_rename",
    "named_in",
    "obstacles",
    "put_in_place",
]
