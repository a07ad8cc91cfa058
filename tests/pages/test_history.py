from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html

from articles.editing import record
from articles.models import Article, Correction, Status
from tests.factories import make_article, make_image

pytestmark = pytest.mark.django_db


def edit(article: Article, *, minor: bool = False, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    article.refresh_from_db()
    record([article], actor="a-secret-login", reason="A better figure", minor=minor)


@pytest.fixture
def article():
    article = make_article("First headline", paragraphs=["At least 129 people died."])
    record([article], actor="importer", reason="Imported")
    return article


def test_the_history_shows_what_changed_word_by_word(client, article):
    edit(article, body='<p id="p1">At least 131 people died.</p>')

    page = client.get(f"{article.path}history/").content.decode()

    assert "At least <del>129</del><ins>131</ins> people died." in page
    assert "A better figure" in page
    assert "a-secret-login" not in page


def test_the_article_can_be_read_as_it_stood(client, article):
    edit(article, headline="Second headline", body='<p id="p1">At least 131 people died.</p>')

    page = client.get(f"{article.path}history/1/").content.decode()

    assert "First headline" in page
    assert "At least 129 people died." in page


def test_a_version_has_its_dateline_and_no_summary_that_repeats_its_first_words(client):
    article = make_article(
        paragraphs=["Violent clashes erupted."],
        summary="Violent clashes",
        dateline_text="Islamabad, Feb 1",
    )
    record([article], actor="importer")

    page = client.get(f"{article.path}history/1/").content.decode()

    assert '<span class="dateline">Islamabad, Feb 1</span>' in page
    assert "standfirst" not in page


def test_a_new_address_and_picture_are_told_in_words_that_readers_know(client, article):
    article.lead_image = make_image(caption="A locomotive in the pass.")
    edit(article, path="/2026/02/02/second-slug/")

    page = client.get(f"{article.path}history/").content.decode()

    assert "Nothing that readers see was changed" not in page
    assert "<ins>second" in page
    assert "A locomotive in the pass." in page


def test_corrections_stand_in_the_history(client, article):
    Correction.objects.create(article=article, text="The figure was wrong.")

    assert b"The figure was wrong." in client.get(f"{article.path}history/").content


def test_a_draft_that_readers_never_saw_is_not_in_the_history(client):
    article = make_article("Drafted in haste", status=Status.DRAFT)
    record([article], actor="editor")
    edit(article, headline="Printed after thought", status=Status.PUBLISHED)

    page = client.get(f"{article.path}history/").content.decode()

    assert "Drafted in haste" not in page
    assert client.get(f"{article.path}history/1/").status_code == 404
    assert client.get(f"{article.path}history/2/").status_code == 200


@pytest.mark.parametrize(
    "release",
    [
        {"headline": "At the hour"},
        {"headline": "At the hour", "embargo_until": None},
        {"headline": "At the hour", "status": Status.DRAFT},
    ],
)
def test_what_was_replaced_before_the_embargo_ended_is_not_in_the_history(
    client, time_machine, release
):
    now = timezone.now()
    article = make_article("Before the hour", embargo_until=now + timedelta(hours=2))
    record([article], actor="editor")
    time_machine.move_to(now + timedelta(hours=1))
    edit(article, **release)
    time_machine.move_to(now + timedelta(hours=3))
    edit(article, headline="After the hour", status=Status.PUBLISHED)

    page = client.get(f"{article.path}history/").content.decode()

    assert "After the hour" in page
    assert "Before the hour" not in page
    assert client.get(f"{article.path}history/1/").status_code == 404


def test_an_old_version_is_cleaned_by_today_s_rules(client, article):
    revision = article.revisions.get()
    revision.snapshot["body"] = '<p id="p1">Fine.</p><script>alert(1)</script>'
    revision.save()

    page = client.get(f"{article.path}history/1/").content.decode()

    assert "Fine." in page
    assert "alert(1)" not in page


@pytest.mark.parametrize("edits", [1, 12])
def test_the_history_costs_the_same_however_long_it_is(
    client, article, django_assert_max_num_queries, edits
):
    for number in range(edits):
        edit(article, headline=f"Headline {number}")

    with django_assert_max_num_queries(4):
        client.get(f"{article.path}history/")


def test_a_long_history_has_pages(client, article):
    for number in range(12):
        edit(article, headline=f"Headline {number}")

    page = client.get(f"{article.path}history/?page=2").content.decode()

    assert "The first version that readers saw." in page
    assert client.get(f"{article.path}history/?page=3").status_code == 404


def test_there_is_no_version_that_was_never_made(client, article):
    assert client.get(f"{article.path}history/99/").status_code == 404


def test_an_article_of_the_past_has_a_history_from_its_import_on(client):
    article = make_article(published=datetime(1935, 6, 1, tzinfo=UTC))
    record([article], actor="importer")

    assert b"The first version" in client.get(f"{article.path}history/").content


def entries(answer: Any) -> list[int | list[int]]:
    """The versions on the page, each by its number, those folded together as a list."""
    page: Any = html.fromstring(answer.content)
    found: list[int | list[int]] = []
    for entry in page.xpath('//ol[@class="revisions"]/li'):
        inside = [int(name.split("-")[1]) for name in entry.xpath("./details/ol/li/@id")]
        found.append(inside or int(entry.get("id").split("-")[1]))
    return found


def test_minor_changes_that_follow_one_another_are_folded_away_with_their_number(client, article):
    for number, minor in enumerate([True, True, False, True]):
        edit(article, headline=f"Headline {number}", minor=minor)

    page = client.get(f"{article.path}history/")

    assert entries(page) == [[5], 4, [3, 2], 1]
    assert '<summary class="ui">2 minor changes</summary>' in page.content.decode()
    assert '<summary class="ui">A minor change</summary>' in page.content.decode()


def test_the_first_version_is_not_folded_away(client):
    article = make_article()
    record([article], actor="importer", minor=True)

    assert entries(client.get(f"{article.path}history/")) == [1]


def test_page_and_history_say_how_often_it_changed_before_readers_eyes(client):
    article = make_article("Drafted", status=Status.DRAFT)
    record([article], actor="editor")
    edit(article, headline="Printed", status=Status.PUBLISHED)
    assert "since publication" not in client.get(article.path).content.decode()
    assert (
        "Not changed since publication." in client.get(f"{article.path}history/").content.decode()
    )

    edit(article, headline="Changed")
    assert "Changed once since publication" in client.get(article.path).content.decode()

    edit(article, headline="Changed again", minor=True)
    for address in (article.path, f"{article.path}history/"):
        assert "Changed 2 times since publication" in client.get(address).content.decode()


class TestComparing:
    def test_any_two_versions_are_compared_the_older_first(self, client, article):
        edit(article, body='<p id="p1">At least 131 people died.</p>')
        edit(article, headline="Third headline")

        for query in ({"from": "1", "to": "3"}, {"from": "3", "to": "1"}):
            page = client.get(f"{article.path}history/", query).content.decode()

            assert "At least <del>129</del><ins>131</ins> people died." in page
            assert "<del>First</del><ins>Third</ins> headline" in page
            assert "a-secret-login" not in page

    def test_the_form_offers_what_readers_saw_and_nothing_else(self, client):
        article = make_article("Drafted in haste", status=Status.DRAFT)
        record([article], actor="editor")
        for number in range(3):
            edit(article, headline=f"Headline {number}", status=Status.PUBLISHED)

        page = client.get(f"{article.path}history/").content.decode()

        assert page.count('<option value="4" selected>') == 1
        assert page.count('<option value="2" selected>') == 1
        assert '<option value="1"' not in page

    def test_a_version_that_readers_never_saw_is_not_compared(self, client):
        article = make_article("Drafted in haste", status=Status.DRAFT)
        record([article], actor="editor")
        edit(article, headline="Printed after thought", status=Status.PUBLISHED)

        answer = client.get(f"{article.path}history/", {"from": "1", "to": "2"})

        assert answer.status_code == 404
        assert "Readers never saw one of these versions" in answer.content.decode()
        assert "Drafted" not in answer.content.decode()

    @pytest.mark.parametrize("other", ["", "99", "0", "-1", "x", "²", "9" * 40, "1\0"])
    def test_what_is_no_version_is_said(self, client, article, other):
        answer = client.get(f"{article.path}history/", {"from": "1", "to": other})

        assert answer.status_code == 404
        assert "Choose two of those above" in answer.content.decode()
        assert client.get(f"{article.path}history/", {"to": other}).status_code == 404

    def test_one_version_twice_is_said(self, client, article):
        answer = client.get(f"{article.path}history/", {"from": "1", "to": "1"})

        assert answer.status_code == 200
        assert "one version twice" in answer.content.decode()

    def test_two_that_say_the_same_are_told_to(self, client, article):
        edit(article, headline="Second headline")
        edit(article, headline="First headline")

        page = client.get(f"{article.path}history/?from=1&to=3").content.decode()

        assert "Both say the same in the same words." in page

    def test_it_costs_the_same_however_long_the_history(
        self, client, article, django_assert_max_num_queries
    ):
        for number in range(12):
            edit(article, headline=f"Headline {number}")

        with django_assert_max_num_queries(3):
            client.get(f"{article.path}history/?from=1&to=12")


def test_an_article_out_of_search_engines_takes_its_history_along(client, article):
    edit(article, headline="Second headline")
    for address in ("history/", "history/1/", "history/?from=1&to=2"):
        assert "X-Robots-Tag" not in client.get(f"{article.path}{address}")

    Article.objects.update(deindexed_at=timezone.now())

    for address in ("history/", "history/1/", "history/?from=1&to=2"):
        assert client.get(f"{article.path}{address}")["X-Robots-Tag"] == "noindex"
