from django.db import models

from articles.models.listing import ListingKind

LONGEST_SEARCH_NAME = 100
"""Letters of a name, from one of its words on, that are kept to be looked up by."""


class SearchName(models.Model):
    """A name of what articles are about, folded, from one of its words on: *mohsin naqvi*, *naqvi*.

    Whoever types the beginning of any word of a name finds it along an index. ``text`` and
    ``start``, the first two letters, are UTF-8: both databases put bytes in the same order.
    ``weight`` is the number of binary digits of the number of articles, which seldom changes.
    Derived, like the search index: only what stands in a list has rows, and not before
    readers may see one of its articles is it shown to them.
    """

    kind = models.PositiveSmallIntegerField(choices=ListingKind)
    key = models.BigIntegerField()
    text = models.BinaryField()
    start = models.BinaryField()
    is_whole = models.BooleanField(help_text="It is a name, not only the end of one.")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["text", "weight", "kind", "key"], name="search_name_by_text"),
            models.Index(
                fields=["start", "-weight", "text", "kind", "key"], name="search_name_by_weight"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "text"], name="search_name_once")
        ]

    def __str__(self) -> str:
        return bytes(self.text).decode()
