import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments.text.cleaning import clean_text
from articles.comments.text.rendering import LINK_REL, QUOTATION_DEPTH, count_links, render
from tests.growth import no_faster_than_its_input

# Text that comes close to markup and addresses far more often than chance.
hostile_text = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=())),
        st.sampled_from(
            ["<", ">", '"', "'", "&", "&lt;", "\n", "\n\n", " ", "http://", "https://a.example/",
             "<script>", "onclick=", "javascript:", "[", "]", "(", ")", "@", "\x00", "\u202e",
             "*", "**", "***", "`", "a", "\n> ", "\n>", "\n- ", "\n1. ", "\n7. ", "[a](https://b)",
             "https://\u0430.example"]
        ),
    )
).map("".join)  # fmt: skip


ALLOWED = {
    "p": (),
    "br": (),
    "blockquote": (),
    "ul": (),
    "ol": (),
    "li": ("value",),
    "em": (),
    "strong": (),
    "code": (),
    "a": ("href", "rel"),
    "span": ("class",),
}


class Markup(HTMLParser):
    """The tags, attributes and words of a page as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.deepest = 0
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "a tag ends that another one is inside of"

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("declaration", {}))


def link(address: str, words: str = "") -> str:
    return f'<a href="{address}" rel="{LINK_REL}">{words or address}</a>'


def host(name: str) -> str:
    return f'<span class="host">({name})</span>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.\n\n \nThree.", "<p>One.<br>Two.</p>\n<p>Three.</p>"),
        ("<b>bold</b> & plain", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; plain</p>"),
    ],
)
def test_what_is_typed_is_shown_as_paragraphs_and_lines(typed, shown):
    assert render(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("See https://a.example/b.", f"See {link('https://a.example/b')}."),
        ("(http://a.example)", f"({link('http://a.example')})"),
        ("https://a.example/Quetta_(city)", link("https://a.example/Quetta_(city)")),
        ("https://a.example/?a=1&b=2", link("https://a.example/?a=1&amp;b=2")),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("ftp://a.example", "ftp://a.example"),
        ("https://", "https://"),
        ("http://[", "http://["),
        ("https://a.example:99999/", "https://a.example:99999/"),
        ("https://bank.example@evil.example", "https://bank.example@evil.example"),
        ("https://evil.example\\.bank.example", "https://evil.example\\.bank.example"),
        ("https://%65vil.example", "https://%65vil.example"),
        ('https://a.example"onclick="x', f"{link('https://a.example')}&quot;onclick=&quot;x"),
    ],
)
def test_a_bare_address_becomes_a_link_when_one_can_see_where_it_leads(typed, shown):
    assert render(typed) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "[this](https://a.example/b)",
            f"{link('https://a.example/b', 'this')} {host('a.example')}",
        ),
        (
            "[https://bank.example](https://evil.example/)",
            f"{link('https://evil.example/', 'https://bank.example')} {host('evil.example')}",
        ),
        ("[a.example](https://a.example)", link("https://a.example", "a.example")),
        ("[https://a.example](https://a.example)", link("https://a.example")),
        (
            "[city](https://a.example/Quetta_(city)).",
            f"{link('https://a.example/Quetta_(city)', 'city')} {host('a.example')}.",
        ),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](//a.example)", "[x](//a.example)"),
        ("[x](https://bank@evil.example)", "[x](https://bank@evil.example)"),
        ("[x] (https://a.example)", f"[x] ({link('https://a.example')})"),
        ("[](https://a.example)", f"[]({link('https://a.example')})"),
    ],
)
def test_a_link_in_words_names_the_host_that_it_leads_to(typed, shown):
    assert render(typed) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://münchen.example/ü", "https://münchen.example/ü"),
        ("https://пример.рф:8080", "https://пример.рф:8080"),
        ("https://\u0430pple.example/x", "https://xn--pple-43d.example/x"),
        ("https://xn--pple-43d.example", "https://xn--pple-43d.example"),
        ("https://\u0261oogle.example", "https://xn--oogle-qmc.example"),
    ],
)
def test_a_host_of_mixed_scripts_is_shown_as_the_wire_has_it(address, seen):
    assert render(address) == f"<p>{link(address, seen)}</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*so* and **so** and ***so***",
         "<em>so</em> and <strong>so</strong> and <strong><em>so</em></strong>"),
        ("**one *two* three**", "<strong>one <em>two</em> three</strong>"),
        ("*one\ntwo*", "<em>one<br>two</em>"),
        ("これは**重要**です", "これは<strong>重要</strong>です"),
        ("*one **two* three**", "<em>one **two</em> three**"),
        ("2*3*4 = 24, 2 * 3 * 4 too", "2*3*4 = 24, 2 * 3 * 4 too"),
        ("*never closed", "*never closed"),
        ("****too many****", "****too many****"),
        ("`*so* <b>`", "<code>*so* &lt;b&gt;</code>"),
        ("**[so](https://a.example)**",
         f"<strong>{link('https://a.example', 'so')} {host('a.example')}</strong>"),
        ("**https://a.example**", f"<strong>{link('https://a.example')}</strong>"),
    ],
)  # fmt: skip
def test_stars_and_backticks_give_words_their_weight(typed, shown):
    assert render(typed) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("Three:\n- *one*\n  and on\n- two",
         "<p>Three:</p>\n<ul><li><em>one</em><br>and on</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("1. yes\n3. no", '<ol><li>yes</li><li value="3">no</li></ol>'),
        ("In the year\n35. That is all.", "<p>In the year<br>35. That is all.</p>"),
        ("1935. A bad year.", "<p>1935. A bad year.</p>"),
        ("-5 degrees", "<p>-5 degrees</p>"),
        ("> one\n> two\n\nNo.", "<blockquote><p>one<br>two</p></blockquote>\n<p>No.</p>"),
        (">one\n>> two",
         "<blockquote><p>one</p>\n<blockquote><p>two</p></blockquote></blockquote>"),
        ("> - one", "<blockquote><ul><li>one</li></ul></blockquote>"),
        ("3 > 2", "<p>3 &gt; 2</p>"),
        (">", "<p>&gt;</p>"),
    ],
)  # fmt: skip
def test_lines_become_lists_and_quotations(typed, shown):
    assert render(typed) == shown


@given(hostile_text)
def test_no_text_becomes_other_markup_than_what_readers_may_use(typed):
    markup = Markup(render(typed))
    assert markup.open == []
    assert markup.deepest <= QUOTATION_DEPTH + 5
    for tag, attributes in markup.tags:
        assert set(attributes) <= set(ALLOWED[tag])
        if tag == "a":
            assert urlsplit(attributes["href"] or "").scheme.lower() in ("http", "https")
            assert attributes["rel"] == LINK_REL


MARKS = re.compile(r"[*`>\s\d.)-]")


@given(hostile_text.filter(lambda typed: "://" not in typed))
def test_every_word_that_was_typed_is_shown(typed):
    """All but the marks that became markup."""
    seen = MARKS.sub("", Markup(render(typed)).words)
    assert seen == MARKS.sub("", clean_text(typed))


@given(st.text(st.characters(exclude_characters="*`>[]-0123456789:")))
def test_plain_words_stay_as_they_are(typed):
    seen = render(typed).replace("<br>", "\n").replace("<p>", "\n").replace("</p>", "\n")
    assert Markup(seen).words.split() == clean_text(typed).split()


@pytest.mark.parametrize(
    "typed",
    [
        (start * 100_000)[:100_000]
        for start in (
            "http://a ",
            "http://a)",
            "\n ",
            "<",
            "*",
            "[",
            ">",
            "`",
            "> ",
            "- ",
            "1. ",
            "[a](https://",
            "[a](https://x(",
            "*a **b ",
            "\n>",
            "`*",
            "\u0301",
            " ",
        )
    ],
    ids=repr,
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
