"""The checks before publishing, of what stands in the form and is not saved yet."""

import pytest
from django.test import Client

from articles.models import Article, MentionState
from tests.factories import (
    make_article,
    make_image,
    make_mention,
    make_place,
    make_section,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client: Client) -> Client:
    client.force_login(make_staff("Editor", "ann"))
    return client


def address(article: Article | None = None) -> str:
    return f"/admin/articles/article/{f'{article.pk}/' if article else ''}checks/"


def typed(article: Article, **fields: str) -> dict[str, str]:
    return {
        "headline": article.headline,
        "body": article.body,
        "section": str(article.section_id or ""),
        "lead_image": "",
        "dateline_date": str(article.dateline_date or ""),
        **fields,
    }


def test_what_is_typed_is_checked_and_nothing_is_saved(ann: Client) -> None:
    article = make_article("Rain", published=None, section=make_section())

    answer = ann.post(address(article), typed(article, body='<p>a <img src="/a.jpg"></p>')).text

    assert "1 thing to look at" in answer
    assert "A picture in the text has no alternative text" in answer
    assert 'href="#id_body" data-selector="img:not([alt])"' in answer
    article.refresh_from_db()
    assert "<img" not in article.body


def test_a_headline_and_a_date_that_were_typed_are_guesses_no_more(ann: Client) -> None:
    article = make_article(
        "Rain",
        published=None,
        headline_is_drawn=True,
        dateline_date="2026-02-01",
        dateline_year_is_guess=True,
        section=make_section(),
    )
    article.refresh_from_db()
    assert "2 things to look at" in ann.post(address(article), typed(article)).text

    changed = typed(article, headline="Rain at last", dateline_date="2025-02-01")

    assert "Nothing stands against it" in ann.post(address(article), changed).text


def test_an_image_and_a_section_that_were_chosen_are_looked_at(ann: Client) -> None:
    article = make_article("Rain", published=None)
    silent = make_image(alt_text="")

    answer = ann.post(address(article), typed(article, lead_image=str(silent.pk))).text

    assert "The lead image has no alternative text" in answer
    assert "It stands in no section" in answer
    section = typed(article, section=str(make_section().pk))
    assert "Nothing stands against it" in ann.post(address(article), section).text


def test_names_that_wait_lead_to_where_they_are_decided(ann: Client) -> None:
    article = make_article("Rain", published=None, section=make_section())
    make_mention(article, make_place("Tank"), state=MentionState.SUGGESTED)

    answer = ann.post(address(article), typed(article)).text

    assert "One name waits to be confirmed or rejected." in answer
    assert 'href="#mentions-group"' in answer


def test_a_new_article_is_checked_before_it_was_ever_saved(ann: Client) -> None:
    answer = ann.post(address(), {"headline": "Rain", "body": "<p>It rained.</p>"}).text

    assert "It stands in no section" in answer
    assert not Article.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "²"])
def test_values_that_are_no_keys_are_no_error(ann: Client, value: str) -> None:
    article = make_article("Rain", published=None)

    answer = ann.post(address(article), typed(article, section=value, lead_image=value))

    assert answer.status_code == 200


def test_only_those_who_may_write_it_have_it_checked(ann: Client) -> None:
    article = make_article("Rain", published=None)
    rita = Client()
    rita.force_login(make_staff("Reporter", "rita"))

    assert rita.post(address(article), typed(article)).status_code == 403
    assert rita.post(address(), {"headline": "Rain"}).status_code == 200
    assert ann.get(address(article)).status_code == 405
    assert ann.post(address(Article(pk=0))).status_code == 404


def test_checking_while_somebody_types_costs_little(
    ann: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    article = make_article("Rain", published=None, section=make_section())

    with django_assert_max_num_queries(10):  # type: ignore[operator]
        ann.post(address(article), typed(article, lead_image=str(make_image().pk)))
