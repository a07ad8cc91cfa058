"""Lists of articles: who is in them, in what order, how many, and at what cost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from articles import listings
from articles.listings import Listing, day_bounds, month_bounds
from articles.models import (
    Article,
    ListingCount,
    ListingKind,
    ListingTotal,
    MentionRole,
    MentionState,
    Person,
    Status,
)
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

pytestmark = pytest.mark.django_db

ARCHIVE = Listing(ListingKind.ARCHIVE)


def articles_of(listing: Listing, number: int = 1, size: int = 20) -> list[Article]:
    return listing.page(number, size).articles


def moment(month: int, day: int = 1, year: int = 2020) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def total(kind: ListingKind, key: int) -> int:
    return ListingTotal.objects.get(kind=kind, key=key).count


def test_the_newest_comes_first() -> None:
    dates = [moment(3), moment(1), moment(2)]
    march, january, february = [make_article(published=date) for date in dates]
    listings.refresh([march.pk, january.pk, february.pk])

    assert articles_of(ARCHIVE) == [march, february, january]
    assert ARCHIVE.months() == {202003: 1, 202002: 1, 202001: 1}


def test_a_place_lists_the_articles_of_the_places_inside_it() -> None:
    country = make_place("Pakistan")
    province = make_place("Balochistan", parent=country)
    town = make_place("Quetta", parent=province)
    article = make_article()
    make_mention(article, town)
    listings.refresh([article.pk])

    for place in (town, province, country):
        assert articles_of(Listing(ListingKind.PLACE, place.pk)) == [article]


def test_a_place_has_a_list_of_what_is_about_itself_alone() -> None:
    province = make_place("Balochistan")
    town = make_place("Quetta", parent=province)
    about_town, about_both = make_article(dateline_place=town), make_article()
    for article, place in ((about_town, town), (about_both, town), (about_both, province)):
        make_mention(article, place)
    listings.refresh([about_town.pk, about_both.pk])

    assert articles_of(Listing(ListingKind.PLACE_ITSELF, province.pk)) == [about_both]
    assert Listing(ListingKind.PLACE, province.pk).count() == 2
    assert Listing(ListingKind.DATELINE_ITSELF, town.pk).count() == 1
    assert Listing(ListingKind.DATELINE_ITSELF, province.pk).count() == 0


def test_each_list_has_a_total_of_all_its_months() -> None:
    tag = make_tag("floods")
    march, january = [make_article(published=moment(month), tags=[tag]) for month in (3, 1)]
    listings.refresh([march.pk, january.pk])
    assert total(ListingKind.TAG, tag.pk) == 2

    march.status = Status.WITHDRAWN
    march.save()
    listings.refresh([march.pk])
    assert total(ListingKind.TAG, tag.pk) == 1


def test_filed_from_and_about_are_two_lists() -> None:
    capital = make_place("Islamabad")
    article = make_article(dateline_place=capital)
    make_mention(article, capital, role=MentionRole.FILED_FROM)
    listings.refresh([article.pk])

    assert articles_of(Listing(ListingKind.DATELINE, capital.pk)) == [article]
    assert articles_of(Listing(ListingKind.PLACE, capital.pk)) == []


def test_every_relation_has_its_list() -> None:
    section, author, tag = make_section(), make_author(), make_tag()
    person, organisation = make_person(), make_organisation()
    article = make_article(section=section, authors=[author], tags=[tag])
    make_mention(article, person, state=MentionState.LINKED)
    make_mention(article, organisation)
    listings.refresh([article.pk])

    for kind, key in [
        (ListingKind.SECTION, section.pk),
        (ListingKind.AUTHOR, author.pk),
        (ListingKind.TAG, tag.pk),
        (ListingKind.PERSON, person.pk),
        (ListingKind.ORGANISATION, organisation.pk),
    ]:
        assert articles_of(Listing(kind, key)) == [article]


@pytest.mark.parametrize("state", [MentionState.SUGGESTED, MentionState.REJECTED])
def test_what_nobody_vouches_for_is_not_listed(state: MentionState) -> None:
    person, article = make_person(), make_article()
    make_mention(article, person, state=state)
    listings.refresh([article.pk])

    assert Listing(ListingKind.PERSON, person.pk).count() == 0


def test_a_withdrawn_article_leaves_every_list_and_count() -> None:
    tag = make_tag()
    article = make_article(tags=[tag])
    listings.refresh([article.pk])

    article.status = Status.WITHDRAWN
    article.save()
    listings.refresh([article.pk])

    for listing in (ARCHIVE, Listing(ListingKind.TAG, tag.pk)):
        assert (articles_of(listing), listing.count()) == ([], 0)


def test_a_scheduled_article_appears_by_itself(time_machine: TimeMachineFixture) -> None:
    due = timezone.now() + timedelta(hours=1)
    article = make_article(published=due, status=Status.SCHEDULED)
    listings.refresh([article.pk])

    assert (articles_of(ARCHIVE), ARCHIVE.count()) == ([], 0)
    time_machine.move_to(due + timedelta(seconds=1))
    assert (articles_of(ARCHIVE), ARCHIVE.count()) == ([article], 1)


def test_a_count_takes_one_query_whatever_is_due_or_was_taken_out_of_search(
    time_machine: TimeMachineFixture, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    due = timezone.now() + timedelta(hours=1)
    there = [make_article(), make_article()]
    later = [make_article(published=due, status=Status.SCHEDULED) for _ in range(3)]
    listings.refresh([article.pk for article in there + later])
    Article.objects.filter(pk__in=[there[0].pk, later[0].pk]).update(deindexed_at=timezone.now())
    findable = replace(ARCHIVE, findable=True)

    for listing, now, then in ((ARCHIVE, 2, 5), (findable, 1, 3)):
        time_machine.move_to(due - timedelta(minutes=1))
        with django_assert_num_queries(1):
            assert listing.count() == now
        time_machine.move_to(due + timedelta(minutes=1))
        assert listing.count() == then


def test_an_embargo_outlasts_the_publication_time() -> None:
    article = make_article(embargo_until=timezone.now() + timedelta(hours=1))
    listings.refresh([article.pk])

    assert ARCHIVE.count() == 0
    assert not Article.objects.public().exists()


def test_refreshing_twice_counts_once() -> None:
    article = make_article()
    listings.refresh([article.pk])
    listings.refresh([article.pk])

    assert ARCHIVE.count() == 1


def test_moving_an_article_in_time_moves_its_count() -> None:
    article = make_article(published=moment(3))
    listings.refresh([article.pk])
    article.published_at = moment(4)
    article.save()
    listings.refresh([article.pk])

    assert ARCHIVE.months() == {202004: 1}


def test_rebuilding_gives_the_same() -> None:
    articles = [make_article(published=moment(month)) for month in (1, 1, 2)]
    listings.refresh(article.pk for article in articles)
    before = ARCHIVE.months(), articles_of(ARCHIVE)
    ListingCount.objects.update(count=99)

    listings.rebuild()

    assert (ARCHIVE.months(), articles_of(ARCHIVE)) == before


def test_pages_together_are_the_whole_list_in_order() -> None:
    articles = [make_article(published=moment(month)) for month in (1, 1, 1, 2, 2, 4, 5)]
    listings.refresh(article.pk for article in articles)

    pages = [ARCHIVE.page(number, 2) for number in (1, 2, 3, 4)]

    assert [article for page in pages for article in page.articles] == articles[::-1]
    assert [page.has_next for page in pages] == [True, True, True, False]
    assert {page.page_count for page in pages} == {4}
    assert ARCHIVE.page(5, 2).articles == []


def test_a_span_of_time_cuts_months_exactly() -> None:
    days = [moment(2, 1), moment(2, 2), moment(2, 2), moment(3, 1)]
    articles = [make_article(published=day) for day in days]
    listings.refresh(article.pk for article in articles)

    day = Listing(ListingKind.ARCHIVE, 0, *day_bounds(moment(2, 2).date()))
    month = Listing(ListingKind.ARCHIVE, 0, *month_bounds(202002))

    assert articles_of(day) == [articles[2], articles[1]]
    assert day.months() == {202002: 2}
    assert month.count() == 3
    assert month.page(2, 2).articles == [articles[0]]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_page_costs_the_same_however_deep(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    articles = [make_article(published=moment(1 + n % 12, year=1990 + n)) for n in range(30)]
    listings.refresh(article.pk for article in articles)

    with django_assert_max_num_queries(4):
        assert len(ARCHIVE.page(number, 1).articles) == 1


def test_refreshing_many_costs_as_many_queries_as_refreshing_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    tag, place = make_tag(), make_place(parent=make_place())
    articles = [make_article(tags=[tag]) for _ in range(20)]
    for article in articles:
        make_mention(article, place)

    with django_assert_max_num_queries(16):
        listings.refresh(article.pk for article in articles)


def test_a_name_is_public_once_a_public_article_carries_it() -> None:
    person = make_person()
    draft, article = make_article(published=None), make_article()
    make_mention(draft, person)
    listings.refresh([draft.pk, article.pk])
    people = Person.objects.all()
    assert not listings.listed(people, ListingKind.PERSON).exists()

    make_mention(article, person)
    listings.refresh([article.pk])
    assert listings.listed(people, ListingKind.PERSON).get() == person


def test_a_list_can_be_read_from_its_oldest_article_on() -> None:
    dates = [moment(month, day) for month in (1, 2, 3) for day in (1, 2)]
    articles = [make_article(published=date) for date in dates]
    later = make_article(published=timezone.now() + timedelta(days=1), status=Status.SCHEDULED)
    listings.refresh([article.pk for article in [*articles, later]])

    pages = [ARCHIVE.page(number, 4, oldest_first=True).articles for number in (1, 2, 3)]

    assert pages == [articles[:4], articles[4:], []]
    assert ARCHIVE.ends() == [articles[0], articles[-1]]


def test_a_list_has_its_ends_without_what_was_taken_out_of_search() -> None:
    dates = [moment(month, 1) for month in (1, 2, 3, 4)]
    articles = [make_article(published=date) for date in dates]
    for article in (articles[0], articles[-1]):
        Article.objects.filter(pk=article.pk).update(deindexed_at=timezone.now())
    listings.refresh([article.pk for article in articles])
    findable = replace(ARCHIVE, findable=True)

    assert findable.ends() == articles[1:3]
    assert findable.page(1, oldest_first=True).articles == articles[1:3]


def test_a_list_of_one_article_has_one_end() -> None:
    article = make_article()
    listings.refresh([article.pk])

    assert ARCHIVE.ends() == [article]
