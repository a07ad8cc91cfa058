"""Copy as it was read, with what the editor has changed of it and decided about it since.

Nothing is kept between requests: the copy comes along each time and is read again, and a field
that still says what was read (``as_read``) says what is read now.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.admin.article import copy_choices as choices
from articles.admin.article.copy_choices import CONFIRM, REJECT, Entry, TagEntry
from articles.admin.article.copy_form import MOMENT, AddedForm, ReadForm
from articles.importing import writer
from articles.importing.findings import examine
from articles.importing.intake import read
from articles.importing.normalise import HEADLINE_DRAWN, YEAR_INFERRED, midday
from articles.importing.records import ArticleRecord, Decisions, Options, RawItem
from articles.linking import Findings, FoundTag
from articles.models import Article, EntityKind, MentionRole, Place, Section
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


@dataclass(slots=True)
class Reading:
    """An item of copy as the page shows it.

    ``present`` is the article that the archive has of it already; ``as_read`` what the machine
    read, by field.
    """

    item: RawItem
    record: ArticleRecord
    findings: Findings
    form: ReadForm
    added: AddedForm
    entries: list[Entry]
    tags: list[TagEntry]
    as_read: dict[str, str]
    present: Article | None

    def differs(self, name: str) -> bool:
        """Whether the editor has changed the field."""
        return bool(self.form.data[name] != self.as_read[name])

    @property
    def as_read_json(self) -> str:
        return json.dumps(self.as_read, ensure_ascii=False)

    @property
    def headline_is_drawn(self) -> bool:
        return self.record.headline_is_drawn

    @property
    def year_is_guess(self) -> bool:
        return self.record.dateline_year_is_guess and not self.differs("dateline_date")

    @property
    def remarks(self) -> list[str]:
        """What reading remarked upon, but for what the page says beside the fields."""
        return [
            remark
            for remark in self.record.remarks
            if remark not in {HEADLINE_DRAWN, YEAR_INFERRED}
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
        counts = (f"{group.count} {group.title.lower()}" for group in self.groups)
        return f"Read: {', '.join(counts)}."

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
                    self.findings, place, was_changed=self.differs("dateline_place")
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
    said = {name: str(value) for name, value in data.items()}
    before = _as_read(said.get("as_read", ""))
    as_read = _machine_values(record)
    values = {name: _kept(name, said, before, value) for name, value in as_read.items()}
    _follow_dateline(record, as_read, values, before, said)
    if values["headline"] != as_read["headline"]:
        record.headline, record.headline_is_drawn = _line(values["headline"]), False
        record.slug = slugify(record.headline) or "untitled"
    record.language = values["language"]
    chosen = said.get("dateline_place", "")
    was_chosen = "dateline_place" in before and chosen != before["dateline_place"]
    if was_chosen:
        record.dateline_place_id = choices.number(chosen)
    findings = examine(record)
    found_place = str(findings.dateline_place_id or "")
    as_read["dateline_place"] = before["dateline_place"] if was_chosen else found_place
    values["dateline_place"] = chosen if was_chosen else found_place
    pk = choices.number(values["dateline_place"])
    return Reading(
        item,
        record,
        findings,
        ReadForm(values, Place.objects.select_related("parent").filter(pk=pk or 0).first()),
        AddedForm(data if before else None),
        choices.entries(findings, said),
        choices.tag_entries(record.tags, findings.tags, said),
        as_read,
        writer.stored_as(record),
    )


def _machine_values(record: ArticleRecord) -> dict[str, str]:
    """What was read, field by field, as a form sends it."""
    section = Section.objects.filter(name=record.section).first() if record.section else None
    if record.section and section is None:
        record.remarks.append(f"there is no section “{record.section}”; none is chosen")
    return {
        "headline": record.headline,
        "summary": record.summary,
        "dateline_date": record.dateline_date.isoformat() if record.dateline_date else "",
        "dateline_text": record.dateline_text,
        "published_at": _published(record.published_at),
        "embargo_until": _moment(record.embargo_until),
        "language": record.language,
        "section": str(section.pk) if section else "",
        "authors": "; ".join(record.authors),
    }


def _follow_dateline(
    record: ArticleRecord,
    as_read: dict[str, str],
    values: dict[str, str],
    before: Mapping[str, str],
    said: Mapping[str, str],
) -> None:
    """Where the dateline says when the article was published, a corrected one says it too."""
    try:
        day = parse_date(values["dateline_date"])
    except ValueError:  # a day that there is not, which the form says
        return
    if day is None or values["dateline_date"] == as_read["dateline_date"]:
        return
    published = record.published_at
    if published is None or timezone.localdate(published) == record.dateline_date:
        as_read["published_at"] = _published(midday(day))
        values["published_at"] = _kept("published_at", said, before, as_read["published_at"])


def _kept(name: str, said: Mapping[str, str], before: Mapping[str, str], value: str) -> str:
    """What the editor wrote into the field, if that is not what stood there; else ``value``."""
    if name not in before or name not in said:
        return value
    written = said[name].replace("\r\n", "\n")
    return value if written == before[name] else written


def _as_read(words: str) -> dict[str, str]:
    """What the page said that was read, field by field; nothing before the first reading."""
    try:
        before = json.loads(words or "{}")
    except ValueError:
        return {}
    if not isinstance(before, dict):
        return {}
    return {name: value for name, value in before.items() if isinstance(value, str)}


def _published(moment: datetime | None) -> str:
    """Empty, which is now, for what is dated today: nobody waits for noon."""
    if moment is None or timezone.localdate(moment) >= timezone.localdate():
        return ""
    return _moment(moment)


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime(MOMENT) if moment else ""


def _line(words: str) -> str:
    return " ".join(printable(words).split())


def _mark(entry: Entry, *, is_first: bool) -> str:
    name = f' id="words-{entry.key}"' if is_first else ""
    state = entry.decision or "open"
    return f'<mark{name} class="{entry.found.kind} {state}" data-entry="{entry.key}">'
