import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import search
from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_person,
    make_place,
    make_tag,
)

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
    quetta = make_place("Quetta")

    def publish(number: int) -> None:
        made = [make_article(paragraphs=["The same word."]) for _ in range(number)]
        for article in made:
            make_mention(article, quetta)
        listed(*made)

    publish(21)
    for query, most in (("q=word", 12), ("q=quetta", 16), ("place=quetta", 12), ("", 16)):
        with django_assert_max_num_queries(most):
            client.get(f"/search/?{query}")
    with CaptureQueriesContext(connection) as few:
        client.get("/search/?q=word")
    publish(40)

    with django_assert_max_num_queries(len(few)):
        client.get("/search/?q=word")


def test_result_pages_keep_the_search(client, listed):
    listed(*(make_article(paragraphs=["The same word."]) for _ in range(21)))

    page = client.get("/search/?q=word").content.decode()

    assert 'rel="next" href="?q=word&amp;page=2"' in page
    assert client.get("/search/?q=word&page=2").status_code == 200


def test_a_search_says_in_words_what_it_looked_for_and_how_much_it_found(client, quake):
    page = client.get("/search/?q=shock&place=quetta&from=2020").content.decode()

    assert "<title>“shock” in Quetta, from 2020: 1 article · " in page
    assert "<h1><bdi>“shock” in Quetta, from 2020</bdi></h1>" in page
    assert '<h2 id="found">1 article</h2>' in page


def test_the_order_in_force_is_said_and_the_others_are_a_link_away(client, quake):
    def orders(address: str) -> str:
        page: str = client.get(address).content.decode()
        return page[page.index('aria-label="Order"') :].partition("</nav>")[0]

    by_words = orders("/search/?q=shock&order=oldest")
    assert '<a href="?q=shock&amp;order=oldest" aria-current="true">Oldest</a>' in by_words
    assert '<a href="?q=shock">Newest</a>' in by_words
    assert '<a href="?q=shock&amp;order=relevance">Best match</a>' in by_words
    assert "Best match" not in orders("/search/?place=quetta")


def test_a_form_that_is_sent_empty_asks_for_no_best_match(client, quake):
    assert client.get("/search/?q=&order=relevance&place=quetta").status_code == 200


def test_every_filter_and_date_can_be_taken_back_by_itself(client, quake):
    asked = "/search/?q=shock&place=quetta&tag=earthquakes&from=2020&to=2027"
    page = client.get(asked).content.decode()
    chips = page[page.index('aria-label="Narrowed to"') :].partition("</ul>")[0]

    left = [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]*)"', chips)]
    assert left == [
        "?q=shock&tag=earthquakes&from=2020&to=2027",
        "?q=shock&place=quetta&from=2020&to=2027",
        "?q=shock&place=quetta&tag=earthquakes&to=2027",
        "?q=shock&place=quetta&tag=earthquakes&from=2020",
        "?q=shock",
    ]
    for address in left:
        assert client.get(f"/search/{address}").status_code == 200


def test_one_year_is_one_chip(client, quake):
    page = client.get("/search/?from=2026&to=2026").content.decode()

    assert '<a href="?"><span class="unseen">Remove </span>2026 ' in page


def narrowing(client, address: str) -> str:
    page: str = client.get(address).content.decode()
    return page[page.index('id="narrow"') :].partition("</aside>")[0]


def test_what_is_chosen_stays_among_the_facets_and_can_be_taken_back(client, quake, listed):
    aside = narrowing(client, "/search/?q=shock&place=quetta&from=2026&to=2026")

    assert '<a href="?q=shock&amp;from=2026&amp;to=2026"><span class="unseen">Remove' in aside
    assert '<a href="?q=shock&amp;place=quetta"><span class="unseen">Remove </span>2026' in aside


