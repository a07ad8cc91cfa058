"""The body of an article: clean semantic HTML, a sequence of blocks with stable ids.

``clean`` lets in what an article is made of and nothing that could run, track or restyle the
page. What it returns is canonical (one spelling of every construct, attributes quoted, ``<``
escaped in text), which is why the small patterns below may take it apart.
"""

import html
import re
from bisect import bisect_left
from difflib import SequenceMatcher
from typing import NamedTuple

import nh3

from articles.text.characters import printable

BLOCKS = (
    "p", "h2", "h3", "li", "blockquote", "pre", "figcaption", "caption", "td", "th", "dt", "dd",
)  # fmt: skip
"""The elements that are blocks: each has an id, and its text is a paragraph by itself."""

_TAGS = {
    *BLOCKS, "ul", "ol", "dl", "hr", "figure", "img", "table", "thead", "tbody", "tfoot", "tr", "a",
    "strong", "em", "b", "i", "u", "s", "sub", "sup", "small", "q", "cite", "abbr", "code", "mark",
    "time", "br", "span", "ins", "del", "bdi", "aside",
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
_OPENING = re.compile(rf"<({'|'.join(BLOCKS)})({_ATTRIBUTE})\s*>")
_TOKEN = re.compile(rf"<(/?)([a-z][a-z0-9]*)({_ATTRIBUTE})\s*/?>|([^<]+)")
_ID = re.compile(r'\s+id="([^"]*)"')
_CAN_BE_EMPTY = {
    "p", "h2", "h3", "li", "blockquote", "figcaption", "ul", "ol", "dl", "figure", "aside",
}  # fmt: skip
# A picture of which the address was not let in shows nothing.
_NO_PICTURE = re.compile(rf"<img(?!{_ATTRIBUTE}\s+src=){_ATTRIBUTE}\s*>")
# Nor does a link around nothing.
_EMPTY_LINK = re.compile(rf"<a{_ATTRIBUTE}\s*></a>")
_HEADINGS = {"h2", "h3"}
_NOT_IN_A_LINE = {
    *BLOCKS, "ul", "ol", "dl", "hr", "figure", "aside", "table", "thead", "tbody", "tfoot", "tr",
}  # fmt: skip
# A parser drops the first line end of such a block.
_LEADING_LINE_ENDS = re.compile(rf"(<pre{_ATTRIBUTE}>)\n+")
_BLANK = re.compile(r"(?:\s|&nbsp;)*")
# References to characters that are none, such as &#x1b;.
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d)"
    r"|x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
# Parsers take time that grows with the square of how deep elements nest; no article nests like
# that, and what its browser shows of deeper ones is flat as well.
_DEEPEST = 200
_MARKUP_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>?")
_FOREIGN = {"svg", "math"}
_CLOSED_BY_NEXT = {
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "colgroup", "br", "hr", "img", "wbr", "col", "input", "meta", "link", "source", "area",
}  # fmt: skip
# Enough of the letters in common to be the same paragraph, edited.
_SIMILAR = 0.6
# An edited paragraph is looked for among so many before and after its place.
_NEAR = 5
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
    readable = _CONTROL_REFERENCE.sub(" ", printable(markup))
    levelled = _HEADING.sub(
        lambda match: f"<{match[1]}h{'2' if match[2] == '1' else '3'}",
        re.sub(r"<(/?)H([1-6])\b", r"<\1h\2", _flattened(readable)),
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
    flat = _with_headings_in_a_line(cleaned)
    shown = _EMPTY_LINK.sub("", _NO_PICTURE.sub("", flat))
    return _without_empty_blocks(_LEADING_LINE_ENDS.sub(r"\1", shown)).strip()


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
        elif tag in BLOCKS:
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


def _flattened(markup: str) -> str:
    """``markup`` without the tags that would open elements deeper than any article has them."""
    above: list[str] = []

    def keep(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if tag[1]:
            if name in above:
                del above[len(above) - 1 - above[::-1].index(name) :]
        elif name not in _CLOSED_BY_NEXT or not _FOREIGN.isdisjoint(above):
            if len(above) == _DEEPEST:
                return ""
            above.append(name)
        return tag[0]

    return _MARKUP_TAG.sub(keep, markup)


def _with_headings_in_a_line(cleaned: str) -> str:
    """Clean HTML in which headings hold words only: where a page has put paragraphs, lists or
    headings into one, their words stand in it, kept apart."""
    kept: list[str] = []
    heading = ""
    depth = 0  # of headings of its own level in the heading
    is_apart = False  # whether words that follow do not belong to those before
    for token in _TOKEN.finditer(cleaned):
        closing, tag = token[1], token[2]
        if tag and tag == heading:
            depth += -1 if closing else 1
        if tag in _HEADINGS and not heading:
            heading, depth = tag, 1
        elif heading and depth == 0:
            heading, is_apart = "", False
        elif heading and tag in _NOT_IN_A_LINE:
            is_apart = not kept[-1].startswith(f"<{heading}")
            continue
        if is_apart and not closing:
            kept.append(" ")
            is_apart = False
        kept.append(token[0])
    return "".join(kept)


def _without_empty_blocks(cleaned: str) -> str:
    """Clean HTML without the blocks that hold nothing, or nothing but such blocks."""
    kept: list[str] = []
    empty: list[int] = []  # where in ``kept`` the blocks began that so far hold nothing
    for token in _TOKEN.finditer(cleaned):
        closing, tag, _, text = token.groups()
        if tag in _CAN_BE_EMPTY and not closing:
            empty.append(len(kept))
        elif tag in _CAN_BE_EMPTY and empty:
            del kept[empty.pop() :]
            continue
        elif not (tag == "br" or (text and _BLANK.fullmatch(text))):
            empty.clear()
        kept.append(token[0])
    return "".join(kept)


def _ids(texts: list[str], previous: list[Block]) -> list[str]:
    highest = max((int(block.id[1:]) for block in previous if block.id[1:].isdigit()), default=0)
    same: dict[str, list[str]] = {}
    for block in reversed(previous):
        same.setdefault(block.text, []).append(block.id)
    kept = {position: same[text].pop() for position, text in enumerate(texts) if same.get(text)}
    left = {name for names in same.values() for name in names}
    free = [index for index, block in enumerate(previous) if block.id in left]
    index_of = {block.id: index for index, block in enumerate(previous)}
    expected = 0
    for position, text in enumerate(texts):
        if position not in kept:
            place = bisect_left(free, expected)
            near = free[max(0, place - _NEAR) : place + _NEAR]
            index = _first_similar(text, previous, near)
            if index is not None:
                kept[position] = previous[index].id
                free.remove(index)
        if position in kept:
            expected = index_of[kept[position]] + 1
    ids = []
    for position in range(len(texts)):
        if position not in kept:
            highest += 1
        ids.append(kept.get(position, f"p{highest}"))
    return ids


def _first_similar(text: str, previous: list[Block], near: list[int]) -> int | None:
    if not near:  # a matcher takes long to make
        return None
    matcher = SequenceMatcher(None, b=text, autojunk=False)
    for index in near:
        matcher.set_seq1(previous[index].text)
        if matcher.real_quick_ratio() > _SIMILAR and matcher.quick_ratio() > _SIMILAR:
            return index
    return None
