"""The light formatting within a paragraph: emphasis, code and links; everything else escaped.

``*emphasis*``, ``**strong**``, ``***both***``, a word between backticks, ``[words](https://…)``
and bare addresses. What is not closed, or closed in the wrong order, stays as it was typed. One
pass from left to right, whatever comes.
"""

import re
from dataclasses import dataclass, field
from html import escape

from articles.comments.text.web_addresses import ADDRESS, host_of, shown, without_sentence_end

# ugc and nofollow: https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
LINK_REL = "nofollow ugc noopener"

# Possessive repeats: what has failed once is not tried again with less.
_MARK = re.compile(
    r"`(?P<code>[^`]++)`"
    r"|\[(?P<words>[^\[\]]++)\]"
    r"\((?P<target>https?://(?:[^\s()<>\"\[\]]|\([^\s()<>\"\[\]]*+\))++)\)"
    rf"|(?P<address>{ADDRESS.pattern})"
    r"|(?P<stars>\*++)",
    re.IGNORECASE,
)

_TAGS = {"*": ("em",), "**": ("strong",), "***": ("strong", "em")}


def render_inline(text: str) -> str:
    """The cleaned text of a paragraph, its lines parted by newlines, as balanced HTML of ``em``,
    ``strong``, ``code``, ``a``, ``span`` and ``br``."""
    drawn = _Drawn()
    position = 0
    while mark := _MARK.search(text, position):
        drawn.pieces.append(_escaped(text[position : mark.start()]))
        position = mark.end()
        if mark["stars"]:
            drawn.add_stars(
                mark["stars"], text[mark.start() - 1 : mark.start()], text[position:][:1]
            )
        elif mark["code"]:
            drawn.pieces.append(f"<code>{_escaped(mark['code'])}</code>")
        elif mark["words"]:
            drawn.pieces.append(_named_link(mark["words"], mark["target"]) or _escaped(mark[0]))
        else:
            address = without_sentence_end(mark["address"])
            position = mark.start() + len(address)
            drawn.pieces.append(_bare_link(address))
    drawn.pieces.append(_escaped(text[position:]))
    return "".join(drawn.pieces)


@dataclass(slots=True)
class _Drawn:
    """The HTML so far, and the stars in it that may yet open something: at most one of a kind,
    each inside the one before."""

    pieces: list[str] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)

    def add_stars(self, stars: str, before: str, after: str) -> None:
        """Stars close what the same stars opened, open something, or are only stars."""
        if stars in _TAGS and _may_close(stars, before, after) and self._close(stars):
            return
        if stars in _TAGS and _may_open(stars, before, after) and not self._is_within(stars):
            self.open.append((stars, len(self.pieces)))
        self.pieces.append(stars)

    def _close(self, stars: str) -> bool:
        for depth, (opened, place) in enumerate(self.open):
            if opened == stars:
                # What was opened inside it and is still open were stars and nothing more.
                del self.open[depth:]
                self.pieces[place] = "".join(f"<{tag}>" for tag in _TAGS[stars])
                self.pieces.append("".join(f"</{tag}>" for tag in reversed(_TAGS[stars])))
                return True
        return False

    def _is_within(self, stars: str) -> bool:
        within = {tag for opened, _ in self.open for tag in _TAGS[opened]}
        return not within.isdisjoint(_TAGS[stars])


def _may_open(stars: str, before: str, after: str) -> bool:
    """As in ``(*so``; one star alone not within a word, for ``2*3*4`` is a product."""
    return bool(after.strip()) and not (stars == "*" and before.isalnum())


def _may_close(stars: str, before: str, after: str) -> bool:
    return bool(before.strip()) and not (stars == "*" and after.isalnum())


def _named_link(words: str, target: str) -> str:
    """A link in a reader's words, and the host that it leads to, whatever the words say; empty
    when the address does not tell its host."""
    host = host_of(target)
    if not host:
        return ""
    link = f'<a href="{escape(target)}" rel="{LINK_REL}">{_escaped(words)}</a>'
    if words in (target, host):
        return link
    return f'{link} <span class="host">({escape(host)})</span>'


def _bare_link(address: str) -> str:
    host = host_of(address)
    if not host:
        return escape(address)
    words = escape(shown(address, host))
    return f'<a href="{escape(address)}" rel="{LINK_REL}">{words}</a>'


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
