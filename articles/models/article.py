from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.models.author import Author
from articles.models.comment_policy import CommentPolicy
from articles.models.image import Image
from articles.models.language import language_tag
from articles.models.place import Place
from articles.models.section import Section


class Status(models.TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    SCHEDULED = "scheduled", "scheduled"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"
    BIN = "bin", "in the bin"


_OF_A_LINE = (
    "headline", "path", "summary", "language", "published_at", "public_from", "updated_at",
    "deindexed_at", "comment_count", "section__name", "section__slug", "lead_image__file",
    "lead_image__width", "lead_image__height", "lead_image__alt_text", "lead_image__is_decorative",
    "lead_image__renditions",
)  # fmt: skip


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self, at: datetime | None = None) -> ArticleQuerySet:
        """What a reader may see now, or could see at ``at``. Every page, feed and answer of the
        API starts here, or at ``ListingEntry``, which repeats the same column."""
        return self.filter(public_from__lte=at or timezone.now())

    def newest(self) -> ArticleQuerySet:
        return self.order_by("-public_from", "-id")

    def for_listing(self, *more: str) -> ArticleQuerySet:
        """What a line in a listing shows, and the fields that ``more`` names; the body stays on
        the disk. Whatever else is asked of these articles costs a query each."""
        return self.select_related("section", "lead_image").only(*_OF_A_LINE, *more)


class Article(models.Model):  # type: ignore[django-manager-missing]
    """One article, in one language, at one address."""

    headline = models.CharField(max_length=300)
    headline_is_drawn = models.BooleanField(
        default=False,
        help_text="A machine drew the headline from the first sentence; it wants a look.",
    )
    slug = models.CharField(
        max_length=200, help_text="The last part of the address. A change leaves a redirect."
    )
    summary = models.TextField(blank=True, help_text="One or two sentences, for lists and search.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="The article's place in time: its address and its lists."
    )
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Nobody outside the newsroom sees it before."
    )
    public_from = models.GeneratedField(
        expression=Case(
            When(
                status__in=[Status.SCHEDULED, Status.PUBLISHED],
                then=Greatest(F("published_at"), Coalesce(F("embargo_until"), F("published_at"))),
            ),
            default=Value(None, output_field=models.DateTimeField()),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Whose draft it is; nobody's when it was imported.",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_articles",
        help_text="Whose turn it is: who shall write, review or mend it.",
    )
    updated_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When a reader could last see a change."
    )
    language = models.CharField(
        max_length=35,
        default="en",
        validators=[language_tag],
        help_text="A BCP 47 tag: en, ur, en-GB. It sets direction too.",
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    authors = models.ManyToManyField(Author, through="Byline", related_name="articles", blank=True)
    tags = TaggableManager(through="articles.Tagging", blank=True)
    lead_image = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    dateline_place = models.ForeignKey(
        Place,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="filed_articles",
        help_text="Where the report was filed from.",
    )
    dateline_date = models.DateField(null=True, blank=True)
    dateline_text = models.CharField(
        max_length=200, blank=True, help_text="As it stood in the copy: ISLAMABAD, Feb 1 (Agency)."
    )
    dateline_year_is_guess = models.BooleanField(
        default=False, help_text="The copy names no year; this one was inferred."
    )
    updates = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,  # see the index of those that update one
        related_name="updated_by",
        help_text="The earlier article that this one brings up to date; each then leads to the "
        "other.",
    )
    deindexed_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since when search engines are told to leave it out, and our own search does.",
    )
    comment_policy = models.CharField(
        max_length=12, choices=CommentPolicy, default=CommentPolicy.OPEN
    )
    comment_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Approved comments."
    )
    source = models.CharField(
        max_length=200, blank=True, help_text="Where the copy came from: an agency, a former site."
    )
    source_id = models.CharField(
        max_length=500,
        blank=True,
        help_text="What the source calls it; a second import finds the article by it.",
    )
    # Null and not empty: the addresses there are must differ, drafts have none.
    path = models.CharField(  # noqa: DJ001
        max_length=500,
        null=True,
        unique=True,
        editable=False,
        help_text="The public address, /YYYY/MM/DD/slug/; empty until there is one.",
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    body = models.TextField(
        blank=True, help_text="Paragraphs, headings, lists, quotations, links, tables, figures."
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        # Who may do what with which article is decided in ``articles.editing.rules``.
        permissions = [
            ("write_own_article", "Can write and change drafts of their own"),
            ("submit_article", "Can hand drafts over for review"),
            ("publish_article", "Can publish, schedule and send back"),
            ("correct_article", "Can print corrections"),
            ("withdraw_article", "Can withdraw"),
            ("deindex_article", "Can take out of search engines"),
            ("bin_article", "Can put into the bin and take out again"),
            ("share_article", "Can make preview links"),
            ("import_article", "Can bring in copy"),
        ]
        # A list of the desk is one index in its whole order, down to the id: with less, a database
        # that knows most articles to be alike walks through all of them.
        indexes = [
            models.Index(
                F("public_from").desc(),
                F("id").desc(),
                condition=Q(public_from__isnull=False),
                name="article_public_newest",
            ),
            models.Index(fields=["updated_at", "id"], name="article_updated"),
            models.Index(
                Greatest("updated_at", "public_from"),
                F("id"),
                condition=Q(public_from__isnull=False),
                name="article_changed_for_readers",
            ),
            models.Index(fields=["status", "-updated_at", "-id"], name="article_of_status"),
            models.Index(
                fields=["created_by", "-updated_at", "-id"],
                condition=Q(created_by__isnull=False),
                name="article_of_staff",
            ),
            models.Index(
                fields=["assigned_to", "-updated_at", "-id"],
                condition=Q(assigned_to__isnull=False),
                name="article_assigned",
            ),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(headline_is_drawn=True),
                name="article_headline_drawn",
            ),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(dateline_year_is_guess=True),
                name="article_year_guessed",
            ),
            models.Index(
                fields=["updates"],
                condition=Q(updates__isnull=False),
                name="article_updating",
            ),
            models.Index(
                fields=["-deindexed_at", "-id"],
                condition=Q(deindexed_at__isnull=False),
                name="article_deindexed",
            ),
            models.Index(fields=["source", "-updated_at", "-id"], name="article_of_source"),
            models.Index(
                fields=["source_id"], condition=~Q(source_id=""), name="article_of_source_id"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source_id=""),
                name="article_of_source_once",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.SCHEDULED, Status.PUBLISHED])
                | Q(published_at__isnull=False, path__isnull=False),
                name="article_public_has_date_and_path",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return self.path or ""

    def is_public(self, at: datetime | None = None) -> bool:
        """The rule of ``ArticleQuerySet.public`` for an article as last read from the database."""
        return self.public_from is not None and self.public_from <= (at or timezone.now())
