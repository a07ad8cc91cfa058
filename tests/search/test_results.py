from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import listings, search
from articles.models import Article, Containment, MentionState, Status
from articles.search import Count, CriteriaError
from articles.search.finding.matching import newest_matches
from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)
from tests.search.archive import counted, criteria, headlines, index, publish

pytestmark = pytest.mark.django_db


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_an_article_is_found_by_any_word_of_its_headline_summary_and_text():
    publish("Gas reaches Quetta", summary="A pipeline opens.", paragraphs=["Crowds cheered."])
    publish("Rain in Lahore")
    for word in ("gas", "QUETTA", "pipeline", "crowds"):
        assert headlines(q=word) == ["Gas reaches Quetta"]
    assert headlines(q="snow") == []


def test_all_words_must_be_there_in_any_order():
    publish("Gas field at Sui", paragraphs=["It was found in 1952."])
    assert headlines(q="sui gas found") == ["Gas field at Sui"]
    assert headlines(q="sui oil") == []


def test_quoted_words_stand_together_and_within_one_field():
    publish("Gas field at Sui", paragraphs=["Engineers came."])
    publish("A field of gas")
    assert headlines(q='"gas field"') == ["Gas field at Sui"]
    assert headlines(q='"sui engineers"') == []


def test_what_was_taken_out_of_search_since_the_index_was_read_is_not_shown():
    article = publish("Gas field")
    Article.objects.filter(pk=article.pk).update(deindexed_at=timezone.now())
    assert headlines(q="gas") == headlines(q="gas", order="relevance") == []


def test_or_minus_and_star():
    publish("Wheat", published=at(2001))
    publish("Cotton", published=at(2002))
    publish("Cottage", published=at(2003))
    assert headlines(q="wheat OR cotton") == ["Cotton", "Wheat"]
    assert headlines(q="cott*") == ["Cottage", "Cotton"]
    assert headlines(q="cott* -cottage") == ["Cotton"]
    assert headlines(q="-cotton") == ["Cottage", "Wheat"]
    assert headlines(q="cott") == []


def test_accents_letter_variants_apostrophes_and_possessives_do_not_matter():
    publish("Café opens", published=at(2001))
    publish("كوئته میں بارش", published=at(2002))
    publish("Pakistan’s port", published=at(2003))
    publish("Qalʿa-e Nau", published=at(2004))
    assert headlines(q="cafe") == ["Café opens"]
    assert headlines(q="کوئٹہ OR کوئتہ") == ["كوئته میں بارش"]
    assert headlines(q="pakistan") == ["Pakistan’s port"]
    assert headlines(q="Qala-e-Nau") == ["Qalʿa-e Nau"]


def test_an_article_is_found_by_the_full_names_of_what_it_names():
    article = publish(
        "Minister speaks",
        about=[make_person("Sarfraz Bugti"), make_place("Dera Bugti")],
        authors=[make_author("Ayesha Khan")],
        tags=[make_tag("budget")],
    )
    rejected = make_person("Somebody Else")
    make_mention(article, rejected, state=MentionState.REJECTED)
    index(article)
    for text in ("sarfraz", '"ayesha khan"', "budget"):
        assert headlines(q=text) == ["Minister speaks"]
    assert headlines(q="somebody") == []
    assert headlines(q='"bugti dera"') == []  # no phrase runs from one name into the next


def test_an_article_is_found_by_any_spelling_and_script_of_what_it_names():
    nushki = make_place("Nushki", names=["Noshki", "نوشکی"])
    bugti = make_person("Sarfraz Bugti", names=["سرفراز بگٹی"])
    bla = make_organisation("Balochistan Liberation Army", names=["BLA"])
    publish("Attack on a post", about=[nushki, bugti, bla])
    for text in ("noshki", "نوشکی", '"سرفراز بگٹی"', "bla"):
        assert headlines(q=text) == ["Attack on a post"]


