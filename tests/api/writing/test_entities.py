"""Places, people, organisations, tags, sections and authors are written as at the desk."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.editing.roles import ROLES
from articles.listings import Listing
from articles.models import (
    AuditEntry,
    Author,
    ListingKind,
    Merge,
    Organisation,
    Person,
    Place,
    Scope,
    Section,
    Tag,
)
from articles.search import Criteria, find
from articles.vocabulary import finding
from tests import factories
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db

MODELS: dict[str, type[Model]] = {
    "places": Place,
    "people": Person,
    "organisations": Organisation,
    "tags": Tag,
    "sections": Section,
    "authors": Author,
}


@pytest.fixture
def archivist(db: None) -> Caller:
    return Caller("Archivist")


def found(words: str) -> int:
    return find(Criteria(q=words)).count.number


class TestAdding:
    def test_a_place_is_added_with_all_that_is_known_of_it(self, archivist: Caller) -> None:
        pakistan = factories.make_place("Pakistan", kind="country", country_code="PK")
        response = archivist.send(
            "POST",
            "places/",
            {
                "name": "Gwadar",
                "kind": "city",
                "description": "A port.",
                "parent": "pakistan",
                "latitude": 25.12,
                "longitude": 62.33,
                "country_code": "pk",
                "population": 90762,
                "geonames_id": 1177446,
                "wikidata_id": "https://www.wikidata.org/wiki/Q186192",
                "names": [{"name": "گوادر", "language": "ur", "is_preferred": True}],
            },
        )
        assert response.status_code == 201, response.content
        answer = response.json()
        assert response["Location"] == answer["url"]
        assert archivist.send("GET", answer["url"]).json() == answer
        assert archivist.send("GET", answer["url"])["ETag"] == response["ETag"]
        assert (answer["slug"], answer["country_code"]) == ("gwadar", "PK")
        assert (answer["wikidata_id"], answer["parent"]["id"]) == ("Q186192", pakistan.pk)
        assert [outer["id"] for outer in answer["within"]] == [pakistan.pk]
        assert answer["names"][0]["is_preferred"] is True
        assert Place.objects.get(slug="gwadar").names.get().folded

    def test_a_person_is_added_with_positions_as_exact_as_they_are_known(
        self, archivist: Caller
    ) -> None:
        ministry = factories.make_organisation("Ministry of the Interior")
        balochistan = factories.make_place("Balochistan")
        answer = archivist.ask(
            "POST",
            "people/",
            {
                "name": "Noor Jahan",
                "positions": [
                    {
                        "title": "Minister",
                        "organisation": ministry.pk,
                        "place": {"id": balochistan.pk},
                        "started_on": "1998",
                        "ended_on": "1999-03-05",
                        "source": "Gazette",
                    }
                ],
            },
            status=201,
        )
        position = answer["positions"][0]
        assert position["organisation"]["name"] == "Ministry of the Interior"
        assert (position["started_on"], position["start_precision"]) == ("1998-01-01", "year")
        assert (position["ended_on"], position["end_precision"]) == ("1999-03-05", "day")

    @pytest.mark.parametrize(
        ("path", "role", "body"),
        [
            ("organisations", "Editor", {"name": "State Bank", "kind": "bank", "place": None}),
            ("tags", "Editor", {"name": "natural gas"}),
            ("authors", "Editor", {"name": "Our Desk", "biography": "A desk."}),
            ("sections", "Administrator", {"name": "Sport", "order": 3}),
        ],
    )
    def test_the_others_are_added_too(self, path: str, role: str, body: Any) -> None:
        answer = Caller(role).ask("POST", f"{path}/", body, status=201)
        assert {name: answer[name] for name in body} == body
        entry = MODELS[path]._default_manager.get()
        assert (answer["id"], answer["slug"]) == (entry.pk, entry.slug)  # type: ignore[attr-defined]

    def test_it_stands_in_the_audit_log(self, archivist: Caller) -> None:
        tag = archivist.ask("POST", "tags/", {"name": "floods"}, status=201)
        archivist.ask("PATCH", f"tags/{tag['id']}/", {"name": "flood"})
        archivist.ask("DELETE", f"tags/{tag['id']}/", status=204)
        entries = AuditEntry.objects.order_by("pk").values_list("actor", "action", "label")
        login = archivist.account.get_username()
        assert list(entries) == [
            (login, "add", "floods"),
            (login, "change", "flood"),
            (login, "delete", "flood"),
        ]

    def test_what_only_drafts_name_is_read_with_a_key_that_reads_drafts(
        self, archivist: Caller, client: Client
    ) -> None:
        answer = archivist.ask("POST", "people/", {"name": "Noor Jahan"}, status=201)
        writer = Caller("Archivist", Scope.WRITE)
        assert archivist.ask("GET", "people/")["results"] == [answer]
        assert writer.send("GET", answer["url"]).status_code == 404
        assert client.get(answer["url"]).status_code == 404
        assert client.get("/api/v1/people/").json()["count"] == 0


class TestAsking:
    """What the desk would ask about is not saved, until whoever sends it means it."""

    def test_a_name_that_another_has_is_answered_with_the_other(self, archivist: Caller) -> None:
        quetta = factories.make_place("Quetta")
        answer = archivist.ask("POST", "places/", {"name": "quetta"}, status=409)
        assert answer["doubts"] == [
            {
                "field": "name",
                "question": "“quetta” is a name of another place already.",
                "url": f"http://testserver/api/v1/places/{quetta.pk}/",
            }
        ]
        assert "force=true" in answer["detail"]
        assert Place.objects.count() == 1

        archivist.ask("POST", "places/?force=true", {"name": "quetta"}, status=201)

    def test_a_tag_that_is_there_is_answered_with_its_address(self, archivist: Caller) -> None:
        tag = factories.make_tag("natural gas")
        answer = archivist.ask("POST", "tags/", {"name": "natural gas"}, status=409)
        assert answer["doubts"][0]["url"].endswith(f"/tags/{tag.pk}/")
        again = archivist.ask("POST", "tags/?force=true", {"name": "natural gas"}, status=400)
        assert again == {"name": [f"There is the tag “natural gas” ({tag.pk}) already."]}

    def test_nothing_is_asked_of_what_stays_as_it_was(self, archivist: Caller) -> None:
        factories.make_person("Noor Jahan")
        namesake = factories.make_person("Noor Jahan", names=["Noor"])
        archivist.ask("PATCH", f"people/{namesake.pk}/", {"description": "A singer."})
        names = archivist.ask("GET", f"people/{namesake.pk}/")["names"]
        archivist.ask("PATCH", f"people/{namesake.pk}/", {"names": names})

    def test_a_place_that_lies_far_from_what_it_lies_in_is_asked_about(
        self, archivist: Caller
    ) -> None:
        city = factories.make_place("Karachi", latitude=24.86, longitude=67.0)
        body = {"name": "Port", "kind": "site", "parent": city.pk, "latitude": 50, "longitude": 8}
        answer = archivist.ask("POST", "places/", body, status=409)
        assert "from the middle of Karachi" in answer["doubts"][0]["question"]


class TestChanging:
    def test_put_replaces_and_patch_changes_what_is_named(self, archivist: Caller) -> None:
        place = factories.make_place("Quetta", names=["Kwetta"], description="A city.")
        address = f"places/{place.pk}/"
        patched = archivist.ask("PATCH", address, {"population": 1_000_000})
        assert (patched["description"], patched["population"]) == ("A city.", 1_000_000)
        assert [name["name"] for name in patched["names"]] == ["Kwetta"]

        replaced = archivist.ask("PUT", address, {"name": "Quetta", "kind": "town"})
        assert (replaced["description"], replaced["population"]) == ("", 0)
        assert (replaced["names"], replaced["slug"]) == ([], "quetta")

    def test_rows_that_are_the_same_keep_their_ids(self, archivist: Caller) -> None:
        person = factories.make_person("Noor Jahan", names=["Noor", "Nur"], title="Minister")
        noor, position = person.names.get(name="Noor"), person.positions.get()
        answer = archivist.ask(
            "PATCH",
            f"people/{person.pk}/",
            {
                "names": [{"name": "Noor", "is_common_word": True}, {"name": "نور جہاں"}],
                "positions": [{"title": "Minister"}, {"title": "Governor", "started_on": "2001"}],
            },
        )
        assert {name["name"] for name in answer["names"]} == {"Noor", "نور جہاں"}
        assert person.names.get(name="Noor") == noor
        assert person.names.get(name="Noor").is_common_word
        assert person.positions.get(title="Minister") == position
        assert person.positions.count() == 2
        detail = AuditEntry.objects.get(action="change").detail
        assert "deleted name “Nur”" in detail
        assert "added position “Governor”" in detail

    def test_articles_follow_a_new_name_and_the_former_address_leads_on(
        self, archivist: Caller, client: Client
    ) -> None:
        person = factories.make_person("Noor Jahan")
        article = factories.make_article()
        factories.make_mention(article, person)
        editing.record([article])
        archivist.ask("PATCH", "people/noor-jahan/", {"name": "Malika Begum", "slug": "malika"})
        assert (found("Malika"), found("Jahan")) == (1, 0)
        moved = client.get("/api/v1/people/noor-jahan/")
        assert (moved.status_code, moved["Location"]) == (301, "/api/v1/people/malika/")
        assert archivist.ask("PATCH", "people/noor-jahan/", {"description": "A singer."})

    def test_a_place_that_moves_takes_its_articles_along(self, archivist: Caller) -> None:
        sindh, punjab = factories.make_place("Sindh"), factories.make_place("Punjab")
        town = factories.make_place("Town", sindh)
        article = factories.make_article()
        factories.make_mention(article, town)
        editing.record([article])
        archivist.ask("PATCH", f"places/{town.pk}/", {"parent": punjab.pk})
        assert Listing(ListingKind.PLACE, punjab.pk).count() == 1
        assert Listing(ListingKind.PLACE, sindh.pk).count() == 0

    def test_a_change_of_what_somebody_else_has_changed_is_refused(self, archivist: Caller) -> None:
        tag = factories.make_tag("floods")
        address = f"tags/{tag.pk}/"
        seen = archivist.send("GET", address)["ETag"]
        first = archivist.send("PATCH", address, {"description": "Water."}, If_Match=seen)
        assert archivist.send("GET", address)["ETag"] == first["ETag"] != seen
        archivist.ask("PATCH", address, {"description": "Rain."}, status=412, If_Match=seen)
        archivist.ask("DELETE", address, status=412, If_Match=seen)
        archivist.ask("DELETE", address, status=204, If_Match=first["ETag"])

    def test_a_dry_run_says_what_would_be_and_does_nothing(self, archivist: Caller) -> None:
        tag = factories.make_tag("floods")
        answer = archivist.ask("PATCH", f"tags/{tag.pk}/?dry_run=true", {"name": "flood"})
        assert answer["name"] == "flood"
        archivist.ask("POST", "tags/?dry_run=true", {"name": ""}, status=400)
        archivist.ask("DELETE", f"tags/{tag.pk}/?dry_run=true", status=204)
        assert Tag.objects.get().name == "floods"
        assert not AuditEntry.objects.exists()

    def test_a_repeated_request_adds_one(self, archivist: Caller) -> None:
        bodies = [
            archivist.ask("POST", "tags/", {"name": "floods"}, status=201, Idempotency_Key="a1")
            for _ in range(2)
        ]
        assert bodies[0] == bodies[1]
        assert Tag.objects.count() == 1

    def test_many_names_cost_no_query_each(
        self, archivist: Caller, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        office = factories.make_organisation("Office")
        titles = [{"title": f"Title {n}", "organisation": office.pk} for n in range(40)]
        names = [{"name": f"Name {n}", "language": ""} for n in range(40)]
        person = factories.make_person("Noor Jahan")
        body = {"positions": titles, "names": names}
        with django_assert_max_num_queries(40):
            archivist.ask("PATCH", f"people/{person.pk}/?force=true", body)


class TestRefusing:
    @pytest.mark.parametrize(
        ("path", "body", "named"),
        [
            ("places", {}, {"name"}),
            ("places", [], {"non_field_errors"}),
            ("places", {"name": "…"}, {"name"}),
            ("places", {"name": ["Quetta"]}, {"name"}),
            ("places", {"name": "a" * 201}, {"name"}),
            ("places", {"name": "Quetta", "url": "x", "colour": "red"}, {"url", "colour"}),
            ("places", {"name": "Quetta", "kind": "planet"}, {"kind"}),
            ("places", {"name": "Quetta", "parent": "atlantis"}, {"parent"}),
            ("places", {"name": "Quetta", "parent": True}, {"parent"}),
            ("places", {"name": "Quetta", "parent": 10**30}, {"parent"}),
            ("places", {"name": "Quetta", "latitude": 91, "longitude": 0}, {"latitude"}),
            ("places", {"name": "Quetta", "latitude": "nan", "longitude": 0}, {"latitude"}),
            ("places", {"name": "Quetta", "latitude": 3.5}, {"detail"}),
            ("places", {"name": "Quetta", "country_code": "12"}, {"country_code"}),
            ("places", {"name": "Quetta", "wikidata_id": "Quetta"}, {"wikidata_id"}),
            ("places", {"name": "Quetta", "population": -1}, {"population"}),
            ("places", {"name": "Quetta", "names": {}}, {"names"}),
            ("places", {"name": "Quetta", "names": [{}]}, {"names.0.name"}),
            (
                "places",
                {"name": "Quetta", "names": [{"name": "A"}, {"name": "B", "language": "?"}]},
                {"names.1.language"},
            ),
            (
                "places",
                {"name": "Quetta", "names": [{"name": "A"}, {"name": "A"}]},
                {"names.1.name"},
            ),
            (
                "places",
                {"name": "Quetta", "names": [{"name": "A", "is_preferred": True}]},
                {"names.0.language"},
            ),
            ("places", {"name": "Quetta", "names": [{"name": "A"}] * 101}, {"names"}),
            ("people", {"name": "N", "positions": [{"title": ""}]}, {"positions.0.title"}),
            (
                "people",
                {"name": "N", "positions": [{"title": "T", "place": "x", "organisation": "y"}]},
                {"positions.0.place", "positions.0.organisation"},
            ),
            (
                "people",
                {"name": "N", "positions": [{"title": "T", "started_on": "spring"}]},
                {"positions.0.started_on"},
            ),
            (
                "people",
                {
                    "name": "N",
                    "positions": [{"title": "T", "started_on": "1998", "start_precision": "day"}],
                },
                {"positions.0.start_precision"},
            ),
            (
                "people",
                {
                    "name": "N",
                    "positions": [{"title": "T", "started_on": "1998", "ended_on": "1997"}],
                },
                {"positions.0.ended_on"},
            ),
            ("tags", {"name": "\0"}, {"name"}),
            ("tags", {"name": "a", "slug": "x" * 101}, {"slug"}),
        ],
    )
    def test_what_is_wrong_is_named(
        self, archivist: Caller, path: str, body: Any, named: set[str]
    ) -> None:
        answer = archivist.ask("POST", f"{path}/", body, status=400)
        assert set(answer) == named, answer
        assert not MODELS[path]._default_manager.exists()

    def test_an_address_or_a_number_that_is_taken_is_named(self, archivist: Caller) -> None:
        other = factories.make_place("Quetta", wikidata_id="Q1362")
        body = {"name": "Kandahar", "slug": "quetta"}
        assert "slug" in archivist.ask("POST", "places/", body, status=400)
        body = {"name": "Kandahar", "wikidata_id": "Q1362"}
        answer = archivist.ask("POST", "places/", body, status=400)
        assert f"“Quetta” ({other.pk})" in answer["wikidata_id"][0]

    def test_a_place_cannot_lie_in_what_lies_in_it(self, archivist: Caller) -> None:
        province = factories.make_place("Province")
        town = factories.make_place("Town", province)
        answer = archivist.ask("PATCH", "places/province/", {"parent": town.pk}, status=400)
        assert answer == {"parent": ["Province cannot lie in Town, which lies in Province."]}

    def test_what_is_in_use_is_not_deleted(self, archivist: Caller) -> None:
        province = factories.make_place("Province")
        factories.make_place("Town", province)
        answer = archivist.ask("DELETE", f"places/{province.pk}/", status=409)
        assert answer == {"detail": "Places lie in it. Give them another parent first."}

    def test_what_is_not_there_is_not_found(self, archivist: Caller) -> None:
        for method in ("PUT", "PATCH", "DELETE"):
            for key in ("999", "nowhere", "%00"):
                archivist.ask(method, f"places/{key}/", {"name": "A"}, status=404)

    def test_what_somebody_else_deletes_meanwhile_is_not_found(
        self, archivist: Caller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tag, other = factories.make_tag("Floods"), factories.make_tag("Rain")
        search = finding.find

        def find_and_lose(*asked: Any) -> Any:
            found = search(*asked)
            Tag.objects.filter(pk=tag.pk).delete()
            return found

        monkeypatch.setattr(finding, "find", find_and_lose)
        archivist.ask("PATCH", f"tags/{tag.pk}/", {"name": "Flood"}, status=404)
        tag = factories.make_tag("Drought")
        archivist.ask("DELETE", f"tags/{tag.pk}/", status=404)
        tag = factories.make_tag("Hail")
        answer = archivist.ask("POST", f"tags/{tag.pk}/merge/", {"into": other.pk}, status=409)
        assert answer["detail"] == "“Hail” has been deleted."

    def test_an_address_of_digits_alone_is_refused_but_for_one_that_is_there(
        self, archivist: Caller
    ) -> None:
        tag = factories.make_tag("Floods")
        answer = archivist.ask("PATCH", f"tags/{tag.pk}/", {"slug": "12.3"}, status=400)
        assert answer == {"slug": ["“123” could be taken for a number. Put a letter into it."]}
        archivist.ask("POST", "tags/", {"name": "A year", "slug": "1984"}, status=400)
        old = factories.make_tag("1985", slug="1985")
        answer = archivist.ask("PATCH", f"tags/{old.pk}/", {"description": "A year."})
        assert answer["slug"] == "1985"


class TestMerging:
    def test_one_becomes_part_of_another_and_its_address_leads_there(
        self, archivist: Caller, client: Client
    ) -> None:
        kwetta, quetta = factories.make_place("Kwetta"), factories.make_place("Quetta")
        response = archivist.send(
            "POST", "places/kwetta/merge/", {"into": "quetta", "reason": "A spelling."}
        )
        assert response.status_code == 200, response.content
        answer = response.json()
        assert answer == archivist.ask("GET", f"places/{quetta.pk}/")
        assert response["Content-Location"] == answer["url"]
        assert [name["name"] for name in answer["names"]] == ["Kwetta"]
        assert Merge.objects.get().reason == "A spelling."
        assert client.get(f"/api/v1/places/{kwetta.pk}/")["Location"] == (
            f"/api/v1/places/{quetta.pk}/"
        )
        gone = archivist.ask("PATCH", "places/kwetta/", {"name": "K"}, status=409)
        assert gone == {"detail": f"“Kwetta” was merged into “Quetta” ({quetta.pk}). Write that."}

    def test_what_stands_against_it_is_said(self, archivist: Caller) -> None:
        province = factories.make_place("Province")
        town = factories.make_place("Town", province)
        itself = archivist.ask("POST", "places/town/merge/", {"into": town.pk}, status=409)
        assert "is this same entry" in itself["detail"]
        inside = archivist.ask("POST", "places/province/merge/", {"into": town.pk}, status=409)
        assert "lies in" in inside["detail"]
        nowhere = archivist.ask("POST", "places/town/merge/", {"into": "x"}, status=400)
        assert nowhere == {"into": ["There is no place “x”."]}
        archivist.ask("POST", "places/town/merge/", {}, status=400)
        assert not Merge.objects.exists()

    def test_a_dry_run_merges_nothing(self, archivist: Caller) -> None:
        factories.make_tag("flood")
        factories.make_tag("floods")
        archivist.ask("POST", "tags/flood/merge/?dry_run=true", {"into": "floods"})
        assert Tag.objects.current().count() == 2


# Who may do it: as the same role may at the desk.
RIGHTS = """
                      Reporter  Editor  Moderator  Archivist  Administrator
