"""Bodies of every kind that may be stored, drawn by chance."""

from html import escape

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from articles.text.body import clean, identify

_WORDS = st.text("abc é&<>\"'اردو漢", min_size=1, max_size=6).map(
    lambda text: escape(" ".join(text.split()) or "a", quote=False)
)
_LANGUAGE = st.sampled_from(["", "", "", ' lang="ur"', ' dir="rtl"', ' lang="ur" dir="rtl"'])
_ADDRESS = st.sampled_from(["/places/quetta/", "https://example.org/?a=1&amp;b=2", "#p1", "#", ""])

_PHRASES = {
    "a": st.builds('<a href="{}" title="x">'.format, _ADDRESS),
    "abbr": st.just('<abbr title="x">'),
    "time": st.just('<time datetime="2026-02-01">'),
    **{
        tag: st.just(f"<{tag}>")
        for tag in (
            "strong", "em", "b", "i", "u", "s", "sub", "sup", "small", "q", "cite", "code",
            "mark", "ins", "del", "bdi",
        )
    },
    "span": st.just('<span lang="fa">'),
}  # fmt: skip

# Of these the inner says nothing that the outer does not.
_SAME = ({"strong", "b"}, {"em", "i"})


@st.composite
def _phrase(draw: DrawFn) -> str:
    """Words, marked or not, some of the words marked once more."""
    words = draw(_WORDS)
    outer = draw(st.sampled_from(["", *_PHRASES]))
    if not outer:
        return words
    others = [tag for tag in _PHRASES if {tag, outer} not in _SAME and tag not in {outer, "a"}]
    inner = draw(st.sampled_from(["", *others]))
    marked = f"{draw(_PHRASES[inner])}{draw(_WORDS)}</{inner}>" if inner else ""
    return f"{draw(_PHRASES[outer])}{words}{marked}</{outer}>"


_words_in_line = st.lists(
    st.one_of(_phrase(), st.just('<img src="/media/a.jpg" alt="x" width="3" height="2">')),
    min_size=1,
    max_size=4,
).map(" ".join)
_inline = st.lists(_words_in_line, min_size=1, max_size=2).map("<br>".join)


def _in(tag: str, content: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.builds(
        lambda language, inside: f"<{tag}{language}>{inside}</{tag}>", _LANGUAGE, content
    )


def _some(content: SearchStrategy[str], least: int = 1) -> SearchStrategy[str]:
    return st.lists(content, min_size=least, max_size=3).map("".join)


_paragraph = _in("p", _inline)
_cell_text = st.one_of(_inline, _some(_paragraph))
_picture = st.sampled_from(
    ['<img src="/media/a.jpg" alt="x" width="3" height="2">', '<img src="/media/a.jpg">',
     '<img src="/media/a.jpg" alt="">']
)  # fmt: skip


@st.composite
def _list(draw: DrawFn, depth: int = 2) -> str:
    items = []
    for _ in range(draw(st.integers(1, 3))):
        inside = draw(_cell_text)
        if depth and draw(st.booleans()):
            inside += draw(_list(depth - 1))
        items.append(f"<li{draw(_LANGUAGE)}>{inside}</li>")
    opening = draw(st.sampled_from(["<ul>", "<ol>", '<ol start="3">', '<ol reversed="">']))
    return f"{opening}{''.join(items)}</{opening[1:3]}>"


@st.composite
def _table(draw: DrawFn) -> str:
    columns = draw(st.integers(1, 3))

    def row(tag: str) -> str:
        cells = (
            f"<{tag}>{draw(st.one_of(st.just(''), _cell_text))}</{tag}>" for _ in range(columns)
        )
        return f"<tr>{''.join(cells)}</tr>"

    parts = [f"<caption>{draw(_inline)}</caption>"] if draw(st.booleans()) else []
    if draw(st.booleans()):
        parts.append(f"<thead>{row('th')}</thead>")
    rows = (row(draw(st.sampled_from(["td", "th"]))) for _ in range(draw(st.integers(1, 3))))
    parts.append(f"<tbody>{''.join(rows)}</tbody>")
    if draw(st.booleans()):
        parts.append(f"<tfoot>{row('td')}</tfoot>")
    return f"<table>{''.join(parts)}</table>"


_caption = _in("figcaption", _inline)
_figure = st.one_of(
    st.builds("<figure>{}{}</figure>".format, _picture, st.one_of(st.just(""), _caption)),
    st.builds('<figure><a href="/x/">{}</a>{}</figure>'.format, _picture, _caption),
    st.builds("<figure>{}{}</figure>".format, _table(), _caption),
)
_aside = st.one_of(
    st.builds("<aside><blockquote>{}</blockquote></aside>".format, _cell_text),
    st.builds("<aside><blockquote>{}</blockquote>{}</aside>".format, _inline, _paragraph),
    st.builds("<aside><h3>{}</h3>{}</aside>".format, _inline, _some(_paragraph)),
)
_definitions = _some(st.builds("<dt>{}</dt><dd>{}</dd>".format, _inline, _cell_text)).map(
    "<dl>{}</dl>".format
)
_block = st.one_of(
    _paragraph,
    _in("h2", _inline),
    _in("h3", _inline),
    _in("blockquote", _cell_text),
    _list(),
    _table(),
    _figure,
    _aside,
    _definitions,
    st.just("<pre>a\n  b  <code>c\n</code></pre>"),
    st.just("<hr>"),
)

bodies = st.lists(_block, min_size=1, max_size=5).map(
    lambda blocks: identify(clean("".join(blocks)))
)
"""Well-formed bodies of every element and attribute that ``articles.text.body`` lets in."""

_TAG = st.sampled_from([
    "p", "h2", "h3", "ul", "li", "blockquote", "figure", "img src=/a", "figcaption", "table", "tr",
    "td", "th", "thead", "caption", "dl", "dt", "dd", "pre", "aside", "a href=/x", "em", "strong",
    "span lang=ur", "q", "br", "hr",
])  # fmt: skip
_soup = st.lists(
    st.one_of(
        _TAG.map(lambda tag: f"<{tag}>"),
        _TAG.map(lambda tag: f"</{tag.split()[0]}>"),
        _WORDS,
        st.sampled_from([" ", "\n", "\n\n", "&nbsp;"]),
    ),
    max_size=25,
)

imported = st.one_of(bodies, _soup.map(lambda pieces: identify(clean("".join(pieces)))))
"""Bodies as anybody may have sent them, of elements in any order and white space anywhere."""
