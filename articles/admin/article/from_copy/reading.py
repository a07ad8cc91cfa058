"""Copy as it was read, with what the editor has changed of it and decided about it since.

Nothing is kept between requests: the copy comes along each time and is read again.
"""

from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.admin.article.from_copy import entries as choices
from articles.admin.article.from_copy.entries import CONFIRM, REJECT, Entry, TagEntry
from articles.admin.article.from_copy.forms import PASTED, AddedForm, ReadForm
from articles.admin.article.from_copy.values import Values
from articles.editing.checks import check
from articles.importing import writer
from articles.importing.findings import examine
from articles.importing.intake import read
from articles.importing.normalise import HEADLINE_DRAWN, TEXT_SOURCE, YEAR_INFERRED
from articles.importing.records import ArticleRecord, Decisions, Options, RawItem
from articles.linking import Findings, FoundTag
from articles.models import Article, EntityKind, MentionRole, Place
from articles.text import body
from articles.text.characters import printable
from articles.text.language import direction
from articles.text.slugs import slugify
from articles.text.wrapping import Wrapping, run_in, wrap

_ADDED = {
    "added_places": EntityKind.PLACE,
    "added_people": EntityKind.PERSON,
    "added_organisations": EntityKind.ORGANISATION,
}
_TITLES = {
    EntityKind.PLACE: "Places",
    EntityKind.PERSON: "People",
    EntityKind.ORGANISATION: "Organisations",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of a kind, those to be decided last, and the field that adds to them.

    ``dateline`` is the place that the dateline's field holds, which is decided there.
    """

    kind: EntityKind
    title: str
    entries: list[Entry]
    added: BoundField
    dateline: str = ""

    @property
    def count(self) -> int:
        return len(self.entries) + bool(self.dateline)

    @property
    def dateline_role(self) -> str:
        return MentionRole.FILED_FROM.label

    @property
    def one(self) -> str:
        """Of what the group holds several: "an organisation"."""
        article = "an" if self.kind is EntityKind.ORGANISATION else "a"
        return f"{article} {self.kind.label}"

    @property
    def another(self) -> BoundField:
        """The field of an entry of which another is meant, for the script to copy."""
        return choices.other_field(self.kind, "another")

    def __str__(self) -> str:
        one = self.count == 1
        return f"{self.count} {self.kind.label if one else self.title.lower()}"


@dataclass(slots=True)
class Reading:
    """An item of copy as the page shows it.

    ``present`` is the article that the archive has of it already.
    """

    item: RawItem
    record: ArticleRecord
    findings: Findings
    values: Values
    form: ReadForm
    added: AddedForm
    entries: list[Entry]
    tags: list[TagEntry]
    present: Article | None

    @property
    def headline_is_drawn(self) -> bool:
        return self.record.headline_is_drawn

    @property
    def year_is_guess(self) -> bool:
        return self.record.dateline_year_is_guess and not self.values.differs("dateline_date")

    @property
    def remarks(self) -> list[str]:
        """What to look at before it is published: what reading remarked upon, and what the checks
        find in the article that it would be."""
        record = self.record
        article = Article(
            headline=record.headline,
            headline_is_drawn=record.headline_is_drawn,
            body=record.body,
            dateline_year_is_guess=self.year_is_guess,
            section_id=choices.number(self.values["section"]),
        )
        read = (each for each in record.remarks if each not in {HEADLINE_DRAWN, YEAR_INFERRED})
        return [
            *(f"{each[0].upper()}{each[1:]}." for each in read),
            *(found.message for found in check(article)),
        ]

    @property
    def dateline_reason(self) -> str:
        """Why the dateline's place was not chosen by machine."""
        filed = (each for each in self.findings.mentions if each.role is MentionRole.FILED_FROM)
        return next((each.reason for each in filed), "")

    @property
    def direction(self) -> str:
        return direction(self.record.language)

    @property
    def groups(self) -> list[Group]:
        ordered = sorted(self.entries, key=lambda entry: entry.is_suggestion)
        return [
            Group(
                kind,
                _TITLES[kind],
                [entry for entry in ordered if entry.found.kind is kind],
                self.added[name],
                self._dateline() if kind is EntityKind.PLACE else "",
            )
            for name, kind in _ADDED.items()
        ]

    @property
    def said(self) -> str:
        """What was found, in a line for who cannot see the page change."""
        return f"Read: {', '.join(map(str, self.groups))}."

    def _dateline(self) -> str:
        place = self.form.filed_from
        return choices.label_of(place) if place else ""

    @property
    def preview(self) -> SafeString:
        """The body as readers will see it, the words of each entry marked."""
        marked = wrap(
            self.record.body,
            [
                Wrapping(
                    occurrence.paragraph,
                    occurrence.start,
                    occurrence.words,
                    _mark(entry, is_first=number == 0),
                    "</mark>",
                )
                for entry in self.entries
                for number, occurrence in enumerate(entry.found.occurrences)
            ],
        )
        dateline = escape(self.form.data["dateline_text"])
        run = (
            f'<mark class="dateline" data-entry="dateline">{dateline}</mark> — ' if dateline else ""
        )
        return mark_safe(run_in(marked, run))

    def settle(self) -> ArticleRecord:
        """The record as the editor wants it, with what was decided; the form must be valid."""
        said = self.form.cleaned_data
        record = self.record
        record.summary = printable(said["summary"])
        record.language = said["language"]
        record.dateline_text = _line(said["dateline_text"])
        record.dateline_date = said["dateline_date"]
        record.dateline_year_is_guess = self.year_is_guess
        record.published_at = said["published_at"]
        record.embargo_until = said["embargo_until"]
        record.unread_embargo = "" if said["embargo_until"] else record.unread_embargo
        record.section = said["section"].name if said["section"] else ""
        record.authors = tuple(filter(None, map(_line, said["authors"])))
        place: Place | None = said["dateline_place"]
        record.dateline_place_id = place.pk if place else None
        added = self.added.cleaned_data if self.added.is_valid() else {}
        record.tags = (
            *(tag.name for tag in self.tags if tag.decision == CONFIRM),
            *(tag.name for tag in added.get("added_tags", ())),
        )
        blocks = body.blocks(record.body)
        record.decisions = Decisions(
            mentions=(
                *choices.decided_dateline(
                    self.findings, place, was_changed=self.values.differs("dateline_place")
                ),
                *choices.decided(self.entries),
                *(
                    mention
                    for name, kind in _ADDED.items()
                    for mention in choices.added(kind, added.get(name, ()), blocks)
                ),
            ),
            tags_left=tuple(
                FoundTag(tag.tag_id, tag.quote)
                for tag in self.tags
                if tag.is_suggestion and tag.decision == REJECT
            ),
        )
        return record


def reading_of(item: RawItem, options: Options, data: QueryDict) -> Reading:
    """``item`` read, under what the editor has said so far in ``data``.

    Raises ImportFault when it holds no article.
    """
    record = read(item, options)
    if record.source == TEXT_SOURCE and item.where == PASTED:
        record.source = PASTED
    said = {name: str(value) for name, value in data.items()}
    values = Values(said, record)
    if values.differs("headline"):
        record.headline, record.headline_is_drawn = _line(values["headline"]), False
        record.slug = slugify(record.headline) or "untitled"
    record.language = values["language"]
    if values.is_written("dateline_place"):
        record.dateline_place_id = choices.number(said["dateline_place"])
    findings = examine(record)
    values.found("dateline_place", str(findings.dateline_place_id or ""))
    pk = choices.number(values["dateline_place"]) or 0
    said_now = {**values.all(), "dateline_place": str(pk or "")}
    return Reading(
        item,
        record,
        findings,
        values,
        ReadForm(said_now, Place.objects.select_related("parent").filter(pk=pk).first()),
        AddedForm({name: _keys(data.getlist(name)) for name in AddedForm.base_fields}),
        choices.entries(findings, said),
        choices.tag_entries(record.tags, findings.tags, said),
        writer.stored_as(record),
    )


def _keys(words: list[str]) -> list[int]:
    return [pk for each in words if (pk := choices.number(each))]


def _line(words: str) -> str:
    return " ".join(printable(words).split())


def _mark(entry: Entry, *, is_first: bool) -> str:
    name = f' id="words-{entry.key}"' if is_first else ""
    state = entry.decision or "open"
    return f'<mark{name} class="{entry.found.kind} {state}" data-entry="{entry.key}">'