def test_each_parameter_narrows():
    pakistan = make_place("Pakistan")
    quetta, gwadar = make_place("Quetta", pakistan), make_place("Gwadar", pakistan)
    person, organisation = make_person("Mohsin Naqvi"), make_organisation("Pakistan Television")
    tag, section, author = make_tag("ports"), make_section("World"), make_author("Desk")
    publish(
        "All of it",
        about=[quetta, person, organisation],
        dateline_place=gwadar,
        tags=[tag],
        section=section,
        authors=[author],
        language="en-GB",
    )
    publish("Nothing of it", language="ur")
    for parameter, value in {
        "place": "pakistan",
        "dateline": "gwadar",
        "person": "mohsin-naqvi",
        "organisation": str(organisation.pk),
        "tag": "ports",
        "section": "world",
        "author": "desk",
        "language": "en",
    }.items():
        assert headlines(**{parameter: value}) == ["All of it"], parameter
        assert headlines(**{parameter: value, "q": "of"}) == ["All of it"], parameter
    assert headlines(place="gwadar") == []
    assert headlines(tag="ports", language="ur") == []


def test_a_comma_asks_for_both_and_a_bar_for_either():
    red, blue = make_tag("red"), make_tag("blue")
    publish("Red", tags=[red], published=at(2001))
    publish("Blue", tags=[blue], published=at(2002))
    publish("Both", tags=[red, blue], published=at(2003))
    assert headlines(tag="red,blue") == ["Both"]
    assert headlines(tag="red|blue") == ["Both", "Blue", "Red"]


@pytest.mark.parametrize("more", [{}, {"q": "article"}, {"order": "oldest"}])
def test_both_ends_of_a_span_are_included(more, settings):
    settings.TIME_ZONE = "Asia/Karachi"
    karachi = ZoneInfo("Asia/Karachi")
    for year in (1947, 1969, 1970, 2025):
        last_second = datetime(year, 12, 31, 23, 59, 59, tzinfo=karachi)
        publish(f"Article {year}", published=last_second)
    publish("Article 2026", published=datetime(2026, 1, 1, tzinfo=karachi))

    def years(**params: str) -> list[int]:
        found = [int(headline[-4:]) for headline in headlines(**params, **more)]
        return found[::-1] if more.get("order") == "oldest" else found

    assert years() == [2026, 2025, 1970, 1969, 1947]
    assert years(to="2025") == [2025, 1970, 1969, 1947]
    assert years(from_="2026-01-01") == [2026]
    assert years(from_="1969-12-31", to="1969-12-31") == [1969]
    assert years(from_="1970", to="2025-12") == [2025, 1970]
    assert years(from_="1000", to="9998") == [2026, 2025, 1970, 1969, 1947]


def test_orders():
    publish("Old news of floods", published=at(2001), paragraphs=["Water."])
    publish("Floods", published=at(2002))
    publish("Weather", published=at(2003), paragraphs=["Floods, floods and floods."])
    publish("More weather", published=at(2004), paragraphs=["No floods but rain fell all day."])
    newest = ["More weather", "Weather", "Floods", "Old news of floods"]
    assert headlines(q="floods") == newest
    assert headlines(q="floods", order="oldest") == newest[::-1]
    relevance = headlines(q="floods", order="relevance")
    assert set(relevance[:2]) == {"Floods", "Old news of floods"}
    assert relevance[2:] == ["Weather", "More weather"]


def test_what_is_not_public_is_not_found_and_not_counted():
    publish("Gas draft", published=None)
    publish("Gas withdrawn", status=Status.WITHDRAWN)
    publish("Gas later", published=timezone.now() + timedelta(hours=1))
    assert headlines(q="gas") == []
    assert counted(criteria(q="gas")) == Count(0)
    assert search.facets(criteria(q="gas")).sample == 0
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert headlines(q="gas") == ["Gas later"]


def test_the_index_follows_every_change():
    article = publish("Gas field", published=at(2020), paragraphs=["Sui."])
    article.headline, article.published_at = "Oil field", at(1952)
    article.save()
    index(article)
    assert headlines(q="gas") == []
    assert headlines(q="oil", to="1952") == ["Oil field"]
    article.status = Status.WITHDRAWN
    article.save()
    index(article)
    assert headlines(q="oil") == []


