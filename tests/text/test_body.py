import random
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.body import Block, blocks, clean, count_words, identify, plain_text
from tests.growth import no_faster_than_its_input


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        '<a href="javascript:alert(1)">x</a>',
        '<img src=x onerror="alert(1)">',
        "<svg><script>alert(1)</script></svg>",
        '<p style="position:fixed">x</p>',
        "<iframe src=https://example.org></iframe>",
        "<form action=https://example.org><input name=password></form>",
        "<scr<script>ipt>alert(1)</script>",
    ],
)
def test_nothing_that_runs_restyles_or_asks_gets_in(markup: str) -> None:
    cleaned = clean(markup).lower()

    for harm in ("<script", "onclick", "onerror", "javascript:", "style", "<iframe", "<form"):
        assert harm not in cleaned
    assert "alert(1)</" not in cleaned.replace("ipt&gt;alert(1)", "")


def test_a_heading_is_a_line_whatever_was_put_into_it() -> None:
    assert clean("<h1><p>Rain</p><p>in <em>Tank</em></p></h1>") == "<h2>Rain in <em>Tank</em></h2>"
    assert (
        clean("<h2>Roads<ul><li>one<li>two</ul></h2><p>a</p>") == "<h2>Roads one two</h2><p>a</p>"
    )
    assert clean("<h2><p> </p></h2><p>a</p>") == "<p>a</p>"
    nested = "<h2>a<blockquote><h2>b</h2></blockquote>c</h2><h3>d</h3>"
    assert clean(nested) == "<h2>a b c</h2><h3>d</h3>"


def test_structure_stays_and_headings_take_their_level() -> None:
    markup = "<h1>A</h1><p>B <em>c</em></p><h4>D</h4><ul><li>e</li></ul><p> &nbsp;</p>"

    assert clean(markup) == "<h2>A</h2><p>B <em>c</em></p><h3>D</h3><ul><li>e</li></ul>"


def test_each_block_has_an_id_and_its_text() -> None:
    body = identify(clean("<p>Tom &amp; <b>Jo</b></p><ul><li>one</li></ul><p>two<br>lines</p>"))

    assert blocks(body) == [
        Block("p1", "p", "Tom & Jo"),
        Block("p2", "li", "one"),
        Block("p3", "p", "two\nlines"),
    ]


def test_ids_survive_edits_moves_and_additions() -> None:
    before = identify("<p>The first paragraph.</p><p>The second one.</p><p>And a third.</p>")

    after = identify(
        "<p>And a third.</p><p>Quite another matter.</p><p>The first paragraph, mended.</p>",
        previous=before,
    )

    assert [(block.id, block.text) for block in blocks(after)] == [
        ("p3", "And a third."),
        ("p4", "Quite another matter."),
        ("p1", "The first paragraph, mended."),
    ]


def test_blocks_that_hold_nothing_go_with_the_blocks_that_hold_only_them() -> None:
    assert clean("<blockquote><p><br></p> <p></p></blockquote><p><em>a</em></p>") == (
        "<p><em>a</em></p>"
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li></li></ul>",
        "<figure><figcaption> </figcaption></figure>",
        "<aside><blockquote><p>&nbsp;</p></blockquote></aside>",
        '<p><img src="data:image/png;base64,iVBORw0KGgo=" alt="x"></p>',
        '<figure><img src="cid:1"></figure>',
        '<p><a href="/x"><img src="data:,"></a></p>',
    ],
)
def test_what_shows_nothing_leaves_nothing_behind(markup: str) -> None:
    assert clean(f"<p>a</p>{markup}") == "<p>a</p>"


def test_a_picture_with_an_address_stays_whatever_its_other_attributes_say() -> None:
    picture = '<img alt="no src= here" src="/media/a.jpg">'

    assert clean(f"<figure>{picture}</figure>") == f"<figure>{picture}</figure>"


@pytest.mark.parametrize(
    "markup",
    ["<table><tfoot><tr><td>x</td></tr></tfoot></table>", "<pre>\n\n\na\n  b</pre>"],
)
def test_what_was_cleaned_once_is_not_changed_by_cleaning_it_again(markup: str) -> None:
    assert clean(clean(markup)) == clean(markup)


def test_the_caption_of_a_table_is_read_with_the_text() -> None:
    body = identify(clean("<table><caption>Rain</caption><tr><td>12 mm</td></tr></table>"))

    assert plain_text(body) == "Rain\n12 mm"


def test_a_body_has_no_characters_that_break_a_feed() -> None:
    assert clean("<p>a\x01b\x0bc\ufffe&#x1b;d&#1;</p>") == "<p>ab c d </p>"
    assert "javascript" not in clean('<a href="java&#1;script:alert(1)">x</a>')
    assert clean("<p>&#163;&#x1bb;&#11111;</p>") == "<p>£ƻ⭧</p>"


@pytest.mark.parametrize(
    "hostile",
    ["<div>", "<ul><li>", "<blockquote>", "<div></x>", "<svg><td>", "<b><p>", "<a", "<!--<div>"],
)
def test_hostile_markup_takes_time_that_grows_with_its_length_only(hostile: str) -> None:
    with no_faster_than_its_input():
        identify(clean("<svg>" * hostile.startswith("<svg>") + hostile * 20_000))


def test_a_body_written_anew_takes_time_that_grows_with_its_length_only() -> None:
    letters = random.Random(1)
    one, two = (
        "".join(f"<p>{''.join(letters.choices('abcdefgh ', k=80))}</p>" for _ in range(1500))
        for _ in range(2)
    )
    with no_faster_than_its_input():
        identify(two, previous=identify(one))


def test_text_and_words_are_the_readers() -> None:
    body = identify("<h2>State-run</h2><p>Pakistan’s army said 1,200 <em>left</em>.</p>")

    assert plain_text(body) == "State-run\nPakistan’s army said 1,200 left."
    assert count_words(body) == 7


@given(st.text(max_size=300))
def test_cleaning_is_stable_and_every_block_gets_one_id(markup: str) -> None:
    cleaned = clean(markup)
    body = identify(cleaned)
    ids = [block.id for block in blocks(body)]

    assert clean(cleaned) == cleaned
    assert identify(body, previous=body) == body
    assert len(set(ids)) == len(ids)


WORDS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")


@given(st.lists(st.text(WORDS, min_size=1)))
def test_plain_words_come_through_as_they_are(words: list[str]) -> None:
    body = identify(clean("".join(f"<p>x{escape(word)}</p>" for word in words)))

    assert [block.text for block in blocks(body)] == [f"x{word}" for word in words]