places         POST      -        yes       -         yes          yes
places         PATCH     -        yes       -         yes          yes
places         PUT       -        yes       -         yes          yes
places         DELETE    -         -        -         yes          yes
places         merge     -         -        -         yes          yes
people         POST      -        yes       -         yes          yes
people         PATCH     -        yes       -         yes          yes
people         DELETE    -         -        -         yes          yes
people         merge     -         -        -         yes          yes
organisations  POST      -        yes       -         yes          yes
organisations  PATCH     -        yes       -         yes          yes
organisations  DELETE    -         -        -         yes          yes
organisations  merge     -         -        -         yes          yes
tags           POST      -        yes       -         yes          yes
tags           PATCH     -        yes       -         yes          yes
tags           DELETE    -         -        -         yes          yes
tags           merge     -         -        -         yes          yes
authors        POST      -        yes       -         yes          yes
authors        PATCH     -        yes       -         yes          yes
authors        DELETE    -         -        -         yes          yes
sections       POST      -         -        -          -           yes
sections       PATCH     -         -        -          -           yes
sections       DELETE    -         -        -          -           yes
"""
_HEADING, *_LINES = RIGHTS.strip("\n").splitlines()
CASES = [
    (path, verb, role, cell == "yes")
    for path, verb, *cells in map(str.split, _LINES)
    for role, cell in zip(_HEADING.split(), cells, strict=True)
]


PERMISSIONS = {
    "POST": "add_{}",
    "PUT": "change_{}",
    "PATCH": "change_{}",
    "DELETE": "delete_{}",
    "merge": "merge_entities",
}
"""What the desk asks for each."""


class TestRights:
    def test_the_table_is_that_of_the_desk(self) -> None:
        for path, verb, role, may in CASES:
            codename = PERMISSIONS[verb].format(MODELS[path]._meta.model_name)
            assert (codename in ROLES[role]) is may, (path, verb, role)

    @pytest.mark.parametrize(("path", "verb", "role", "may"), CASES)
    def test_a_role_may_what_it_may_at_the_desk(
        self, path: str, verb: str, role: str, may: bool
    ) -> None:
        caller = Caller(role)
        one = MODELS[path]._default_manager.create(name="One", slug="one")
        MODELS[path]._default_manager.create(name="Other", slug="other")
        method, address, body = {
            "POST": ("POST", f"{path}/", {"name": "A third"}),
            "merge": ("POST", f"{path}/one/merge/", {"into": "other"}),
        }.get(verb, (verb, f"{path}/one/", {"name": "One"}))
        response = caller.send(method, address, body)
        if may:
            assert response.status_code in (200, 201, 204), response.content
            return
        assert response.status_code == 403
        assert "may not" in response.json()["detail"]
        # Whether there is such an entry is not told to who may not write it.
        absent = caller.send(method, address.replace("one", "none"), body)
        assert absent.content == response.content
        assert MODELS[path]._default_manager.filter(pk=one.pk, name="One").exists()
        assert MODELS[path]._default_manager.count() == 2

    @pytest.mark.parametrize("path", MODELS)
    def test_without_a_key_or_its_scope_nothing_is_written(self, client: Client, path: str) -> None:
        reader = Caller("Administrator", Scope.READ_DRAFTS, Scope.MODERATE)
        for address, method in ((f"{path}/", "post"), (f"{path}/1/", "patch")):
            bare = getattr(client, method)(
                f"/api/v1/{address}", {"name": "A"}, content_type="application/json"
            )
            assert bare.status_code == 401
            assert bare["WWW-Authenticate"].startswith("Bearer")
            refused = reader.ask(method.upper(), address, {"name": "A"}, status=403)
            assert "scope" in refused["detail"]

    def test_a_session_of_the_desk_writes_nothing(self, client: Client) -> None:
        client.force_login(factories.make_staff("Administrator"))
        answer = client.post("/api/v1/tags/", {"name": "a"}, content_type="application/json")
        assert answer.status_code == 401
        assert not Tag.objects.exists()
