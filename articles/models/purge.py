from django.db import models


class Subject(models.IntegerChoices):
    """What a page can show, so that a change of it makes the page another."""

    SITE = 1, "what every page shows, or any may"
    ARTICLE = 2, "an article: its text, its line in lists, its history"
    DISCUSSION = 3, "the comments of an article"
    LIST = 4, "a list of articles, or a span of it"
    LISTS = 5, "how many articles the lists of a kind have"
    WEIGHT = 6, "roughly how many articles a list has"
    PLACE = 7, "a place"
    PERSON = 8, "a person"
    ORGANISATION = 9, "an organisation"
    TAG = 10, "a tag"
    SECTION = 11, "a section"
    AUTHOR = 12, "an author"
    IMAGE = 13, "an image"
    COMMENTS = 14, "the latest comments of all articles"
    CORRECTIONS = 15, "the corrections of all articles"
    SITEMAP = 16, "the sitemap of a month, YYYYMM"


EVERY = -1
"""The key that stands for all of a subject, such as all places."""


class Purge(models.Model):
    """That something which pages show has changed: whatever keeps such a page drops it.

    Written in the transaction that changes it, by ``articles.freshness``, or by the database itself
    (see ``articles.freshness.triggers``). On SQLite, which has one writer at a time, ids are in the
    order of commits. On PostgreSQL they are not: there ``transaction_id`` is of the one that wrote
    the row, which ``pg_current_snapshot()`` tells from those that can be seen.
    """

    subject = models.PositiveSmallIntegerField(choices=Subject)
    key = models.BigIntegerField()
    # The span of a list that changed, in microseconds since 1970; null where it has no bound.
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    transaction_id = models.BigIntegerField(default=0)
    at = models.BigIntegerField(help_text="Seconds since 1970.")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["subject", "key"], name="purge_of"),
            models.Index(fields=["transaction_id", "id"], name="purge_transaction"),
            models.Index(fields=["at"], name="purge_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.key}"
