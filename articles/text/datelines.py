"""Datelines: the words in front of a report that say where, and when, it was filed.

Agencies write them in many ways, all of which are read here::

    Islamabad, Feb 1: …            ISLAMABAD, Feb 1 (Agency) — …      (New York, NY - October 21) …
    Tel Aviv/Beirut (dpa) - …      MOSCOW, Monday (Reuters) …         QUETTA: …
    Gaza City, Palestinian Territories, May 16, 2021 (AFP) - …
    GENEVA (1 February 2026) – …   ISLAMABAD : Feb 01 (APP): …    کوئٹہ۔14ستمبر (اے پی پی): …
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_URDU_MONTHS = (
    "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر",
    "دسمبر",
)  # fmt: skip
_URDU_FIRST = "یکم"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?i:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|"
    r"Sat(?:urday)?|Sun(?:day)?)\.?"
)
_DATE = (
    rf"(?:(?P<weekday>{_WEEKDAY})(?=[\s,)(:–—-]|$),?\s*)?"
    rf"(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH})(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?P<day3>\d{{1,2}}|{_URDU_FIRST})\s*(?P<month3>{'|'.join(_URDU_MONTHS)})"
    rf"(?:[,،]?\s+(?P<year3>\d{{4}})ء?)?)?"
    rf"(?:,?\s+(?P<weekday2>{_WEEKDAY})(?=[\s,)(:–—-]|$))?"
)
# A place: up to six words, the first letter of each a capital or of a script that has none; a
# small word (de, al-, of) may stand between them. Places of one dateline are parted by "/", the
# place and what it lies in by a comma. A word is taken whole or not at all, which also keeps the
# time that hostile copy can take in bounds.
_WORD = r"(?:[^\W\d_a-zß-öø-ÿ](?:[\w'’.]|-(?=\w))*+)"
_SMALL = r"(?:de|del|la|le|les|of|the|al|el|ul|am|an|der|i|e|y|sur|upon|on)"
_NAME = rf"{_WORD}(?:[ \u00a0-](?:{_SMALL}[ -])?{_WORD}){{0,4}}"
_PLACE = rf"(?P<place>{_NAME}(?:\s?/\s?{_NAME}){{0,4}}(?:[,،]\s+{_NAME}){{0,2}}?)"
_AGENCY = r"(?:\((?P<agency>[^()]{2,40})\)|/(?P<agency2>[A-Z][\w .-]{1,30})/)"
_DASH = r"(?:--+|[-–—_])"
# What parts the place from the date; a colon only where a date does follow.
_GAP = rf"(?P<gap>\s?:\s+(?=(?:{_MONTH}\s+)?\d{{1,2}}\b)|[,،۔]?\s*(?:{_DASH}\s*)?)"
# Urdu copy goes on after the agency without any mark.
_END = (
    rf"(?:(?::\s*{_DASH}?|{_DASH})(?=\s|$|[\"“‘'])|(?:(?<=\))|(?<=\)\s))(?::|{_DASH})(?=\w)"
    r"|(?<=\))(?=\s+[\u0600-\u06ff]))"
)
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE}(?:,?\s*(?:{_DASH}\s*)?{_AGENCY})?{_GAP}{_DATE}"
    rf"\s*(?:{_AGENCY.replace('agency', 'source')})?\s*(?P<end>{_END})"
    rf"|\((?P<inner>[^()]{{3,80}})\)\s*(?:{_DASH}|:)?(?=\s|$))\s*"
)
_INNER = re.compile(rf"{_PLACE}{_GAP}{_DATE}$")
_DATE_ALONE = re.compile(_DATE)
_NEVER_A_PLACE = frozenset(
    {
        "result", "results", "update", "updates", "note", "notes", "correction", "clarification",
        "breaking", "exclusive", "opinion", "analysis", "editorial", "photo", "photos", "video",
        "watch", "read", "live", "question", "answer", "warning", "summary", "headline", "source",
        "sources", "background", "comment", "comments", "editor", "editors", "advisory", "news",
        "alert", "story", "stories", "letter", "letters", "timeline", "factbox", "explainer",
        "feature", "profile", "interview", "preview", "review", "obituary", "column", "gallery",
        "who", "what", "when", "where", "why", "how",
    }
)  # fmt: skip
_LONGEST = 120


_WEEKDAY_IN_TEXT = re.compile(
    r"(?:\b(?P<said>today|yesterday)[ ,(–—-]+(?:on )?|\b(?P<before>\w+)\s+)?"
    rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b(?: \((?P<said_after>today|yesterday)\b)?",
    re.IGNORECASE,
)
_NOT_JUST_PAST = frozenset(
    {
        "next", "coming", "every", "each", "last", "until", "till", "by", "from", "black", "good",
        "easter", "this",
    }
)  # fmt: skip


class ReportedDay(NamedTuple):
    """A weekday named in copy (Monday is 0), and how many days ago if the copy says so."""

    weekday: int
    days_ago: int | None


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as it stood in the copy.

    ``text`` is the original without the colon or dash that closes it; ``places`` are the names
    in it, the filing place first; ``year`` is given only when the copy gives it. ``is_certain``
    says that its form proves it (it has a date or an agency): without, ``places[0]`` must be
    known as a place before it is believed. ``length`` is how many characters of the paragraph
    it takes up.
    """

    text: str
    places: tuple[str, ...]
    length: int
    is_certain: bool
    month: int | None = None
    day: int | None = None
    year: int | None = None
    weekday: int | None = None
    agency: str = ""


