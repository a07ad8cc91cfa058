"""What the fields of the page say when copy is read again: the editor’s words, or what is read."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_date

from articles.admin.article.from_copy.forms import MOMENT
from articles.importing.normalise import midday
from articles.importing.records import ArticleRecord
from articles.models import Section


class Values:
    """The fields by name, as a form sends them.

    ``read`` is what is read now. The page brings along what was read ``before``: a field that
    still says so says what is read now, any other what the editor wrote there.
    """

    def __init__(self, said: Mapping[str, str], record: ArticleRecord) -> None:
        self.said = said
        self.before = _read_before(said.get("as_read", ""))
        self.read = _machine_values(record)
        self._follow_dateline(record)

    def __getitem__(self, name: str) -> str:
        return self._written(name) if self.is_written(name) else self.read[name]

    def is_written(self, name: str) -> bool:
        """Whether the editor has written into the field."""
        known = name in self.before and name in self.said
        return known and self._written(name) != self.before[name]

    def differs(self, name: str) -> bool:
        """Whether the field says anything but what is read."""
        return self[name] != self.read[name]

    def found(self, name: str, value: str) -> None:
        """Add a field that is found later than the others; what was chosen there stays chosen."""
        self.read[name] = self.before[name] if self.is_written(name) else value

    def all(self) -> dict[str, str]:
        return {name: self[name] for name in self.read}

    def as_read(self) -> str:
        """What is read, as the page brings it along."""
        return json.dumps(self.read, ensure_ascii=False)

    def _written(self, name: str) -> str:
        return self.said[name].replace("\r\n", "\n")

    def _follow_dateline(self, record: ArticleRecord) -> None:
        """Where the dateline says when the article was published, a corrected one says it too."""
        try:
            day = parse_date(self["dateline_date"])
        except ValueError:  # a day that there is not, which the form says
            return
        published = record.published_at
        is_its_day = published is None or timezone.localdate(published) == record.dateline_date
        if day and is_its_day and self.differs("dateline_date"):
            self.read["published_at"] = _published(midday(day))


def _read_before(words: str) -> dict[str, str]:
    """What the page says was read; nothing before the first reading."""
    try:
        before = json.loads(words or "{}")
    except ValueError:
        return {}
    if not isinstance(before, dict):
        return {}
    return {name: value for name, value in before.items() if isinstance(value, str)}


def _machine_values(record: ArticleRecord) -> dict[str, str]:
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


def _published(moment: datetime | None) -> str:
    """Empty, which is now, for what is dated today: nobody waits for noon."""
    if moment is None or timezone.localdate(moment) >= timezone.localdate():
        return ""
    return _moment(moment)


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime(MOMENT) if moment else ""
