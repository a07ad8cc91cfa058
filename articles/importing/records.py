"""What passes from stage to stage of an import."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from articles.linking import FoundMention, FoundTag

FINGERPRINT = "sha256:"


class ImportFault(Exception):
    """Why an item cannot be imported, in words for the person who asked for it."""


def printed(path: Path) -> str:
    """``path`` as it can be shown and stored, whatever bytes old file systems have in names."""
    return str(path).encode(errors="surrogateescape").decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Picture:
    """An article's picture as the source describes it; ``name`` is its file in the media root."""

    name: str
    alt_text: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A public note that the source has on an article; ``kind`` is a ``CorrectionKind``."""

    kind: str
    text: str
    noted_on: date
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person importing says about the copy; it overrules what the copy says."""

    format: str = ""
    year: int | None = None
    source: str = ""
    source_date: date | None = None
    publish: bool = False
    media_root: Path | None = None


@dataclass(frozen=True, slots=True)
class RawItem:
    """One article as it came: ``where`` is its file, and its place in it if there are several."""

    where: str
    format: str
    content: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What an editor decided about what was found in copy before it was stored.

    ``mentions`` are confirmed or rejected ones, ``tags_left`` the tags that linking may not
    suggest again.
    """

    mentions: tuple[FoundMention, ...] = ()
    tags_left: tuple[FoundTag, ...] = ()


@dataclass(slots=True)
class ArticleRecord:
    """One article, read and tidied, not yet stored.

    ``unread_embargo`` are the words of an embargo whose end they do not tell; such copy is not
    published before somebody has settled it. ``dateline_place_id`` and ``decisions`` are an
    editor's, who has looked at what was read.
    """

    where: str
    format: str
    original: bytes
    source: str
    source_id: str
    headline: str
    body: str
    headline_is_drawn: bool = False
    slug: str = ""
    summary: str = ""
    language: str = "en"
    published_at: datetime | None = None
    dateline_text: str = ""
    dateline_places: tuple[str, ...] = ()
    dateline_date: date | None = None
    dateline_year_is_guess: bool = False
    dateline_place_id: int | None = None
    embargo_until: datetime | None = None
    unread_embargo: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    notes: tuple[Note, ...] = ()
    decisions: Decisions = Decisions()
    remarks: list[str] = field(default_factory=list)

    @property
    def is_fingerprinted(self) -> bool:
        """Whether the source gave no id, so that a fingerprint of the words stands for one."""
        return self.source_id.startswith(FINGERPRINT)
