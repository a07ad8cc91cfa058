"""From an item as it came to an article as it should be: pure, and the same for every format."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from dateutil import parser as dates
from django.conf import settings
from django.utils import timezone

from articles.importing.embargo_lines import moment
from articles.importing.lengths import fit
from articles.importing.page_text import PageText, take_apart
from articles.importing.records import (
    FINGERPRINT,
    ArticleRecord,
    ImportFault,
    Note,
    Options,
    Picture,
    RawItem,
)
from articles.models import CorrectionKind
from articles.text import blocks, body, datelines, language
from articles.text.datelines import Dateline, ReportedDay
from articles.text.excerpts import draw_headline, summarise
from articles.text.slugs import slugify

TEXT_SOURCE = "text file"
HEADLINE_DRAWN = "no headline in the copy; one was drawn from the lead"
YEAR_INFERRED = "the dateline names no year; it was inferred"
FIRST_YEAR = 1600
"""Before the oldest newspaper; earlier dates are slips of the pen."""
_DATE_IN_SOURCE = re.compile(r"(?<!\d)(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d)")
_OF_THE_PAPER = re.compile(
    r"\b(?:desk|reporter|correspondent)|نمائند|نامہ نگار|ڈیسک", re.IGNORECASE
)
_LEADING_PARAGRAPHS = 3
_LONGEST_DATE = 60


def normalise(
    item: RawItem, options: Options, is_place: Callable[[str], bool], today: date
) -> ArticleRecord:
    """The article in a text.

    ``is_place`` tells whether a name is known as a place's, for datelines that their form does
    not prove. ``today`` bounds the year that a dateline without one can mean. Raises ImportFault
    when the text holds no article.
    """
    page = take_apart(item.text)
    if not page.paragraphs:
        raise ImportFault("has no text besides what surrounds an article on its page")
    above, paragraphs = [page.headline, *page.standfirst], list(page.paragraphs)
    dateline = _dateline(page, above, paragraphs, is_place)
    headline, standfirst = above[0] if above else "", above[1:]
    record = ArticleRecord(
        where=item.where,
        format=item.format,
        original=item.content,
        source=(
            options.source
            or page.headers.get("source")
            or (_agency(dateline) if dateline else "")
            or TEXT_SOURCE
        ),
        source_id=page.headers.get("source-id") or _fingerprint(item.text),
        headline=headline or draw_headline(paragraphs[0]),
        headline_is_drawn=not headline,
        summary=page.headers.get("summary") or summarise(paragraphs[0]),
        body=body.identify(body.clean(blocks.to_html([*standfirst, *paragraphs]))),
        language=page.headers.get("language")
        or language.detect("\n".join(paragraphs), default=settings.LANGUAGE_CODE.split("-")[0]),
        section=page.headers.get("section", ""),
        authors=_list(page.headers.get("authors", ""), ";") or page.authors,
        tags=_list(page.headers.get("tags", ""), ","),
        picture=_picture(page.headers),
        notes=_notes(page.headers),
    )
    fit(record)
    record.slug = slugify(page.headers.get("slug") or record.headline) or "untitled"
    _date(record, page, dateline, options, today)
    _hold_back(record, page)
    if record.headline_is_drawn:
        record.remarks.append(HEADLINE_DRAWN)
    if record.dateline_year_is_guess:
        record.remarks.append(YEAR_INFERRED)
    if page.headers.get("dateline") and dateline is None:
        record.remarks.append(f"cannot read the Dateline “{page.headers['dateline']}”")
    if page.dropped:
        lines = "1 line" if page.dropped == 1 else f"{page.dropped} lines"
        record.remarks.append(f"left out {lines} after “{page.ended_by[:60]}”")
    return record


def _dateline(
    page: PageText, above: list[str], paragraphs: list[str], is_place: Callable[[str], bool]
) -> Dateline | None:
    """Find the dateline and take it off the first paragraph, or from the lines above it, which
    are the headline and what stands between it and the text."""
    if marked := page.headers.get("dateline"):
        return datelines.parse_marked(marked)
    if above[-1].isupper() and above[-1] != page.headers.get("headline"):
        alone = datelines.parse_marked(above[-1])
        if alone and is_place(alone.places[0]):
            del above[-1]
            return alone
    dateline = datelines.parse(paragraphs[0]) or datelines.parse_alone(paragraphs[0])
    if dateline is None or not (dateline.is_certain or is_place(dateline.places[0])):
        return None
    rest = paragraphs[0][dateline.length :].strip()
    if rest:
        paragraphs[0] = rest
    elif len(paragraphs) > 1:
        del paragraphs[0]
    else:
        return None
    return dateline


def _agency(dateline: Dateline) -> str:
    """The agency that the dateline credits; a correspondent or a desk of the paper is none."""
    return "" if _OF_THE_PAPER.search(dateline.agency) else dateline.agency


def _date(
    record: ArticleRecord,
    page: PageText,
    dateline: Dateline | None,
    options: Options,
    today: date,
) -> None:
    """Settle when the article was published and what its dateline says."""
    printed = _read_date(page.headers.get("date") or page.date_words)
    if printed is None and page.headers.get("date"):
        raise ImportFault(
            f"has the Date “{page.headers['date']}”, which is not a day such as 1998-03-05"
        )
    given = options.source_date or printed
    if dateline:
        record.dateline_text = dateline.text
        record.dateline_places = dateline.places
        if dateline.month and dateline.day:
            year = dateline.year
            if year is None and given:
                year = datelines.nearest_year(dateline.month, dateline.day, given)
            year = year or options.year
            if year is None:
                year = datelines.settle_year(
                    dateline.month,
                    dateline.day,
                    today=today,
                    weekday=dateline.weekday,
                    reported=_reported_days(record),
                )
                record.dateline_year_is_guess = True
            try:
                record.dateline_date = date(year, dateline.month, dateline.day)
            except ValueError as error:
                raise ImportFault(
                    f"has the dateline “{dateline.text}”, a day that {year} does not have"
                ) from error
    day = given or record.dateline_date
    if day and not FIRST_YEAR <= day.year <= today.year + 1:
        raise ImportFault(
            f"is dated {day}; the archive takes what is of {FIRST_YEAR} to {today.year + 1}"
        )
    if day:
        record.published_at = midday(day)


def _hold_back(record: ArticleRecord, page: PageText) -> None:
    """Keep the embargo that the copy is under; one that cannot be read must not be forgotten."""
    if page.embargo is None:
        return
    record.embargo_until = moment(page.embargo)
    if record.embargo_until is None:
        record.unread_embargo = page.embargo or "no time given"
        record.remarks.append(
            f"is under an embargo whose end cannot be read (“{record.unread_embargo}”); it stays a "
            "draft until somebody settles it"
        )


def _reported_days(record: ArticleRecord) -> tuple[ReportedDay, ...]:
    leading = body.blocks(record.body)[:_LEADING_PARAGRAPHS]
    return datelines.reported_days(" ".join(block.text for block in leading))


def _read_date(words: str) -> date | None:
    """A day in words; None unless day, month and year are all there."""
    if not words or len(words) > _LONGEST_DATE:
        return None
    try:
        days = {
            dates.parse(words, default=datetime(year, month, month, tzinfo=UTC)).date()
            for year, month in ((1, 1), (2, 2))
        }
    except (ValueError, OverflowError):
        return None
    return days.pop() if len(days) == 1 else None


def midday(day: date) -> datetime:
    """The moment that stands for a day of which no hour is known.

    Noon is on that day in nearly all of the time zones that readers live in.
    """
    return timezone.make_aware(datetime.combine(day, time(12)))


def day_in(source: str) -> date | None:
    """The day of publication in where copy comes from, such as an address with /2026/02/01/ in it.

    Raises ImportFault when it is no day of the calendar.
    """
    if not (match := _DATE_IN_SOURCE.search(source)):
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError as error:
        raise ImportFault(f"{match[0]} is not a day of the calendar") from error


def _picture(headers: dict[str, str]) -> Picture | None:
    if not headers.get("image"):
        return None
    return Picture(
        name=headers["image"],
        alt_text=headers.get("image-alt", ""),
        caption=headers.get("image-caption", ""),
        credit=headers.get("image-credit", ""),
    )


def _notes(headers: dict[str, str]) -> tuple[Note, ...]:
    """The corrections of a text file's header (see ``_note``)."""
    return tuple(_note(line) for line in headers.get("correction", "").splitlines())


def _note(line: str) -> Note:
    """A note of three parts, or of four: what was wrong comes before what is right."""
    parts = [part.strip() for part in line.split("|", 3)]
    if len(parts) == 3:
        parts.insert(2, "")
    if len(parts) == 4:
        day, (_, kind, wrong, text) = _read_date(parts[0]), parts
        if day and text and kind in CorrectionKind.values:
            return Note(kind, text, day, wrong)
    raise ImportFault(
        "has a Correction that is not of the form “8 June 1935 | clarification | words” or “8 June "
        "1935 | correction | what was wrong | what is right”, the kind being one of "
        f"{', '.join(CorrectionKind.values)}"
    )


def _list(words: str, separator: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(separator) if word.strip())


def _fingerprint(text: str) -> str:
    """An id for copy that brings none: the same words are the same article."""
    return FINGERPRINT + hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