def test_a_deleted_article_leaves_the_index_with_it():
    article = publish("Gas field")
    other = publish("Gas port")
    article.delete()
    assert headlines(q="gas") == ["Gas port"]
    assert counted(criteria(q="gas")) == Count(1)
    search.refresh([other.pk])
    assert headlines(q="gas") == ["Gas port"]


@pytest.mark.django_db(transaction=True)
def test_an_emptied_archive_has_an_empty_index():
    publish("Gas field")
    call_command("flush", interactive=False)
    publish("Gas port")
    assert counted(criteria(q="gas")) == Count(1)


def test_rebuilding_restores_what_was_lost():
    articles = [make_article(f"Gas {year}", published=at(year)) for year in (1952, 1960, 2001)]
    listings.refresh([article.pk for article in articles])
    assert headlines(q="gas") == []
    done: list[int] = []
    assert search.rebuild(done.append) == 3
    assert done == [3]
    assert headlines(q="gas") == ["Gas 2001", "Gas 1960", "Gas 1952"]


def test_pages_follow_each_other_without_gap_or_overlap():
    names = [publish(f"Gas {n:02}", published=at(2000, 1, n)).headline for n in range(1, 8)]
    found, page = [], 1
    while True:
        results = search.find(criteria(q="gas"), page=page, size=3)
        found += [article.headline for article in results.articles]
        assert results.count == Count(7)
        assert results.has_previous == (page > 1)
        if not results.has_next:
            break
        page += 1
    assert found == names[::-1]
    assert search.find(criteria(q="gas"), page=9).articles == []


