from articles.pages.linked_body import LinkTarget, link_mentions


def link(body: str, *targets: tuple[str, int, str, str]) -> str:
    return link_mentions(body, [LinkTarget(*target) for target in targets])


def test_the_words_of_a_mention_become_a_link():
    assert link('<p id="p1">He left Quetta.</p>', ("p1", 8, "Quetta", "/places/quetta/")) == (
        '<p id="p1">He left <a class="mention" href="/places/quetta/">Quetta</a>.</p>'
    )


def test_an_offset_counts_the_text_and_not_the_markup():
    body = '<p id="p1">A &amp; B <em>in</em> Quetta</p>'

    assert '<a class="mention" href="/q/">Quetta</a></p>' in link(body, ("p1", 9, "Quetta", "/q/"))


def test_words_with_markup_signs_in_them_stay_escaped():
    body = '<p id="p1">By Johnson &amp; Sons.</p>'

    assert ">Johnson &amp; Sons</a>." in link(body, ("p1", 3, "Johnson & Sons", "/j/"))


def test_several_mentions_of_a_paragraph_are_linked_whatever_their_order():
    body = '<p id="p1">Quetta and Gwadar</p>'

    linked = link(body, ("p1", 11, "Gwadar", "/g/"), ("p1", 0, "Quetta", "/q/"))

    assert linked.count("<a ") == 2
    assert linked.index("/q/") < linked.index("/g/")


def test_no_link_is_put_inside_a_link():
    body = '<p id="p1"><a href="/x/">in Quetta</a> and Quetta</p>'

    assert link(body, ("p1", 3, "Quetta", "/q/")) == body


def test_words_that_have_moved_are_left_alone():
    body = '<p id="p1">Gone from here</p>'

    assert link(body, ("p1", 0, "Quetta", "/q/"), ("p9", 0, "Gone", "/q/")) == body


def test_words_that_overlap_a_link_are_left_alone():
    body = '<p id="p1">Balochistan Liberation Army</p>'

    linked = link(
        body, ("p1", 0, "Balochistan Liberation Army", "/o/"), ("p1", 0, "Balochistan", "/b/")
    )

    assert linked.count("<a ") == 1


def test_words_that_markup_cuts_through_are_left_alone():
    body = '<p id="p1">New <b>York</b></p>'

    assert link(body, ("p1", 0, "New York", "/n/")) == body


def test_a_line_break_counts_as_one_character():
    body = '<p id="p1">One<br>Quetta</p>'

    assert ">Quetta</a>" in link(body, ("p1", 4, "Quetta", "/q/"))


def test_text_in_a_nested_block_counts_from_that_block():
    body = '<ul><li id="p1">First<p id="p2">Quetta</p></li></ul>'

    assert '<p id="p2"><a class="mention"' in link(body, ("p2", 0, "Quetta", "/q/"))


def test_an_address_cannot_break_out_of_its_attribute():
    assert 'href="/&quot;&gt;"' in link('<p id="p1">Quetta</p>', ("p1", 0, "Quetta", '/">'))
