"""The articles of a list as its lines show them."""

import pytest
from pytest_django import DjangoAssertNumQueries

from articles.listings import lines, lines_with_body
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db


def test_articles_come_in_the_order_asked_for_each_once() -> None:
    first, second, third = make_article(), make_article(), make_article()

    assert lines([third.pk, first.pk, second.pk, third.pk]) == [third, first, second]
    assert lines([second.pk]) == [second]
    assert lines([]) == []


def test_articles_that_have_gone_are_left_out() -> None:
    article = make_article()

    assert lines([article.pk + 1, article.pk]) == [article]


def test_one_query_brings_all_that_a_line_shows(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    section = make_section()
    inside, outside = make_article(section=section), make_article(section=None)

    with django_assert_num_queries(1):
        shown = lines([inside.pk, outside.pk])
        assert [article.section for article in shown] == [section, None]
        assert [article.headline for article in shown] == [inside.headline, outside.headline]
        assert [article.public_from for article in shown] == [
            article.published_at for article in (inside, outside)
        ]
        assert [article.lead_image for article in shown] == [None, None]


def test_the_body_comes_along_only_when_asked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    article = make_article()

    with django_assert_num_queries(2):
        assert lines_with_body([article.pk])[0].body == article.body
        assert "body" in lines([article.pk])[0].get_deferred_fields()