def parse(paragraph: str) -> Dateline | None:
    """The dateline that ``paragraph`` begins with, if it begins with one."""
    match = _DATELINE.match(paragraph[: _LONGEST + 20])
    if match is None or match.end() > _LONGEST:
        return None
    if match["inner"] is not None:
        inner = _INNER.match(match["inner"].strip())
        if inner is None or not _has_day(inner):
            return None
        return _dateline(inner, match["inner"].strip(), match.end(), agency="")
    agency = match["agency"] or match["agency2"] or match["source"] or match["source2"] or ""
    text = paragraph[: match.start("end")].strip()
    return _dateline(match, text, match.end(), agency=agency)


def parse_marked(text: str) -> Dateline | None:
    """A dateline that its format marks as one, so that nothing need close it: ``Unnao``."""
    dateline = parse(f"{text.rstrip(' -–—_:')}: ")
    if dateline is None or dateline.length < len(text.rstrip(" -–—_:")):
        return None
    return replace(dateline, text=text.strip(), length=len(text), is_certain=True)


def parse_alone(line: str) -> Dateline | None:
    """A dateline that is a line by itself; its date proves it, and nothing need close it."""
    dateline = parse_marked(line)
    return dateline if dateline and dateline.month else None


def settle_year(
    month: int,
    day: int,
    *,
    today: date,
    weekday: int | None = None,
    reported: tuple[ReportedDay, ...] = (),
) -> int:
    """The year that a dateline without one most likely means.

    It is the latest, not after ``today`` and at most eight years back, in which ``weekday`` (the
    one that the dateline itself names, Monday being 0) is right and each of the ``reported`` days
    of the copy fits: as many days back as it says, or else at most two, as news are reported.
    Failing that, it is the latest.
    """
    candidates = [
        candidate
        for year in range(today.year, today.year - 9, -1)
        if (candidate := _date(year, month, day)) and candidate <= today + timedelta(days=1)
    ]
    for candidate in candidates:
        if weekday is not None and candidate.weekday() != weekday:
            continue
        back = [((candidate.weekday() - day.weekday) % 7, day.days_ago) for day in reported]
        if all(days == said if said is not None else days <= 2 for days, said in back):
            return candidate.year
    for candidate in candidates:
        if weekday is not None and candidate.weekday() == weekday:
            return candidate.year
    return candidates[0].year if candidates else today.year


def nearest_year(month: int, day: int, published: date) -> int:
    """The year of a dateline without one, of an article that was published on a known day: a
    story filed on 31 December and published on 1 January is of the year before."""
    candidates = [
        candidate
        for year in (published.year - 1, published.year, published.year + 1)
        if (candidate := _date(year, month, day))
    ]
    nearest = min(candidates, key=lambda day: abs(day - published), default=published)
    return nearest.year


def reported_days(text: str) -> tuple[ReportedDay, ...]:
    """The weekdays that ``text`` names as days just past: "on Saturday", "yesterday (Saturday)".

    "Next Saturday", "every Saturday" and the like are left out.
    """
    found: dict[ReportedDay, None] = {}
    for match in _WEEKDAY_IN_TEXT.finditer(text):
        if (match["before"] or "").lower() in _NOT_JUST_PAST:
            continue
        said = (match["said"] or match["said_after"] or "").lower()
        days_ago = {"today": 0, "yesterday": 1}.get(said)
        found[ReportedDay(_WEEKDAYS.index(match["weekday"].lower()), days_ago)] = None
    return tuple(found)


def _dateline(match: re.Match[str], text: str, length: int, *, agency: str) -> Dateline | None:
    places = tuple(name.strip() for name in re.split(r"\s?/\s?|[,،]\s+", match["place"]))
    first = places[0]
    if len(first) < 2 or _NEVER_A_PLACE.issuperset(first.lower().split()):
        return None
    dated = match
    if not _has_day(match) and (inside := _DATE_ALONE.fullmatch(agency)) and _has_day(inside):
        dated, agency = inside, ""
    month, day, year = _read_date(dated)
    if (month is None) != (day is None) or (month and day and not _date(2024, month, day)):
        return None
    weekday = dated["weekday"] or dated["weekday2"]
    has_date = bool(month or weekday)
    is_parted = bool(match["gap"].strip() or agency or dated is not match)
    if has_date and not is_parted and (first != first.upper() or not month):
        return None
    return Dateline(
        text=text,
        places=places,
        length=length,
        is_certain=has_date or bool(agency and match["end"]),
        month=month,
        day=day,
        year=year,
        weekday=_index(_WEEKDAYS, weekday) if weekday else None,
        agency=agency.strip(),
    )


def _has_day(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("iso", "day", "day2", "day3"))


def _read_date(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return (month, day, year) if _date(year, month, day) else (None, 0, None)
    if not _has_day(match):
        return None, None, None
    year_text = match["year"] or match["year2"] or match["year3"]
    year_said = int(year_text) if year_text else None
    if name := match["month3"]:
        first = match["day3"] == _URDU_FIRST
        return _URDU_MONTHS.index(name) + 1, 1 if first else int(match["day3"]), year_said
    name, day_text = match["month"] or match["month2"], match["day"] or match["day2"]
    return _index(_MONTHS, name) + 1, int(day_text), year_said


def _index(names: tuple[str, ...], abbreviated: str) -> int:
    start = abbreviated.lower().rstrip(".")[:3]
    return next(index for index, name in enumerate(names) if name.startswith(start))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
