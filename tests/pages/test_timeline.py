from articles.pages.timeline import HEIGHT, timeline


def test_years_without_articles_have_a_place_but_no_bar():
    drawn = timeline({1935: 2, 1938: 4}, str)

    assert drawn is not None
    assert [(bar.year, bar.height) for bar in drawn.bars] == [
        (1935, HEIGHT // 2),
        (1936, 0),
        (1937, 0),
        (1938, HEIGHT),
    ]


def test_one_article_in_a_year_is_still_seen_beside_thousands():
    drawn = timeline({1935: 1, 1936: 10_000}, str)

    assert drawn is not None
    assert drawn.bars[0].height > 0


def test_a_single_year_needs_no_bars():
    assert timeline({1935: 7}, str) is None


def test_the_list_of_years_has_only_those_with_articles_newest_first():
    drawn = timeline({1935: 1, 1937: 1}, str)

    assert drawn is not None
    assert [bar.year for bar in drawn.filled] == [1937, 1935]