def test_places_to_narrow_to_are_nested_as_they_lie(client, listed):
    country = make_place("Pakistan", kind="country")
    article = make_article(paragraphs=["The shock."])
    make_mention(article, make_place("Quetta", country))
    listed(article)

    aside = narrowing(client, "/search/?q=shock")

    places = aside[aside.index("Places") :]
    assert re.sub(r"<(?!/?[ul][li]\b)[^>]*>", "", places.partition("</section>")[0]).split() == [
        "Places",
        "<ul",
        'class="values"><li>Pakistan',
        "1<ul><li>Quetta",
        "1</li></ul></li></ul>",
    ]


def test_authors_can_be_narrowed_to(client, listed):
    listed(make_article(paragraphs=["The shock."], authors=[make_author("Quetta Desk")]))

    assert 'href="?q=shock&amp;author=quetta-desk"' in narrowing(client, "/search/?q=shock")


def test_it_is_said_whether_all_were_counted(client, listed, monkeypatch):
    listed(*(make_article(paragraphs=["The shock."]) for _ in range(3)))

    assert "Counted among all 3 found." in narrowing(client, "/search/?q=shock")
    monkeypatch.setitem(search.facets.__kwdefaults__, "sample", 2)
    assert "Counted among the newest 2 found." in narrowing(client, "/search/?q=shock")


def test_what_the_words_name_stands_above_what_they_find(client, listed):
    article = make_article("Minister resigns")
    person = make_person("Mohsin Naqvi", title="Interior Minister")
    make_mention(article, person)
    listed(article)

    page = client.get("/search/?q=mohsin naqvi").content.decode()

    card = page[page.index('class="cards"') :].partition("</ul>")[0]
    assert '<a href="/people/mohsin-naqvi/"><bdi>Mohsin Naqvi</bdi></a>' in card
    assert "Interior Minister" in card
    assert '<a href="?person=mohsin-naqvi">Only the article about Mohsin Naqvi</a>' in card
    assert 'class="cards"' not in client.get("/search/?q=minister").content.decode()


def test_a_place_is_shown_on_a_map(client, listed):
    article = make_article()
    make_mention(article, make_place("Quetta", latitude=30.2, longitude=67))
    listed(article)

    assert "Where Quetta is" in client.get("/search/?q=quetta").content.decode()


def test_without_a_question_there_is_what_can_be_asked_about(client, quake, listed):
    listed(make_article(published=datetime(1935, 5, 31, tzinfo=UTC)))

    page = client.get("/search/").content.decode()

    assert "2 articles, 1935 to 2026" in page
    assert 'href="?from=1935&amp;to=1935"' in page
    assert '<a href="/places/quetta/"><bdi>Quetta</bdi></a> <span>1</span>' in page
    assert 'href="/tags/?order=most"' in page


def test_what_was_taken_out_of_search_is_not_told_of_without_a_question(client, quake, listed):
    gone = make_article(deindexed_at=datetime(2026, 1, 1, tzinfo=UTC), tags=[*quake.tags.all()])
    listed(gone)

    page = client.get("/search/").content.decode()

    assert 'id="whole">1 article<' in page
    assert '<a href="/tags/earthquakes/"><bdi>earthquakes</bdi></a> <span>1</span>' in page


def test_a_search_leads_to_its_feed_and_to_the_api(client, quake):
    page = client.get("/search/?q=shock&place=quetta").content.decode()

    asks = "?q=shock&amp;place=quetta"
    assert f'href="/search/feed/{asks}"' in page
    assert f'href="/api/v1/articles/{asks}"' in page


def test_what_was_typed_as_a_field_has_left_the_box_and_is_in_force(client, quake):
    page = client.get("/search/?q=shock place:quetta from:2020").content.decode()

    assert 'name="q" value="shock"' in page
    assert 'name="place" value="quetta"' in page
    assert 'name="from" value="2020"' in page


def test_what_cannot_be_read_stays_as_it_was_typed(client):
    page = client.get("/search/?q=gas&from=yesterday").content.decode()

    assert 'name="q" value="gas"' in page
    assert 'name="from" value="yesterday"' in page


