from articles.editing.differences import DESK_SEES, Change, Piece, changes, compare


def body(*paragraphs: str) -> str:
    return "".join(f'<p id="p{number}">{text}</p>' for number, text in enumerate(paragraphs, 1))


def test_only_the_words_that_changed_are_marked():
    assert compare("At least 129 people dead", "At least 131 people dead") == [
        Piece("same", "At least "),
        Piece("removed", "129"),
        Piece("added", "131"),
        Piece("same", " people dead"),
    ]


def test_a_changed_paragraph_is_named_and_the_others_are_left_out():
    found = changes(
        {"body": body("One.", "Two.", "Three.")}, {"body": body("One.", "2.", "Three.")}, {}
    )

    assert [change.label for change in found] == ["Paragraph 2"]


def test_a_paragraph_that_was_taken_out_shows_as_removed():
    (change,) = changes({"body": body("One.", "Two.")}, {"body": body("One.")}, {})

    assert change.pieces == [Piece("removed", "Two.")]


def test_headline_byline_and_topics_are_compared_too():
    found = changes(
        {"headline": "A", "authors": ["X"], "tags": ["t"]},
        {"headline": "B", "authors": ["X", "Y"], "tags": ["t"]},
        {},
    )

    assert [change.label for change in found] == ["Headline", "Byline"]


def test_a_picture_is_told_by_what_it_shows_and_a_time_by_the_clock_of_the_site():
    found = changes(
        {"image": "a.webp", "published_at": "2026-02-01T12:00:00+00:00"},
        {"image": "b.webp", "published_at": "2026-02-02T12:00:00+00:00"},
        {"a.webp": "A pass.", "b.webp": "A port."},
    )

    assert found == [
        Change("Published", compare("1 February 2026, 12:00", "2 February 2026, 12:00")),
        Change("Picture", compare("A pass.", "A port.")),
    ]


def test_what_readers_do_not_see_is_a_change_at_the_desk_only():
    before = {"status": "scheduled", "dateline_date": "2026-02-01", "embargo_until": ""}
    after = {
        "status": "published",
        "dateline_date": "2026-02-02",
        "embargo_until": "2026-02-03T06:00:00+00:00",
    }

    assert changes(before, after, {}) == []
    assert changes(before, after, {}, DESK_SEES) == [
        Change("Date of the dateline", compare("1 February 2026", "2 February 2026")),
        Change("Status", compare("scheduled", "published")),
        Change("Embargo", [Piece("added", "3 February 2026, 06:00")]),
    ]


def test_what_only_one_version_kept_is_no_change():
    assert changes({"headline": "A"}, {"headline": "A", "comment_policy": "open"}, {}) == []


def test_another_address_behind_the_same_words_is_a_change():
    before = {"body": body('Read <a href="/2026/02/01/one/">this</a>.')}
    after = {"body": body('Read <a href="/2026/02/01/two/">this</a>.')}

    (change,) = changes(before, after, {})

    assert Piece("removed", "one") in change.pieces
    assert Piece("added", "two") in change.pieces


def test_another_picture_in_the_text_is_a_change():
    before = {"body": '<figure><img src="/media/a.jpg" alt="A pass"></figure>'}
    after = {"body": '<figure><img src="/media/b.jpg" alt="A port"></figure>'}

    (change,) = changes(before, after, {})

    assert Piece("removed", "pass") in change.pieces
    assert Piece("added", "port") in change.pieces


def test_a_very_long_paragraph_is_shown_whole_before_and_after():
    before, after = "word " * 2000, "other " * 2000

    assert [piece.kind for piece in compare(before, after)] == ["removed", "added"]


def test_texts_made_to_take_long_are_shown_whole():
    dots, spaced = "." * 1_400, ". " * 700
    before = {"body": "".join(f'<p id="p{number}">{dots}</p>' for number in range(40))}
    after = {"body": "".join(f'<p id="p{number}">{spaced}</p>' for number in range(40))}

    for change in changes(before, after, {}):
        assert [piece.kind for piece in change.pieces] == ["removed", "added"]


def test_many_paragraphs_that_are_the_same_do_not_take_long():
    before = {"body": '<p id="p1">Go.</p>' * 3_000}
    after = {"body": '<p id="p1">Go.</p><p id="p2">Stop.</p>' * 1_500}

    assert len(changes(before, after, {})) == 3_000
