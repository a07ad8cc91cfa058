"""Places, people, organisations and tags at the desk, a file each.

``named`` has what every entry of the vocabulary has in common, sections and authors included,
``entity`` what those have that copy may call by other names. ``asking`` are forms that ask before
they save what is hardly meant, ``overview`` is what the archive has of an entry, beside its form,
and ``tools`` what else can be done with it, the links on its page.
"""

from articles.admin.entities import organisations, people, places, tags

__all__ = ["organisations", "people", "places", "tags"]
