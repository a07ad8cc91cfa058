from articles.text.transcript import transcript


def test_each_block_is_a_line_with_the_mark_of_what_it_is():
    body = (
        '<h2 id="p1">Floods</h2><p id="p2">Rain &amp; wind.</p>'
        '<blockquote id="p3"><p id="p4">It never stopped.</p></blockquote>'
        '<ul><li id="p5">Tank</li><li id="p6">Gwadar</li></ul>'
    )

    assert transcript(body) == [
        "## Floods",
        "Rain & wind.",
        "> It never stopped.",
        "- Tank",
        "- Gwadar",
    ]


def test_a_link_says_where_it_leads():
    body = '<p id="p1">Read the <a href="https://example.org/a?b=1&amp;c=2">report</a>.</p>'

    assert transcript(body) == ["Read the report (https://example.org/a?b=1&c=2)."]


def test_a_picture_is_what_it_shows_and_which_file_it_is():
    body = (
        '<p id="p1">Before.</p>'
        '<figure><img src="/media/images/0123456789abcdef.jpg" alt="A port">'
        '<figcaption id="p2">Gwadar</figcaption></figure>'
        '<p id="p3">After.</p><img src="/media/b.png" alt="">'
    )

    assert transcript(body) == [
        "Before.",
        "[A port, 0123456789ab]",
        "Gwadar",
        "After.",
        "[b.png]",
    ]


def test_a_line_ends_where_it_was_broken():
    assert transcript('<p id="p1">One<br>two</p>') == ["One\ntwo"]


def test_nothing_has_no_lines():
    assert transcript("") == []
    assert transcript('<p id="p1"> </p>') == []
