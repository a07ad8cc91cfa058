"""The places, people and organisations of an article: what a machine found, what editors decide."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import DeskInline
from articles.admin.choices import KnownChoicesForm, KnownRows
from articles.models import EntityKind, Mention, MentionRole, MentionState


class MentionForm(KnownChoicesForm):
    """One mention; ``kind`` is also the name of the field that holds its entity."""

    kind: ClassVar[EntityKind]
    roles: ClassVar[list[MentionRole]]

    class Meta:
        model = Mention
        fields = ["role", "state", "title", "reason"]
        error_messages = {
            NON_FIELD_ERRORS: {
                "unique_together": "The article has it in this role already: look above or below."
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = self.kind
        self.limit("role", self.roles)
        self.limit("state", [MentionState.CONFIRMED, MentionState.REJECTED])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        undecided = {MentionState.SUGGESTED, MentionState.REJECTED}
        if data.get("state") not in undecided and self.kind in data and not data[self.kind]:
            self.add_error(self.kind, f"Choose the {self.kind.label} first, or add it.")
        return data


_WAITING_FIRST = {MentionState.SUGGESTED: 0, MentionState.REJECTED: 2}


class MentionRows(KnownRows):
    """The mentions of one kind; all kinds are read in one query, for whichever comes first."""

    form: type[MentionForm]

    def get_queryset(self) -> Any:
        kept: dict[str, list[Mention]] | None = self.instance.__dict__.get("_mention_rows")
        if kept is None:
            kept = {}
            if self.instance.pk:
                mentions = self.instance.mentions.select_related(
                    "place__parent", "person", "organisation"
                )
                for mention in sorted(
                    mentions.order_by("id"), key=lambda each: _WAITING_FIRST.get(each.state, 1)
                ):
                    kept.setdefault(mention.kind, []).append(mention)
            self.instance.__dict__["_mention_rows"] = kept
        return kept.get(self.form.kind, [])


class MentionInline(DeskInline[Mention]):
    model = Mention
    form: type[MentionForm]
    formset = MentionRows
    readonly_fields = ["words"]
    can_delete = False  # a machine would find it again: what is wrong is rejected
    verbose_name = "mention"

    @admin.display(description="In the copy")
    def words(self, mention: Mention) -> SafeString | str:
        if not mention.quote:
            return "-"
        return format_html(
            '<q dir="auto">{}</q> <small>{}</small>',
            mention.quote,
            _where(mention),
        )


def _where(mention: Mention) -> str:
    if mention.is_adrift:
        return "sentence gone: the text no longer has these words"
    return mention.paragraph or ("dateline" if mention.role == MentionRole.FILED_FROM else "")


class PlaceMentionForm(MentionForm):
    kind = EntityKind.PLACE
    roles = [MentionRole.ABOUT, MentionRole.MENTIONED, MentionRole.FILED_FROM]


class PersonMentionForm(MentionForm):
    kind = EntityKind.PERSON
    roles = [
        MentionRole.ABOUT, MentionRole.MENTIONED, MentionRole.SPEAKER, MentionRole.SUBJECT
    ]  # fmt: skip


class OrganisationMentionForm(PersonMentionForm):
    kind = EntityKind.ORGANISATION


class PlaceMentionInline(MentionInline):
    form = PlaceMentionForm
    fields = ["place", "words", "role", "state", "reason"]
    autocomplete_fields = ["place"]
    verbose_name = "place"
    verbose_name_plural = "places"


class PersonMentionInline(MentionInline):
    form = PersonMentionForm
    fields = ["person", "words", "title", "role", "state", "reason"]
    autocomplete_fields = ["person"]
    verbose_name = "person"
    verbose_name_plural = "people"


class OrganisationMentionInline(MentionInline):
    form = OrganisationMentionForm
    fields = ["organisation", "words", "role", "state", "reason"]
    autocomplete_fields = ["organisation"]
    verbose_name = "organisation"
    verbose_name_plural = "organisations"
