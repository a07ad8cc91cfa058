"""Places, people, organisations and tags at the desk, a file each.

``named`` has what every entry of the vocabulary has in common, sections and authors included,
``entity`` what those have that copy may call by other names, ``tools`` what else can be done with
an entry, the links on its page.
"""

from articles.admin.entities import organisations, people, places, tags

__all__ = ["organisations", "people", "places", "tags"]
