"""Which entries are said to be perhaps one, and which are not."""

from datetime import date

import pytest
from django.core.management import call_command

from articles.models import Duplicate, PlaceKind, Position, VocabularyKind
from articles.vocabulary.duplicates import dismiss, find, find_recent
from articles.vocabulary.duplicates.spelling import distance, is_near, skeleton
from articles.vocabulary.merging import merge
from tests.factories import make_organisation, make_person, make_place, make_staff, make_tag

PLACE, PERSON = VocabularyKind.PLACE, VocabularyKind.PERSON


class TestSpelling:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("nushki", "noshki"),
            ("mohammad", "muhammad"),
            ("mohammed", "muhammad"),
            ("kalat", "qalat"),
            ("waziristan", "vaziristan"),
            ("sarfraz", "sarfaraz"),
            ("peshawar", "peshwar"),
        ],
    )
    def test_spellings_of_one_name_are_near(self, one: str, other: str) -> None:
        assert is_near(one, other)

    @pytest.mark.parametrize(
        ("one", "other"), [("khan", "jan"), ("ali", "adi"), ("lahore", "lhasa"), ("sibi", "sui")]
    )
    def test_other_names_are_not(self, one: str, other: str) -> None:
        assert not is_near(one, other)

    def test_transliterations_leave_one_skeleton(self) -> None:
        assert skeleton("nushki") == skeleton("noshki")
        assert skeleton("mohammed ali") == skeleton("muhammad ali")
        assert skeleton("ab") == ""

    def test_letters_swapped_with_their_neighbours_are_one_apart(self) -> None:
        assert distance("quetta", "queta", 2) == 1
        assert distance("quetta", "qeutta", 2) == 1
        assert distance("quetta", "karachi", 2) == 3


def pairs(kind: VocabularyKind) -> list[tuple[int, int, str]]:
    find(kind)
    waiting = Duplicate.objects.filter(kind=kind, is_dismissed=False)
    return list(waiting.values_list("first_id", "second_id", "reason"))


@pytest.mark.django_db
class TestPeople:
    def test_one_name_in_any_order_spelling_or_script(self) -> None:
        one = make_person("Muhammad Sarfraz Bugti", names=["سرفراز بگٹی"])
        other = make_person("Mohammad Sarfaraz Bugti")
        third = make_person("Somebody", names=["سرفراز بگٹی"])
        make_person("Shahzain Bugti")

        assert pairs(PERSON) == [
            (one.pk, third.pk, "both are called “سرفراز بگٹی”"),
            (one.pk, other.pk, "their names are spelt alike"),
        ]

    def test_a_surname_alone_says_nothing(self) -> None:
        make_person("Ghous Bakhsh Bizenjo", names=["Bizenjo"])
        make_person("Abdul Quddus Bizenjo", names=["Bizenjo"])
        assert pairs(PERSON) == []

    def test_two_in_the_same_position_at_the_same_time(self) -> None:
        one, other = make_person("Jam Kamal Khan"), make_person("Jam Kamal")
        one.names.create(name="Jaam Kamal", folded="jaam kamal")
        for person, year in ((one, 2018), (other, 2019)):
            Position.objects.create(
                person=person, title="Chief Minister", started_on=date(year, 1, 1)
            )
        assert [reason for *_, reason in pairs(PERSON)] == [
            "alike in name, and held the same position at the same time"
        ]

    def test_whom_wikidata_tells_apart_are_two(self) -> None:
        make_person("Imran Khan", wikidata_id="Q1")
        make_person("Imran Khan", wikidata_id="Q2")
        assert pairs(PERSON) == []


@pytest.mark.django_db
class TestPlaces:
    def test_alike_in_name_and_close_by(self) -> None:
        pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, country_code="PK")
        one = make_place("Nushki", pakistan, latitude=29.552, longitude=66.023)
        other = make_place("Noshki", pakistan, latitude=29.555, longitude=66.020)
        assert pairs(PLACE) == [(one.pk, other.pk, "alike in name, and 0.4 km apart")]

    def test_namesakes_elsewhere_are_two(self) -> None:
        make_place("Hyderabad", country_code="PK", latitude=25.4, longitude=68.4)
        make_place("Hyderabad", country_code="IN", latitude=17.4, longitude=78.5)
        make_place("Hyderabad", country_code="PK", latitude=31.0, longitude=72.0)
        assert pairs(PLACE) == []

    def test_a_name_spelt_alike_says_nothing_of_a_place_that_may_be_anywhere(self) -> None:
        make_place("Karachi")
        make_place("Kurichchi", country_code="IN", latitude=10.9, longitude=76.9)
        make_place("Lines")
        make_place("Linz", country_code="AT", latitude=48.3, longitude=14.3)
        assert pairs(PLACE) == []
        one, other = (
            make_place("Nushki", country_code="PK"),
            make_place("Noshki", country_code="PK"),
        )
        assert [pair[:2] for pair in pairs(PLACE)] == [(one.pk, other.pk)]

    def test_a_province_and_its_capital_are_two(self) -> None:
        province = make_place("Kandahar", kind=PlaceKind.DIVISION)
        make_place("Kandahar", province)
        assert pairs(PLACE) == []


@pytest.mark.django_db
class TestFinding:
    def test_organisations_and_tags_too(self) -> None:
        make_organisation("Edhi Foundation")
        make_organisation("Edhi Fundation")
        make_tag("gas supply")
        make_tag("Gas-supply")
        call_command("find_duplicates", verbosity=0)
        assert set(Duplicate.objects.values_list("kind", flat=True)) == {"organisation", "tag"}

    def test_organisations_of_which_a_word_differs_are_two(self) -> None:
        make_organisation("National Disaster Management Authority", names=["NDMA"])
        make_organisation("Provincial Disaster Management Authority", names=["PDMA"])
        assert pairs(VocabularyKind.ORGANISATION) == []

    def test_what_was_dismissed_stays_so(self) -> None:
        one, other = make_tag("polls"), make_tag("poll s")
        find(VocabularyKind.TAG)
        pair = Duplicate.objects.get()
        dismiss(pair, by=make_staff())
        find(VocabularyKind.TAG)
        assert Duplicate.objects.get() == pair
        assert Duplicate.objects.get().is_dismissed
        assert (pair.first_id, pair.second_id) == (one.pk, other.pk)

    def test_pairs_that_were_merged_or_are_alike_no_more_are_forgotten(self) -> None:
        one, other = make_person("Jam Kamal"), make_person("Jam Kamaal")
        third = make_person("Sana Baloch"), make_person("Sanna Baloch")
        assert len(pairs(PERSON)) == 2
        merge(one, other, by=None)
        third[1].name = "Akhtar Mengal"
        third[1].save()
        assert pairs(PERSON) == []

    def test_what_was_made_lately_is_compared_with_all(self) -> None:
        person = make_person("Jam Kamal")
        type(person).objects.update(updated_at="2020-01-01T00:00Z")
        find_recent()
        assert not Duplicate.objects.exists()
        make_person("Jam Kamaal")
        find_recent()
        assert Duplicate.objects.count() == 1

    def test_it_costs_the_same_queries_for_few_and_many(
        self, django_assert_max_num_queries: object
    ) -> None:
        for number in range(30):
            make_person(f"Person Number{number}x")
            make_person(f"Person Number{number}xx")
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            find(PERSON)
