"""The text of a saved page taken apart: what is the article, and what is the page around it."""

import re
from dataclasses import dataclass

_END_OF_ARTICLE = re.compile(
    r"^(?:(?:\d+ )?comments?(?: \(\d+\))?:?|leave a (?:reply|comment).*|post a comment|"
    r"add (?:a|your) comment|join the (?:conversation|discussion)|"
    r"your e-?mail address will not be published.*|"
    r"(?:related|more|recommended|latest|trending|popular|similar)"
    r" (?:posts?|articles?|stories|news|topics?|reading|coverage):?|"
    r"you (?:may|might) also like:?|read (?:more|next|also):?|also read:?|"
    r"(?:previous|next) (?:post|article|story).*|about the author:?|"
    r"sign up (?:for|to) .{0,60}newsletters?.*|-?ends?-?|-30-|###)$",
    re.IGNORECASE,
)
_SHARING = (
    r"(?:share|tweet|pin|e-?mail|print|save|copy link|whatsapp|facebook|twitter|x|linkedin|reddit|"
    r"telegram)"
)
_FURNITURE = re.compile(
    rf"^(?:{_SHARING}(?:[ |,/·]+{_SHARING})*|share(?: this.*| on .*)?:?|"
    r"advertisements?|advertise(?:ment)? here|sponsored(?: content)?|"
    r"skip to (?:main )?content|menu|home|search|subscribe(?: now)?|log ?in|sign in|"
    r"listen to (?:this )?article|\d+ min(?:ute)?s? read|click here.*|follow us.*|"
    r"(?:photo|image|picture)s? ?(?:credit)?s?: .{0,80}|tags?: .*|filed under:? .*|"
    r"(?:copyright|©|\(c\)).{0,120}|all rights reserved\.?)$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^by\s+(?P<names>[^.!?:]{3,100})$", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"^(?:(?:published|posted|updated|last updated|date)(?: on| at)?:?\s*)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    r"(?P<date>[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?,? \d{4}|\d{4}-\d{2}-\d{2})"
    r"(?:[ ,|·–-]+(?:at )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?)?$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^(?P<key>[A-Z][A-Za-z-]{2,20}):[ \t]*(?P<value>.*)$")
_SENTENCE_FINAL = (".", "!", "?", "”", '"', "’", "…", ":", "۔", "।", "؟", ")")
_LONGEST_HEADLINE = 200
# Words such as "Comments" end the article only once some of it has been read.
_SHORTEST_PARAGRAPH = 80
_WRAPPED_AT = range(40, 101)


@dataclass(frozen=True, slots=True)
class PageText:
    """The parts of a page's text; what was not found is empty.

    ``headers`` has the file's own header, by key in lower case; a key's repeated values are lines.
    """

    headline: str
    authors: tuple[str, ...]
    date_words: str
    paragraphs: tuple[str, ...]
    headers: dict[str, str]


def take_apart(text: str) -> PageText:
    """Find headline, byline, date and paragraphs in the text of a page, and drop the rest of it.

    A file may instead begin with a header, lines of ``Key: value`` (the first being ``Headline``)
    up to an empty line, as archives of text files often do.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").strip("\ufeff\n ")
    headers, text = _split_header(text)
    lines: list[str] = []
    for line in _paragraph_lines(text):
        if _END_OF_ARTICLE.match(line):
            if any(len(before) >= _SHORTEST_PARAGRAPH for before in lines):
                break
        elif not _FURNITURE.match(line):
            lines.append(line)
    headline, date_words = headers.get("headline", ""), ""
    authors: tuple[str, ...] = ()
    body = 0
    while body < len(lines) and _is_above_the_text(lines, body):
        line = lines[body]
        if byline := _BYLINE.match(line):
            authors = _names(byline["names"])
        elif dated := _DATE_LINE.match(line):
            date_words = dated["date"]
        elif not headline:
            headline = line
        body += 1
    return PageText(headline, authors, date_words, tuple(lines[body:]), headers)


def _split_header(text: str) -> tuple[dict[str, str], str]:
    if not text.lower().startswith("headline:"):
        return {}, text
    header, _, rest = text.partition("\n\n")
    fields: dict[str, str] = {}
    for line in header.split("\n"):
        if match := _HEADER.match(line):
            key, value = match["key"].lower(), match["value"].strip()
            fields[key] = f"{fields[key]}\n{value}" if key in fields else value
    return fields, rest


def _paragraph_lines(text: str) -> list[str]:
    """The paragraphs of a text whose lines may be paragraphs or may be wrapped."""
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [" ".join(line.split()) for line in block.split("\n") if line.strip()]
        paragraphs.extend([" ".join(lines)] if _is_wrapped(lines) else lines)
    return paragraphs


def _is_wrapped(lines: list[str]) -> bool:
    broken = lines[:-1]
    if not broken or any(len(line) not in _WRAPPED_AT for line in broken):
        return False
    return sum(line.endswith(_SENTENCE_FINAL) for line in broken) * 2 < len(broken)


def _is_above_the_text(lines: list[str], index: int) -> bool:
    """Whether a line is a headline, byline or date in front of the first paragraph."""
    line = lines[index]
    if _BYLINE.match(line) or _DATE_LINE.match(line):
        return index + 1 < len(lines)
    return (
        index < 3
        and len(line) <= _LONGEST_HEADLINE
        and not line.endswith((".", "۔", "।", ":", ",", ";"))
        and any(len(after) > len(line) for after in lines[index + 1 : index + 4])
        and any(after.endswith(_SENTENCE_FINAL) for after in lines[index + 1 :])
    )


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r",\s*|\s+(?:and|&)\s+", words) if name.strip())
