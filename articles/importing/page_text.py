"""The text of a saved page taken apart: what is the article, and what is the page around it."""

import re
from dataclasses import dataclass
from itertools import pairwise

from articles.importing.credit_lines import Credit, read_credit
from articles.importing.embargo_lines import read_embargo
from articles.importing.wrapped_lines import SENTENCE_FINAL, paragraphs
from articles.text.characters import printable
from articles.text.datelines import parse_alone

_END_OF_ARTICLE = re.compile(
    r"^(?:(?:\d+ )?comments?(?: \(\d+\))?:?|(?:read|view|show|load|see|hide) (?:all )?(?:\d+ )?"
    r"comments?(?: \(\d+\))?|comments are closed\.?|leave a (?:reply|comment).*|post a comment|"
    r"(?:\d+|one|two|three|four|five) (?:thoughts?|responses?|repl(?:y|ies)|comments?)"
    r" (?:on|to)\b.*|"
    r"add (?:a|your) comment|join the (?:conversation|discussion)|like this:|like loading\W*|"
    r"your e-?mail address will not be published.*|"
    r"(?:related|more|recommended|latest|trending|popular|similar)"
    r" (?:posts?|articles?|stories|news|topics?|reading|coverage):?|related:?|tags:?|categories:?|"
    r"you (?:may|might) also like:?|read (?:more|next|also):?|also read:?|"
    r"(?:previous|next) (?:post|article|story).*|about the author:?|view all posts by .*|"
    r"published in [^.]{3,60}, [a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\.?|"
    r"sign up (?:for|to) .{0,60}newsletters?.*|-?ends?-?|-30-|###)$",
    re.IGNORECASE,
)
_SHARING = (
    r"(?:share|tweet|pin|e-?mail|print|save|copy link|whatsapp|facebook|twitter|x|linkedin|reddit|"
    r"telegram)"
)
_FURNITURE = re.compile(
    rf"^(?:{_SHARING}(?:[ |,/·]+(?:{_SHARING}|count))*|share(?: this.*| on .*)?:?|"
    r"advertisements?|advertise(?:ment)? here|sponsored(?: content)?|"
    r"skip to (?:main )?content|menu|home|search|subscribe(?: now)?|log ?in|sign in|"
    r"home(?: ?[/>»›|·→][^/>»›|·→]{1,40}){1,6}|"
    r"listen to (?:this )?article|\d+ min(?:ute)?s? read|click here.*|follow us.*|"
    r"(?:published|posted|updated) (?:about )?[\w ]{1,20} ago|"
    r"(?:photo|image|picture)s? ?(?:credit)?s?: .{0,80}|tags?: .*|filed under:? .*|"
    r"posted in .{0,80}|"
    r"(?:copyright|©|\(c\)).{0,120}|all rights reserved\.?)$",
    re.IGNORECASE,
)
_UNSEEN = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_HEADER = re.compile(r"^(?P<key>[A-Z][A-Za-z-]{2,20}):[ \t]*(?P<value>.*)$")
_NOT_AFTER_HEADLINE = (".", "۔", "।", ":", ",", ";")
_LONGEST_HEADLINE = 200
# An embargo stands above the article, where nobody can miss it.
_EMBARGO_WITHIN = 8
# Words such as "Comments" end the article only once some of it has been read.
_SHORTEST_PARAGRAPH = 80


@dataclass(frozen=True, slots=True)
class PageText:
    """The parts of a page's text; what was not found is empty.

    ``standfirst`` are lines between the headline and the text. ``headers`` has the file's own
    header, by key in lower case; a key's repeated values are lines. ``ended_by`` is the line that
    was taken for the end of the article, ``dropped`` how many lines after it were left out.
    ``embargo`` is what a line says of the end of an embargo; None if there is no such line.
    """

    headline: str
    authors: tuple[str, ...]
    date_words: str
    standfirst: tuple[str, ...]
    paragraphs: tuple[str, ...]
    headers: dict[str, str]
    ended_by: str = ""
    dropped: int = 0
    embargo: str | None = None


def take_apart(text: str) -> PageText:
    """Find headline, byline, date and paragraphs in the text of a page, and drop the rest of it.

    A file may instead begin with a header, lines of ``Key: value`` (the first being ``Headline``)
    up to an empty line, as archives of text files often do.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    headers, text = _split_header(printable(text.translate(_UNSEEN)).rstrip())
    lines, after = _article_lines(list(paragraphs(text, _is_by_itself)))
    embargo, lines = _embargo(lines)
    credits_above, above, lines = _above_text(lines)
    headline = headers.get("headline", "")
    if above and not headline:
        headline = next((line for line in above if " " in line), above[0])
        # Words in front of the headline are the page's navigation.
        above = above[above.index(headline) + 1 :]
    return PageText(
        headline,
        next((credit.authors for credit in credits_above if credit.authors), ()),
        next((credit.date_words for credit in credits_above if credit.date_words), ""),
        tuple(line for line in above if line != headline),
        tuple(lines),
        headers,
        ended_by=after[0] if after else "",
        dropped=max(0, len(after) - 1),
        embargo=headers.get("embargo", embargo),
    )


def _article_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of the article without furniture, and those from its end on."""
    kept: list[str] = []
    has_paragraph = False
    for number, line in enumerate(lines):
        if _END_OF_ARTICLE.match(line):
            if has_paragraph:
                return kept, lines[number:]
        elif not _FURNITURE.match(line):
            kept.append(line)
            has_paragraph |= len(line) >= _SHORTEST_PARAGRAPH
    return kept, []


def _embargo(lines: list[str]) -> tuple[str | None, list[str]]:
    """What the first line about an embargo says, and the lines without those that are."""
    said = [read_embargo(line) for line in lines[:_EMBARGO_WITHIN]]
    kept = [line for line, words in zip(lines, said, strict=False) if words is None]
    return next((words for words in said if words is not None), None), [*kept, *lines[len(said) :]]


def _above_text(lines: list[str]) -> tuple[list[Credit], list[str], list[str]]:
    """The credits and the other lines above the text, and the text."""
    found: list[Credit] = []
    above: list[str] = []
    for line, following in pairwise(lines):
        if credit := read_credit(line, following):
            found.append(credit)
        elif _may_be_headline(line):
            above.append(line)
        else:
            break
    text = lines[len(found) + len(above) :]
    return (found, above, text) if _is_headed(above, text) else (found, [], [*above, *text])


def _split_header(text: str) -> tuple[dict[str, str], str]:
    if not text.lstrip().lower().startswith("headline:"):
        return {}, text
    header, _, rest = text.lstrip().partition("\n\n")
    fields: dict[str, str] = {}
    for line in header.split("\n"):
        if match := _HEADER.match(line):
            key, value = match["key"].lower(), match["value"].strip()
            fields[key] = f"{fields[key]}\n{value}" if key in fields else value
    return fields, rest


def _is_by_itself(line: str) -> bool:
    return bool(
        _END_OF_ARTICLE.match(line)
        or _FURNITURE.match(line)
        or read_credit(line)
        or read_embargo(line) is not None
    )


def _may_be_headline(line: str) -> bool:
    return (
        len(line) <= _LONGEST_HEADLINE
        and not line.endswith(_NOT_AFTER_HEADLINE)
        and not parse_alone(line)
    )


def _is_headed(above: list[str], text: list[str]) -> bool:
    """Whether the lines ``above`` the text stand above it, and are not all there is."""
    return (
        bool(above)
        and any(len(line) > len(above[0]) for line in (*above[1:4], *text[:3]))
        and any(line.endswith(SENTENCE_FINAL) for line in text)
    )