@pytest.mark.parametrize(
    "slip", ["from=20x", "person=nobody", "tag=earthquakes,nothing", "to=1999", "page=501", "x=y"]
)
def test_what_could_be_read_stays_beside_what_could_not(client, quake, slip):
    asked = "q=shock&place=quetta&tag=earthquakes&order=oldest&from=2020"
    answer = client.get(f"/search/?{asked}&{slip}")

    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'name="q" value="shock"' in page
    for name, value in (("place", "quetta"), ("tag", "earthquakes"), ("order", "oldest")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert f'name="from" value="{"20x" if "from" in slip else "2020"}"' in page
    assert f'name="to" value="{"1999" if "to=" in slip else ""}"' in page


def test_of_too_many_values_the_first_stay(client):
    for number in range(21):
        make_place(f"Town {number}", slug=f"town-{number}")
    slugs = [f"town-{number}" for number in range(21)]

    answer = client.get(f"/search/?place={','.join(slugs)}")

    assert answer.status_code == 400
    stay = re.findall(r'<input type="hidden" name="place" value="(.*?)">', answer.content.decode())
    assert stay == slugs[:20]


def test_best_match_ends_where_ranking_does_and_says_so(client, listed, monkeypatch):
    monkeypatch.setattr("articles.search.finding.results.RANKED", 40)
    monkeypatch.setattr("articles.pages.search.RANKED", 40)
    listed(*(make_article(paragraphs=["The same word."]) for _ in range(41)))

    page = client.get("/search/?q=word&order=relevance").content.decode()

    assert "More than 40 articles" in page
    assert "The newest 40 were ranked." in page
    assert 'href="?q=word&amp;order=relevance&amp;page=2"' in page
    assert "page=3" not in page
    last = client.get("/search/?q=word&order=relevance&page=2").content.decode()
    assert last.count("<h3>") == 20
    assert "page=3" not in last
    beyond = client.get("/search/?q=word&order=relevance&page=3")
    assert beyond.status_code == 400
    assert "Pages end at 2." in beyond.content.decode()
    newest = client.get("/search/?q=word&page=3").content.decode()
    assert newest.count("<h3>") == 1
    assert "were ranked" not in newest


def test_a_slip_is_asked_about_with_what_was_changed_marked(client, quake):
    page = client.get("/search/?q=shok%20Quetta").content.decode()

    assert "Nothing found" in page
    assert "Did you mean" in page
    assert '<a href="?q=shock+Quetta"><bdi><b>shock</b> Quetta</bdi></a>?' in page
    assert "Did you mean" not in client.get("/search/?q=shock").content.decode()


def test_what_was_taken_otherwise_is_said(client, quake):
    page = client.get("/search/?q=shock place:nowhere").content.decode()

    assert "There is no place “nowhere”" in page


def test_nothing_at_all_in_the_archive_is_a_page_too(client):
    assert "No articles yet" in client.get("/search/").content.decode()


def test_a_field_typed_into_the_box_becomes_a_label_and_leaves_it(client, quake):
    page = client.get("/search/", {"q": "shock place:Quetta before:2027"}).content.decode()

    assert quake.path in page
    assert 'name="q" value="shock"' in page
    assert 'name="place" value="quetta"' in page
    assert 'name="to" value="2026"' in page
    assert '<a href="?q=shock&amp;to=2026"><span class="unseen">Remove </span>' in page
    assert 'href="/search/feed/?q=shock&amp;place=quetta&amp;to=2026"' in page
    assert quake.path in client.get("/search/feed/?q=place:Quetta").content.decode()


def test_a_field_that_names_nothing_is_searched_for_as_words_and_the_page_says_so(client, quake):
    page = client.get("/search/", {"q": "place:shock"}).content.decode()

    assert quake.path in page
    assert "There is no place “shock”; searched for the words instead." in page
