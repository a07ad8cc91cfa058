"""The archive's vocabulary: its places, people, organisations, tags, sections and authors.

What may be done with an entry, and what follows from it for the articles that refer to it.
``merging`` makes one of two entries and two of one, ``duplicates`` finds those that may be one.
``saving`` is for whoever writes an entry elsewhere than at the desk, ``finding`` for whoever names
one.
"""

from articles.vocabulary.entities import (
    delete_entity,
    follow_image,
    follow_rename,
    named_in,
    obstacles,
)
from articles.vocabulary.former_slugs import keep_address
from articles.vocabulary.places import containers, put_in_place

__all__ = [
    "containers",
    "delete_entity",
    "follow_image",
    "follow_rename",
    "keep_address",
    "named_in",
    "obstacles",
    "put_in_place",
]
