from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.models.article import Article
from articles.models.entity import Entity
from articles.models.organisation import Organisation
from articles.models.person import Person
from articles.models.place import Place


class EntityKind(models.TextChoices):
    PLACE = "place", "place"
    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"


class MentionRole(models.TextChoices):
    FILED_FROM = "filed_from", "filed from"
    ABOUT = "about", "about"
    MENTIONED = "mentioned", "mentioned"
    SPEAKER = "speaker", "speaker"
    SUBJECT = "subject", "subject"


class MentionState(models.TextChoices):
    """Who vouches for a mention. Readers see linked and confirmed ones."""

    SUGGESTED = "suggested", "suggested by machine"
    LINKED = "linked", "linked by machine"
    CONFIRMED = "confirmed", "confirmed by an editor"
    REJECTED = "rejected", "rejected by an editor"


class MentionQuerySet(models.QuerySet["Mention"]):
    def shown(self) -> MentionQuerySet:
        """Those that readers see and that listings and the search index count."""
        return self.filter(state__in=[MentionState.LINKED, MentionState.CONFIRMED])

    def by_machine(self) -> MentionQuerySet:
        """Those no editor has decided about; linking again may replace them."""
        return self.filter(state__in=[MentionState.LINKED, MentionState.SUGGESTED])


class Mention(models.Model):
    """That an article names a place, a person or an organisation, and in which words.

    One row for each article, entity and way of being in it. The first words stand in columns of
    their own; ``occurrences`` lists all of them as ``[paragraph id, offset, words]``. An offset
    counts characters of the paragraph's text, without markup. A suggestion of somebody the
    archive does not know yet has no entity, only its words and its kind.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    kind = models.CharField(max_length=12, choices=EntityKind)
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    role = models.CharField(max_length=10, choices=MentionRole, default=MentionRole.MENTIONED)
    state = models.CharField(max_length=9, choices=MentionState, default=MentionState.CONFIRMED)
    title = models.CharField(
        max_length=200, blank=True, help_text="The title given in the copy: Chief Minister."
    )
    quote = models.CharField(max_length=200, blank=True, help_text="The words, as printed.")
    paragraph = models.CharField(
        max_length=20, blank=True, help_text="Where they stand: p4; empty for the dateline."
    )
    start = models.PositiveIntegerField(
        default=0, help_text="Characters before them in the paragraph's text."
    )
    occurrences = models.JSONField(default=list, blank=True, editable=False)
    sentence = models.CharField(
        max_length=500,
        blank=True,
        editable=False,
        help_text="The sentence the words stand in, by which they are found again after an edit.",
    )
    is_adrift = models.BooleanField(
        "sentence gone",
        default=False,
        editable=False,
        help_text="The text has been edited and no longer says it: decided by an editor, kept, "
        "but without a place in the text.",
    )
    folded = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="The words, as matching compares them.",
    )
    candidates = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Of a suggestion: the ids of all it may be, the likeliest first.",
    )
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why it is only suggested, or why it was decided so."
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["article"],
                condition=Q(state=MentionState.SUGGESTED),
                name="mention_suggested",
            ),
            models.Index(
                fields=["kind", "folded", "id"],
                condition=Q(state=MentionState.SUGGESTED),
                name="mention_suggested_words",
            ),
            models.Index(fields=["id"], condition=Q(is_adrift=True), name="mention_adrift"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EntityKind.PLACE, person__isnull=True, organisation__isnull=True)
                | Q(kind=EntityKind.PERSON, place__isnull=True, organisation__isnull=True)
                | Q(kind=EntityKind.ORGANISATION, place__isnull=True, person__isnull=True),
                name="mention_of_its_kind",
                violation_error_message="Choose an entity of the mention's kind, and only one.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MentionState.LINKED, MentionState.CONFIRMED])
                | Q(place__isnull=False)
                | Q(person__isnull=False)
                | Q(organisation__isnull=False),
                name="mention_shown_has_entity",
                violation_error_message="Choose the entity before the mention is confirmed.",
            ),
            models.UniqueConstraint(fields=["article", "place", "role"], name="mention_place_once"),
            models.UniqueConstraint(
                fields=["article", "person", "role"], name="mention_person_once"
            ),
            models.UniqueConstraint(
                fields=["article", "organisation", "role"], name="mention_organisation_once"
            ),
        ]

    def __str__(self) -> str:
        return self.quote or str(self.entity or "")

    @property
    def entity(self) -> Entity | None:
        """The place, person or organisation; None for a suggestion that is not yet one."""
        return self.place or self.person or self.organisation
