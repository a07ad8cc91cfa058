import pytest

from tests.factories import make_article, make_mention, make_place, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def quake(listed):
    quetta = make_place("Quetta")
    article = make_article(
        "Earthquake destroys the town",
        paragraphs=["The shock came in Quetta shortly after three."],
        tags=[make_tag("earthquakes")],
    )
    make_mention(article, quetta)
    listed(article)
    return article


def test_a_word_finds_its_article_and_is_marked(client, quake):
    page = client.get("/search/?q=shock").content.decode()

    assert quake.path in page
    assert "<mark>shock</mark>" in page
    assert "1 article" in page


def test_results_can_be_narrowed(client, quake):
    page = client.get("/search/?q=shock").content.decode()

    assert 'href="?q=shock&amp;place=quetta"' in page
    assert "Remove " in client.get("/search/?q=shock&place=quetta").content.decode()


def test_what_is_left_out_is_said_can_be_taken_back_and_stays_in_links(client, quake, listed):
    listed(make_article("Match is drawn", tags=[make_tag("sport")]))

    page = client.get("/search/?tag=-sport").content.decode()

    assert "Articles not tagged sport" in page
    assert "Earthquake destroys the town" in page
    assert "Match is drawn" not in page
    assert '<a href="?"><span class="unseen">Remove </span>not sport ' in page
    assert 'name="tag" value="-sport"' in page
    assert 'href="?place=quetta&amp;tag=-sport"' in page
    feed = client.get("/search/feed/?tag=-sport").content.decode()
    assert "Earthquake destroys the town" in feed
    assert "Match is drawn" not in feed


def test_what_was_typed_stays_in_the_form_and_is_escaped(client):
    page = client.get("/search/", {"q": '"><script>'}).content.decode()

    assert "<script>" not in page.replace('<script type="application/ld+json">', "")
    assert "&#34;&gt;&lt;script&gt;" in page


def test_nothing_found_says_what_to_try(client, quake):
    page = client.get("/search/?q=xyzzy").content.decode()

    assert "Nothing found" in page
    assert "use fewer or other words" in page


@pytest.mark.parametrize("query", ["place=nowhere", "from=yesterday", "order=best", "colour=red"])
def test_what_cannot_be_understood_is_refused_by_name(client, query):
    answer = client.get(f"/search/?{query}")

    assert answer.status_code == 400
    assert f"{query.split('=')[0]}:" in answer.content.decode()
    assert client.get(f"/search/feed/?{query}").status_code == 400


def test_a_search_can_be_followed_as_a_feed(client, quake):
    answer = client.get("/search/feed/?q=shock")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert quake.path in answer.content.decode()
    assert 'href="/search/feed/?q=shock"' in client.get("/search/?q=shock").content.decode()


def test_a_search_costs_the_same_however_much_it_finds(
    client, listed, django_assert_max_num_queries
):
    def publish(number: int) -> None:
        listed(*(make_article(paragraphs=["The same word."]) for _ in range(number)))

    publish(21)
    with django_assert_max_num_queries(12) as few:
        client.get("/search/?q=word")
    publish(40)

    with django_assert_max_num_queries(len(few)):
        client.get("/search/?q=word")


def test_result_pages_keep_the_search(client, listed):
    listed(*(make_article(paragraphs=["The same word."]) for _ in range(21)))

    page = client.get("/search/?q=word").content.decode()

    assert 'rel="next" href="?q=word&amp;page=2"' in page
    assert client.get("/search/?q=word&page=2").status_code == 200
