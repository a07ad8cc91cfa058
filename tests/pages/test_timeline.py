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
    assert drawn.years == '<li><a href="1937">1937</a> 1</li><li><a href="1935">1935</a> 1</li>'


def test_an_address_cannot_become_markup():
    drawn = timeline({1935: 1, 1936: 1}, lambda year: '">')

    assert drawn is not None
    assert 'href="&quot;&gt;"' in drawn.svg