def test_pages_of_a_search_end_where_they_would_become_slow():
    with pytest.raises(CriteriaError, match="Pages end at 500"):
        search.find(criteria(q="gas"), page=501)


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("filters", [{"q": "gas"}, {"q": "gas", "tag": "fuel"}])
def test_cursors_lead_through_all_matches_and_back(order, filters):
    tag = make_tag("fuel")
    moment = at(2000)
    for number in range(7):  # some published in the same second
        publish(f"Gas {number}", published=moment + timedelta(hours=number // 2), tags=[tag])
    asked = criteria(**filters, order=order)
    everything = [article.pk for article in search.find(asked).articles]
    forwards, after = [], None
    while True:
        part = search.find_after(asked, after, size=3)
        forwards += part.article_ids
        assert part.has_previous == (after is not None)
        after = part.last
        if not part.has_next:
            break
    assert forwards == everything
    part = search.find_after(asked, after, size=4, backwards=True)
    assert part.article_ids == everything[2:6]
    assert part.has_next
    assert part.has_previous


def test_cursors_are_not_shaken_by_new_articles():
    made = [publish(f"Gas {number}", published=at(2000, 1, number + 1)).pk for number in range(4)]
    first = search.find_after(criteria(q="gas"), None, size=2)
    publish("Gas news", published=at(2001))
    second = search.find_after(criteria(q="gas"), first.last, size=2)
    assert second.article_ids == [made[1], made[0]]


def test_the_last_page_of_what_is_ranked_says_that_more_match(monkeypatch):
    monkeypatch.setattr("articles.search.finding.results.RANKED", 4)
    for _ in range(7):
        publish("Gas")
    last = search.find(criteria(q="gas", order="relevance"), page=2, size=2)
    assert (len(last.articles), last.has_next) == (2, False)
    assert last.count == Count(4, is_exact=False)


def test_counts_say_when_they_are_only_a_lower_bound(monkeypatch):
    monkeypatch.setattr("articles.search.finding.slices.COUNTED", 3)
    monkeypatch.setattr("articles.search.finding.results.READ", 2)
    tag = make_tag("fuel")
    for _ in range(5):
        publish("Gas", tags=[tag])
    assert counted(criteria(q="gas")) == Count(3, is_exact=False)
    assert counted(criteria(q="gas"), exact=True) == Count(5)
    assert search.find(criteria(tag="fuel")).count == Count(5)
    results = search.find(criteria(q="gas"), size=1)
    assert results.count == Count(2, is_exact=False)
    further = search.find(criteria(q="gas"), size=1, page=4)
    assert further.count == Count(4, is_exact=False)


@pytest.mark.parametrize("text", ["!!!", "🎉", "-", '""', "*", "OR AND"])
def test_text_without_a_word_finds_nothing(text):
    publish("Gas")
    assert headlines(q=text) == []
    assert search.find_after(criteria(q=text), None, size=5).article_ids == []
    assert counted(criteria(q=text)) == Count(0)
    assert search.facets(criteria(q=text)).facets == ()


def test_a_very_long_article_and_a_very_long_word_are_indexed():
    words = [f"w{number}" for number in range(60_000)]
    publish("Long", paragraphs=["ک" * 5_000, "first and second", " ".join(words)])
    assert headlines(q='"first and second" w100') == ["Long"]
    assert headlines(q="ک" * 900) == ["Long"]


def test_a_search_costs_the_same_queries_however_much_it_finds():
    pakistan, tag, section = make_place("Pakistan"), make_tag("fuel"), make_section("World")
    counts = []
    for number in (1, 2):
        for _ in range(number * 4):
            about = [make_place(parent=pakistan), make_person(), make_organisation()]
            publish("Gas", about=about, tags=[tag], section=section)
        asked = criteria(q="gas", place="pakistan", tag="fuel", section="world")
        with CaptureQueriesContext(connection) as find_queries:
            results = search.find(asked, size=3)
            for article in results.articles:
                assert article.section
                assert article.body
        with CaptureQueriesContext(connection) as facet_queries:
            search.facets(asked, newest=results.newest)
        counts.append((len(find_queries), len(facet_queries)))
    assert counts[0] == counts[1]
    assert counts[0] <= (4, 7)


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("number", [1, 3, 4, 5, 9])
def test_what_was_read_for_a_page_is_what_facets_are_counted_over(order, number, monkeypatch):
    monkeypatch.setattr("articles.search.finding.results.READ", 4)
    monkeypatch.setattr("articles.search.finding.results.RANKED", 4)
    for day in range(1, number + 1):
        publish("Gas", published=at(2000, 1, day))
    asked = criteria(q="gas", order=order)
    for page in (1, 2):
        newest = search.find(asked, page=page, size=2).newest
        if order == "oldest" and number > 4:
            assert newest is None, "the oldest were read"
        else:
            assert newest == newest_matches(asked, 5)


def test_old_articles_are_counted_with_the_new(monkeypatch):
    for year in (1950, 1960, 1961, 2001, 2019, 2020):
        publish(f"Gas in {year}", published=at(year))
    for q, number in {"gas": 6, "gas 2020": 1, "gas -1960": 5, "gas NEAR 1950": 1}.items():
        assert counted(criteria(q=q)) == Count(number)
    monkeypatch.setattr("articles.search.finding.slices.COUNTED", 3)
    assert counted(criteria(q="gas")) == Count(3, is_exact=False)
    assert counted(criteria(q="gas"), exact=True) == Count(6)


def test_reading_the_parameters_costs_one_query_and_one_for_the_forms_of_words(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    publish(tags=[make_tag(name) for name in ("red", "blue", "green")])
    make_place("Quetta"), make_section("World")
    with django_assert_num_queries(2):
        criteria(tag="red|blue,-green", place="quetta", section="-world", q="gas", language="en")
    with django_assert_num_queries(1):
        criteria(q="gas", from_="1990", language="en")
    with django_assert_num_queries(0):
        criteria(q='"gas field" -oil min* 1990', language="en")


def test_indexing_many_articles_costs_the_queries_of_a_few():
    ids = [make_article().pk for _ in range(12)]
    listings.refresh(ids)
    search.refresh(ids)  # their words are known from then on
    with CaptureQueriesContext(connection) as for_many:
        search.refresh(ids)
    with CaptureQueriesContext(connection) as for_one:
        search.refresh(ids[:1])
    assert len(for_many) == len(for_one) <= 11


def test_containers_are_found_through_what_lies_in_them():
    balochistan = make_place("Balochistan")
    quetta = make_place("Quetta", balochistan)
    publish("Bazaar", about=[quetta])
    assert Containment.objects.count() == 1
    assert headlines(place="balochistan", q="bazaar") == ["Bazaar"]
