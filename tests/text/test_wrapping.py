from articles.text.wrapping import Wrapping, run_in, wrap


def test_what_runs_in_stands_before_the_words_of_the_text_not_of_what_stands_apart() -> None:
    apart = (
        "<aside><blockquote>a</blockquote><p>b</p></aside><table><tr><td><p>c</p></td></tr></table>"
    )

    assert run_in(f'{apart}<p id="p1">d</p><p>e</p>', "TANK ") == (
        f'{apart}<p id="p1">TANK d</p><p>e</p>'
    )
    assert run_in(apart, "TANK ") == apart


def test_words_in_the_caption_of_a_table_are_found_there() -> None:
    body = '<table><caption id="p1">Rain in Tank</caption><tbody></tbody></table>'

    assert wrap(body, [Wrapping("p1", 8, "Tank", "<b>", "</b>")]) == body.replace(
        "Tank", "<b>Tank</b>"
    )
