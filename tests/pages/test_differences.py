from articles.pages.differences import Change, Piece, changes, compare


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


def test_what_readers_do_not_see_is_no_change():
    assert changes({"status": "scheduled"}, {"status": "published"}, {}) == []


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
