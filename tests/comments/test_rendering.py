from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments.cleaning import clean_text
from articles.comments.rendering import LINK_REL, count_links, render
from tests.growth import no_faster_than_its_input

# Text that comes close to markup and addresses far more often than chance.
hostile_text = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=())),
        st.sampled_from(
            ["<", ">", '"', "'", "&", "&lt;", "\n", "\n\n", " ", "http://", "https://a.example/",
             "<script>", "onclick=", "javascript:", "[", "]", "(", ")", "@", "\x00", "\u202e"]
        ),
    )
).map("".join)  # fmt: skip


class Markup(HTMLParser):
    """The tags, attributes and words of a page as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("declaration", {}))


def link(address: str) -> str:
    return f'<a href="{address}" rel="{LINK_REL}">{address}</a>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.\n\n \nThree.", "<p>One.<br>Two.</p>\n<p>Three.</p>"),
        ("<b>bold</b> & plain", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; plain</p>"),
        ("See https://a.example/b.", f"<p>See {link('https://a.example/b')}.</p>"),
        ("(http://a.example)", f"<p>({link('http://a.example')})</p>"),
        (
            "https://a.example/Quetta_(city)",
            f"<p>{link('https://a.example/Quetta_(city)')}</p>",
        ),
        ("https://a.example/?a=1&b=2", f"<p>{link('https://a.example/?a=1&amp;b=2')}</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("ftp://a.example", "<p>ftp://a.example</p>"),
        ("https://", "<p>https://</p>"),
        ("http://[", "<p>http://[</p>"),
        ("https://bank.example@evil.example", "<p>https://bank.example@evil.example</p>"),
        (
            'https://a.example"onclick="x',
            f"<p>{link('https://a.example')}&quot;onclick=&quot;x</p>",
        ),
    ],
)
def test_what_is_typed_is_shown_as_paragraphs_lines_and_links(typed, shown):
    assert render(typed) == shown


@given(hostile_text)
def test_no_text_becomes_other_markup_than_paragraphs_breaks_and_links(typed):
    for tag, attributes in Markup(render(typed)).tags:
        assert (tag, sorted(attributes)) in [("p", []), ("br", []), ("a", ["href", "rel"])]
        if tag == "a":
            assert (attributes["href"] or "").lower().startswith(("http://", "https://"))
            assert attributes["rel"] == LINK_REL


@given(hostile_text)
def test_every_word_that_was_typed_is_shown(typed):
    without_tags = render(typed).replace("<br>", " ").replace("<p>", " ").replace("</p>", " ")
    assert Markup(without_tags).words.split() == clean_text(typed).split()


@pytest.mark.parametrize(
    "typed",
    ["http://a " * 20_000, "http://a" + ")" * 100_000, "\n " * 50_000, "<" * 100_000],
    ids=["links", "brackets", "lines", "angles"],
)
def test_a_hundred_kilobytes_take_no_longer_than_their_length(typed):
    with no_faster_than_its_input():
        render(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("none", 0), ("http://a HTTPS://b", 2), ('<a href="http://a">x</a>', 1), ("www.a.example", 0)],
)
def test_links_are_counted(typed, number):
    assert count_links(typed) == number
