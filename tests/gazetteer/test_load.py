"""Loading the packaged places: by country, with hierarchy, and never over an editor's work."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import vocabulary
from articles.gazetteer.load import load
from articles.models import Place, PlaceKind, PlaceName
from tests.factories import make_place

pytestmark = pytest.mark.django_db


def test_a_country_comes_with_its_towns_and_every_other_as_a_country() -> None:
    load(["pk"])

    quetta = Place.objects.get(slug="quetta")
    assert [str(place) for place in Place.objects.chain(quetta)] == ["Pakistan", "Balochistan"]
    assert quetta in Place.objects.inside(Place.objects.get(slug="pakistan"))
    assert quetta.names.filter(name="کوئٹہ").exists()
    assert Place.objects.filter(slug="france").exists()
    assert not Place.objects.filter(slug="paris").exists()


def test_a_second_load_adds_what_is_new_and_leaves_what_editors_made() -> None:
    load(["PK"])
    Place.objects.filter(slug="quetta").update(name="Quetta City")
    names = PlaceName.objects.count()

    assert load(["PK"]).added == 0
    assert load(["AF"]).added > 0
    assert Place.objects.get(slug="quetta").name == "Quetta City"
    assert Place.objects.filter(slug="kabul").exists()
    assert PlaceName.objects.filter(place__country_code="PK").count() <= names


def test_new_places_lie_in_what_editors_put_around_their_country() -> None:
    load(["AF"])
    pakistan = Place.objects.get(slug="pakistan")
    pakistan.parent = make_place("South Asia", kind=PlaceKind.REGION)
    pakistan.save()
    vocabulary.put_in_place(pakistan)
    load(["PK"])

    chain = Place.objects.chain(Place.objects.get(slug="quetta"))
    assert [str(place) for place in chain] == ["South Asia", "Pakistan", "Balochistan"]


def test_the_best_known_place_of_a_name_has_the_plain_slug() -> None:
    load(["PK", "IN"])

    assert Place.objects.get(slug="islamabad").kind == "city"
    assert Place.objects.get(slug="punjab").country_code == "PK"
    assert Place.objects.filter(name="Punjab", country_code="IN").exists()


def test_a_country_that_is_none_is_named() -> None:
    with pytest.raises(CommandError, match="no country QQ"):
        call_command("load_gazetteer", "QQ", stdout=StringIO())
