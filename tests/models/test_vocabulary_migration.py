"""What an archive has of lists and mentions is filled into the tables that came later."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from articles import listings
from articles.models import (
    ListingCount,
    ListingEntry,
    ListingKind,
    ListingTotal,
    Mention,
    MentionRole,
    MentionState,
    Place,
)
from tests.factories import make_article, make_mention, make_place

migration = import_module("articles.migrations.0008_vocabulary_filled_in")

ITSELF = [ListingKind.PLACE_ITSELF, ListingKind.DATELINE_ITSELF]


class Editor:
    connection = connection


@pytest.mark.django_db
def test_the_lists_of_places_by_themselves_and_the_totals_of_all_lists() -> None:
    province = make_place("Balochistan")
    town = make_place("Quetta", parent=province)
    articles = [make_article(dateline_place=town) for _ in range(3)]
    for article in articles:
        make_mention(article, town)
        make_mention(article, town, role=MentionRole.FILED_FROM)
        make_mention(article, province, state=MentionState.SUGGESTED)
    ids = [article.pk for article in articles]
    listings.refresh(ids)
    ListingEntry.objects.filter(kind__in=ITSELF).delete()
    ListingCount.objects.filter(kind__in=ITSELF).delete()
    ListingTotal.objects.all().delete()

    migration.count_lists(apps, Editor)
    migration.list_places_by_themselves(apps, Editor)

    assert listings.compare(ids) == (set(), set())
    assert not list(listings.miscounts())
    assert not list(listings.mistotals())
    assert ListingTotal.objects.get(kind=ListingKind.PLACE, key=province.pk).count == 3

    migration.unlist_places_by_themselves(apps, Editor)
    assert not ListingEntry.objects.filter(kind__in=ITSELF).exists()


@pytest.mark.django_db
def test_the_words_of_suggestions_are_folded() -> None:
    mention = make_mention(make_article(), make_place("Nushki"), state=MentionState.SUGGESTED)
    Mention.objects.update(quote="NÚSHKI", folded="")

    migration.fold_suggestions(apps, Editor)

    mention.refresh_from_db()
    assert mention.folded == "nushki"


@pytest.mark.django_db
def test_roles_that_are_there_get_the_new_permissions() -> None:
    for group in Group.objects.all():
        group.permissions.clear()

    migration.make_roles(apps, Editor)

    def may(role: str) -> set[str]:
        return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))

    assert may("Archivist") == {"merge_entities", "view_merge", "link_archive", "view_linkingrun"}
    assert may("Editor") == {"view_merge", "link_archive", "view_linkingrun"}
    assert may("Reporter") == may("Moderator") == set()


@pytest.mark.django_db
def test_of_two_that_claim_one_wikidata_item_the_first_keeps_it() -> None:
    first, second = make_place("Quetta"), make_place("Kwatah")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX place_wikidata_once")
    Place.objects.update(wikidata_id="Q185458")

    migration.leave_each_wikidata_number_once(apps, Editor)

    assert [*Place.objects.order_by("pk").values_list("pk", "wikidata_id")] == [
        (first.pk, "Q185458"),
        (second.pk, ""),
    ]


@pytest.mark.django_db
def test_a_place_has_both_coordinates_or_neither() -> None:
    place = make_place("Quetta", latitude=30.19, longitude=67.0)
    place.longitude = None

    with pytest.raises(ValidationError, match="Give both latitude"):
        place.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save()

    migration.forget_half_a_position(apps, Editor)
    place.refresh_from_db()
    assert place.longitude == 67.0
