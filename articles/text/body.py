"""The body of an article: clean semantic HTML, a sequence of blocks with stable ids.

``clean`` lets in what an article is made of and nothing that could run, track or restyle the
page. What it returns is canonical (one spelling of every construct, attributes quoted, ``<``
escaped in text), which is why the small patterns below may take it apart.
"""

import html
import re
from difflib import SequenceMatcher
from typing import NamedTuple

import nh3

_BLOCKS = ("p", "h2", "h3", "li", "blockquote", "pre", "figcaption", "td", "th", "dt", "dd")
_TAGS = {
    *_BLOCKS, "ul", "ol", "dl", "hr", "figure", "img", "table", "caption", "thead", "tbody", "tr",
    "a", "strong", "em", "b", "i", "u", "s", "sub", "sup", "small", "q", "cite", "abbr", "code",
    "mark", "time", "br", "span", "ins", "del", "bdi", "aside",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
    "abbr": {"title"},
}
_DROPPED_WITH_CONTENT = {
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math",
    "form", "button", "select", "textarea", "title",
}  # fmt: skip
_ATTRIBUTE = r'(?:\s+[\w:-]+(?:="[^"]*")?)*'
_HEADING = re.compile(r"<(/?)h([1456])\b")
_OPENING = re.compile(rf"<({'|'.join(_BLOCKS)})({_ATTRIBUTE})\s*>")
_TOKEN = re.compile(rf"<(/?)([a-z][a-z0-9]*)({_ATTRIBUTE})\s*/?>|([^<]+)")
_ID = re.compile(r'\s+id="([^"]*)"')
_EMPTY = re.compile(rf"<(p|h2|h3|li|blockquote|figcaption)({_ATTRIBUTE})>(?:\s|&nbsp;|<br>)*</\1>")
# Enough of the letters in common to be the same paragraph, edited.
_SIMILAR = 0.6
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


class Block(NamedTuple):
    """A paragraph, heading or the like: its id (``p4``), its tag and its text without markup."""

    id: str
    tag: str
    text: str


def clean(markup: str) -> str:
    """Untrusted HTML as the semantic HTML that a body may hold, without ids.

    Headings become ``h2`` or ``h3``; scripts, styles, forms and frames go with what they contain;
    other unknown elements go and leave their text. Never raises.
    """
    levelled = _HEADING.sub(
        lambda match: f"<{match[1]}h{'2' if match[2] == '1' else '3'}",
        re.sub(r"<(/?)H([1-6])\b", r"<\1h\2", markup.replace("\x00", "")),
    )
    cleaned = nh3.clean(
        levelled,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
        strip_comments=True,
    )
    while cleaned != (shorter := _EMPTY.sub("", cleaned)):
        cleaned = shorter
    return cleaned.strip()


def identify(cleaned: str, previous: str = "") -> str:
    """Give each block of clean HTML its id, ``p1``, ``p2``, ….

    A block that stood in ``previous``, the same or little changed, keeps the id it had there, so
    that links to a paragraph and the mentions in it survive an edit; a new one gets a number not
    used in ``previous``.
    """
    bare = _OPENING.sub(lambda match: f"<{match[1]}{_ID.sub('', match[2])}>", cleaned)
    texts = [block.text for block in blocks(_OPENING.sub(r'<\1\2 id="">', bare))]
    ids = iter(_ids(texts, blocks(previous)))
    return _OPENING.sub(lambda match: f'<{match[1]}{match[2]} id="{next(ids)}">', bare)


def blocks(body: str) -> list[Block]:
    """The blocks of an identified body in their order, those without text of their own too."""
    found: list[tuple[str, str, list[str]]] = []
    open_blocks: list[int] = []
    for closing, tag, attributes, text in _TOKEN.findall(body):
        if text:
            if open_blocks:
                found[open_blocks[-1]][2].append(text)
        elif tag in _BLOCKS:
            if closing:
                if open_blocks:
                    open_blocks.pop()
            elif match := _ID.search(attributes):
                open_blocks.append(len(found))
                found.append((match[1], tag, []))
        elif tag == "br" and open_blocks:
            found[open_blocks[-1]][2].append("\n")
    return [Block(name, tag, html.unescape("".join(texts))) for name, tag, texts in found]


def plain_text(body: str) -> str:
    """The text of a body, a line for each block."""
    return "\n".join(block.text.strip() for block in blocks(body) if block.text.strip())


def count_words(body: str) -> int:
    """How many words a reader reads; a hyphenated one counts once."""
    return len(_WORD.findall(plain_text(body)))


def _ids(texts: list[str], previous: list[Block]) -> list[str]:
    highest = max((int(block.id[1:]) for block in previous if block.id[1:].isdigit()), default=0)
    same: dict[str, list[str]] = {}
    for block in reversed(previous):
        same.setdefault(block.text, []).append(block.id)
    kept = {position: same[text].pop() for position, text in enumerate(texts) if same.get(text)}
    left = {name for names in same.values() for name in names}
    candidates = [block for block in previous if block.id in left]
    for position, text in enumerate(texts):
        if position in kept:
            continue
        for block in candidates:
            if SequenceMatcher(None, block.text, text, autojunk=False).quick_ratio() > _SIMILAR:
                kept[position] = block.id
                candidates.remove(block)
                break
    ids = []
    for position in range(len(texts)):
        if position not in kept:
            highest += 1
        ids.append(kept.get(position, f"p{highest}"))
    return ids
