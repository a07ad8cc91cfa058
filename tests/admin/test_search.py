"""Quick search over everything at the desk."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.models import Article
from articles.search.index.backends.patience import Patience
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_image,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db

SEARCH = "/admin/search/"


def recorded(article: Article) -> Article:
    editing.record([article])
    return article


def found(client: Client, words: str) -> dict[str, list[str]]:
    page = client.get(SEARCH, {"q": words})
    return {
        group.title: [result.text for result in group.results] for group in page.context["groups"]
    }


def everything_named_gwadar(number: str = "") -> None:
    article = recorded(make_article("Gwadar port opens"))
    recorded(make_article("Plans for Gwadar", published=None))
    make_place("Gwadar", kind="town")
    make_person("Gwadari Baloch")
    make_organisation("Port Authority", names=["Gwadar Port Authority"])
    make_tag(f"gwadar{number}")
    make_author("Gwadar bureau")
    make_section(f"Gwadar{number}")
    make_image(caption="Gwadar at dusk")
    make_comment(article, author_name="Gwadar reader", text="Well.")


def test_field_words_narrow_the_articles_and_what_they_name_nothing_is_said(desk: Client) -> None:
    recorded(make_article("Gwadar port opens", language="ur"))
    recorded(make_article("Gwadar port closes", language="en"))

    assert found(desk, "gwadar language:urdu")["Articles"] == ["Gwadar port opens"]
    page = desk.get(SEARCH, {"q": "gwadar place:nowhere"}).content.decode()
    assert "There is no place “nowhere”; searched for the words instead." in page


def test_a_search_that_takes_too_long_says_so(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience.__init__, "__defaults__", (0.0,))

    page = desk.get(SEARCH, {"q": "gwadar"}).content.decode()

    assert "This search looks through too much." in page


def test_one_box_finds_everything_that_is_called_so(desk: Client) -> None:
    everything_named_gwadar()

    assert found(desk, "gwadar") == {
        "Articles": ["Plans for Gwadar", "Gwadar port opens"],
        "Places": ["Gwadar (town)"],
        "People": ["Gwadari Baloch"],
        "Organisations": ["Port Authority"],
        "Tags": ["gwadar"],
        "Authors": ["Gwadar bureau"],
        "Sections": ["Gwadar"],
        "Images": ["Gwadar at dusk"],
        "Comments": ["Gwadar reader: Well."],
    }


def test_each_role_finds_what_it_may_see(client: Client) -> None:
    everything_named_gwadar()
    reference = ["Places", "People", "Organisations", "Tags", "Authors", "Sections", "Images"]

    for role, groups in {
        "Reporter": ["Articles", *reference],
        "Editor": ["Articles", *reference, "Comments"],
        "Moderator": ["Comments"],
        "Archivist": ["Articles", *reference],
    }.items():
        client.force_login(make_staff(role))
        assert list(found(client, "gwadar")) == groups, role

    client.force_login(make_staff("Reporter"))
    assert found(client, "gwadar")["Articles"] == ["Gwadar port opens"]


def test_moderators_find_comments_by_the_authors_address(client: Client) -> None:
    article = make_article()
    make_comment(article, author_name="Bano", author_email="bano@example.org", text="So it is.")
    client.force_login(make_staff("Moderator"))

    assert found(client, "Bano@Example.org") == {"Comments": ["Bano: So it is."]}


def test_administrators_find_accounts(client: Client) -> None:
    make_staff("Reporter", "zia", first_name="Zia", last_name="Ahmed")
    client.force_login(make_staff("Administrator"))

    assert found(client, "ahmed")["Accounts"] == ["Zia Ahmed (zia)"]


def test_an_address_or_a_number_leads_straight_to_its_article(desk: Client) -> None:
    article = recorded(make_article("Rain"))
    page = reverse("admin:articles_article_change", args=[article.pk])

    assert desk.get(SEARCH, {"q": f"#{article.pk}"})["Location"] == page
    assert desk.get(SEARCH, {"q": f"https://x.example{article.path}"})["Location"] == page
    assert desk.get(SEARCH, {"q": "#999"}).status_code == 200


def test_a_number_leads_nobody_to_a_draft_that_they_may_not_read(client: Client) -> None:
    secret = recorded(make_article("A scandal", published=None))
    client.force_login(make_staff("Reporter"))

    assert client.get(SEARCH, {"q": f"#{secret.pk}"}).status_code == 200


def test_a_few_of_each_kind_are_shown_and_the_list_has_the_others(desk: Client) -> None:
    for number in range(8):
        make_tag(f"flood {number}")

    page = desk.get(SEARCH, {"q": "flood"})

    assert len(page.context["groups"][0].results) == 6
    assert '<a href="/admin/articles/tag/?q=flood">More tags</a>' in page.content.decode()


@pytest.mark.parametrize(
    "words", ["", "   ", "—", "x" * 5000, "\x00", "%", "' OR 1=1 --", "#", "/2026/"]
)
def test_nothing_that_can_be_typed_is_an_error(desk: Client, words: str) -> None:
    everything_named_gwadar()

    assert desk.get(SEARCH, {"q": words}).status_code == 200


def test_what_was_typed_stays_in_the_box_and_is_not_obeyed(desk: Client) -> None:
    page = desk.get(SEARCH, {"q": '"><script>x()</script>'}).content.decode()

    assert "&quot;&gt;&lt;script&gt;" in page
    assert "<script>x()" not in page


def test_who_has_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(SEARCH)["Location"].startswith("/admin/login/?next=/admin/search/")


def test_a_search_costs_the_same_for_one_of_each_and_for_many(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        everything_named_gwadar(str(number))

    with django_assert_max_num_queries(20):
        desk.get(SEARCH, {"q": "gwadar"})
