"""What is looked at in the body of an article: pictures, links, headings, tables, what was left
to be filled in. Each check reads canonical HTML (see ``articles.text.body``) and costs no query.
"""

import html
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.html import strip_tags

from articles.editing.findings import Finding, Level, one_or_more
from articles.text.body import blocks, identify

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'\s([\w-]+)(?:="([^"]*)")?')
_HEADING = re.compile(r"<(h[23])\b")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_FILE_NAME = re.compile(r"[\w.() -]+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?)", re.IGNORECASE)
# Words that say nothing once they stand in a list of links, as screen readers show them
# (WCAG 2.2, success criterion 2.4.4).
_EMPTY_WORDS = {"here", "click here", "this", "this link", "link", "read more", "more"}
# What desks write where something is still to come.
_TO_COME = re.compile(r"\b(?:TK(?:TK)*|XX+)\b|\blorem ipsum\b", re.ASCII)
_CAPITALS = 40
_SHOWN = 60


def stops_in(body: str) -> Iterator[Finding]:
    """What stands against publishing a text."""
    # An empty alt is a choice: the picture is decorative (HTML, section 4.8.4.4).
    if bare := sum("alt" not in picture for picture in _pictures(body)):
        pictures = one_or_more(bare, "A picture in the text has", "pictures in the text have")
        yield Finding(
            Level.STOP,
            "body",
            f"{pictures} no alternative text. Say what it shows, or mark it as decorative.",
            selector="img:not([alt])",
        )
    silent = [_attributes(tag) for tag, words in _LINK.findall(body) if not _says_something(words)]
    if silent:
        links = one_or_more(len(silent), "A link in the text has", "links in the text have")
        yield Finding(
            Level.STOP,
            "body",
            f"{links} no words to follow. Give it some.",
            selector=f'a[href="{_quoted(silent[0].get("href", ""))}"]',
        )


def warnings_in(body: str) -> Iterator[Finding]:
    """What in a text wants a look."""
    yield from _about_pictures(body)
    yield from _about_links(body)
    yield from _about_structure(body)
    for text in _texts(body):
        if found := _TO_COME.search(text):
            yield _warning(f"“{found[0]}” is still to be filled in.", words=found[0])
            break
    loud = [text for text in _texts(body) if _is_capitals(text)]
    if loud:
        paragraphs = one_or_more(len(loud), "A paragraph is", "paragraphs are")
        yield _warning(f"{paragraphs} in capitals throughout.", words=loud[0][:_SHOWN])


def is_capitals(text: str, *, shortest: int) -> bool:
    """Whether ``text`` has at least ``shortest`` letters and all are capitals."""
    return text.isupper() and sum(letter.isalpha() for letter in text) >= shortest


def _about_pictures(body: str) -> Iterator[Finding]:
    pictures = _pictures(body)
    named = [alt for each in pictures if _FILE_NAME.fullmatch(alt := each.get("alt", ""))]
    if named:
        yield _warning(
            f"The alternative text “{named[0]}” is the name of a file. Say what the picture shows.",
            selector=f'img[alt="{_quoted(named[0])}"]',
        )
    foreign = [src for each in pictures if _is_foreign(src := each.get("src", ""))]
    if foreign:
        said = one_or_more(len(foreign), "A picture comes", "pictures come")
        yield _warning(
            f"{said} from another site, and readers will not see it. Upload it instead.",
            selector=f'img[src="{_quoted(foreign[0])}"]',
        )


def _about_links(body: str) -> Iterator[Finding]:
    links = [
        (_attributes(tag).get("href", ""), _plain(words)) for tag, words in _LINK.findall(body)
    ]
    if nowhere := [href for href, _ in links if href in {"", "#"}]:
        said = one_or_more(len(nowhere), "A link leads", "links lead")
        yield _warning(f"{said} nowhere.", selector=f'a[href="{nowhere[0]}"]')
    if vague := [words for _, words in links if words.casefold().strip(" .:>»→") in _EMPTY_WORDS]:
        yield _warning(
            f"A link says only “{vague[0]}”. Let its words say where it leads.", words=vague[0]
        )


def _about_structure(body: str) -> Iterator[Finding]:
    levels = _HEADING.findall(body)
    if levels and levels[0] == "h3":
        yield _warning("A subheading stands before any heading.", selector="h3")
    headless = sum("<th" not in table for table in _TABLE.findall(body))
    if headless:
        tables = one_or_more(headless, "A table has", "tables have")
        yield _warning(
            f"{tables} no header cells, by which screen readers name the columns.",
            selector="table:not(:has(th))",
        )


def _warning(message: str, *, selector: str = "", words: str = "") -> Finding:
    return Finding(Level.WARNING, "body", message, selector, words)


def _pictures(body: str) -> list[dict[str, str]]:
    return [_attributes(tag) for tag in _IMAGE.findall(body)]


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def _texts(body: str) -> list[str]:
    return [block.text.strip() for block in blocks(identify(body))]


def _plain(markup: str) -> str:
    return html.unescape(strip_tags(markup)).replace("\xa0", " ").strip()


def _says_something(words: str) -> bool:
    """Whether a link has text, or a picture with one."""
    return bool(_plain(words)) or any(each.get("alt") for each in _pictures(words))


def _is_foreign(src: str) -> bool:
    own = [origin for origin in (settings.SITE_URL, settings.MEDIA_ORIGIN) if origin]
    return src.startswith(("http:", "https:", "//")) and not src.startswith(
        tuple(f"{origin}/" for origin in own)
    )


def _is_capitals(text: str) -> bool:
    return is_capitals(text, shortest=_CAPITALS)


def _quoted(value: str) -> str:
    """``value`` as it stands between the quotation marks of a selector."""
    return value.replace("\\", "\\\\").replace('"', '\\"')
