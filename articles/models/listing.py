from django.db import models

from articles.models.article import Article


class ListingKind(models.IntegerChoices):
    """What a listing is of. A listing is a kind and the id of the entity (0 for the archive)."""

    ARCHIVE = 0, "archive"
    SECTION = 1, "section"
    AUTHOR = 2, "author"
    TAG = 3, "tag"
    PLACE = 4, "place"
    DATELINE = 5, "dateline"
    PERSON = 6, "person"
    ORGANISATION = 7, "organisation"
    # What is about, or was filed from, the place itself and not only places inside it.
    PLACE_ITSELF = 8, "place-itself"
    DATELINE_ITSELF = 9, "dateline-itself"


class ListingEntry(models.Model):
    """That an article stands in a listing: one row for each, places above a place included.

    Derived from articles and what belongs to them by ``articles.listings``; it repeats
    ``Article.public_from`` so that any page of any listing is one scan of one index.
    """

    kind = models.PositiveSmallIntegerField(choices=ListingKind)
    key = models.BigIntegerField()
    public_from = models.DateTimeField()
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="listing_entries", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["kind", "key", "public_from", "article"], name="listing_in_order")
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "key"], name="listing_entry_once")
        ]

    def __str__(self) -> str:
        return f"{ListingKind(self.kind).label} {self.key}"


class ListingCount(models.Model):
    """How many articles of a listing fall in a month, those scheduled for later included."""

    kind = models.PositiveSmallIntegerField(choices=ListingKind)
    key = models.BigIntegerField()
    month = models.PositiveIntegerField(help_text="YYYYMM in the site's time zone.")
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "month"], name="listing_count_once")
        ]

    def __str__(self) -> str:
        return f"{ListingKind(self.kind).label} {self.key}, {self.month}: {self.count}"


class ListingTotal(models.Model):
    """How many articles a listing has in all its months, for lists of the most written about."""

    kind = models.PositiveSmallIntegerField(choices=ListingKind)
    key = models.BigIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["kind", "-count", "key"], name="listing_total_in_order")]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="listing_total_once")]

    def __str__(self) -> str:
        return f"{ListingKind(self.kind).label} {self.key}: {self.count}"
