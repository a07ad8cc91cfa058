"""An address under which an entry once had its page leads to the page it has now, everywhere."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client

from articles import editing
from articles.gazetteer.load import load
from articles.importing.vocabulary import find_or_make
from articles.models import Article, FormerSlug, Person, Place, Tag
from articles.vocabulary import keep_address
from articles.vocabulary.merging import merge, split
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


def public(*people: Person) -> Article:
    """A public article that names these."""
    article = make_article()
    for person in people:
        make_mention(article, person)
    editing.record([article])
    return article


def move(entry: Model, slug: str) -> None:
    """What the desk does when an editor gives an entry another slug."""
    former = entry.slug  # type: ignore[attr-defined]
    entry.slug = slug  # type: ignore[attr-defined]
    entry.save()
    keep_address(entry, former)


ENTRIES: dict[str, tuple[str, Callable[..., Model]]] = {
    "place": ("places", make_place),
    "person": ("people", make_person),
    "organisation": ("organisations", make_organisation),
    "tag": ("tags", make_tag),
    "section": ("sections", make_section),
    "author": ("authors", make_author),
}


def entry_with_article(kind: str) -> Model:
    entry = ENTRIES[kind][1]("Old name", slug="old")
    fields = {
        "section": {"section": entry},
        "author": {"authors": [entry]},
        "tag": {"tags": [entry]},
    }.get(kind, {})
    article = make_article(**fields)  # type: ignore[arg-type]
    if not fields:
        make_mention(article, entry)  # type: ignore[arg-type]
    editing.record([article])
    return entry


@pytest.mark.parametrize("kind", ENTRIES)
class TestOfEveryKind:
    def test_page_and_feed_lead_on(self, client: Client, kind: str) -> None:
        folder = ENTRIES[kind][0]
        move(entry_with_article(kind), "new")

        for end in ("", "feed/"):
            moved = client.get(f"/{folder}/old/{end}?page=2")
            assert moved.status_code == 301
            assert moved.headers["Location"] == f"/{folder}/new/{end}?page=2"
            assert client.get(f"/{folder}/new/{end}").status_code == 200

    def test_the_api_leads_on_and_takes_it_as_a_filter(self, client: Client, kind: str) -> None:
        folder = ENTRIES[kind][0]
        move(entry_with_article(kind), "new")

        moved = client.get(f"/api/v1/{folder}/old/")
        assert moved.status_code == 301
        assert client.get(moved.headers["Location"]).json()["slug"] == "new"
        assert client.get(f"/api/v1/articles/?{kind}=old").json()["count"] == 1

    def test_a_search_takes_it(self, client: Client, kind: str) -> None:
        move(entry_with_article(kind), "new")
        assert "1 article" in client.get(f"/search/?{kind}=old").text


def test_what_was_merged_leads_on_by_slug_and_by_id(client: Client) -> None:
    one, other = make_person("One", slug="one"), make_person("Other", slug="other")
    public(one)
    merge(one, other, by=None)

    assert client.get("/people/one/").headers["Location"] == "/people/other/"
    assert client.get("/api/v1/people/one/").headers["Location"] == "/api/v1/people/other/"
    by_id = client.get(f"/api/v1/people/{one.pk}/")
    assert by_id.headers["Location"] == f"/api/v1/people/{other.pk}/"
    assert client.get(f"/api/v1/articles/?person={one.pk}").json()["count"] == 1
    assert [row["slug"] for row in client.get("/api/v1/people/").json()["results"]] == ["other"]


def test_places_that_were_merged_are_in_no_list(client: Client) -> None:
    one, other = make_place("One", slug="one"), make_place("Other", slug="other")
    merge(one, other, by=None)

    assert client.get("/places/one/").headers["Location"] == "/places/other/"
    assert [row["slug"] for row in client.get("/api/v1/places/").json()["results"]] == ["other"]
    assert client.get("/api/v1/places/?within=one").status_code == 200


def test_chains_end_at_the_last(client: Client) -> None:
    a, b = make_person("A", slug="a"), make_person("B", slug="b")
    c = make_person("C", slug="c")
    public(a)
    move(a, "a-2")
    merge(a, b, by=None)
    b.refresh_from_db()
    done = merge(b, c, by=None)
    c.refresh_from_db()
    move(c, "c-2")

    for former in ("a", "a-2", "b", "c"):
        assert client.get(f"/people/{former}/").headers["Location"] == "/people/c-2/"
    split(done, by=None)
    assert client.get("/people/a/").headers["Location"] == "/people/b/"


def test_a_slug_in_use_again_is_the_new_entrys(client: Client) -> None:
    old = make_person("Old", slug="khan")
    public(old)
    move(old, "imran-khan")
    new = make_person("New", slug="khan")

    # As long as only drafts name the new one, nothing is given away.
    assert client.get("/people/khan/").headers["Location"] == "/people/imran-khan/"
    public(new)
    assert client.get("/people/khan/").status_code == 200


def test_a_slug_given_back_is_no_former_one(client: Client) -> None:
    person = make_person(slug="a")
    public(person)
    move(person, "b")
    move(person, "a")
    assert client.get("/people/a/").status_code == 200
    assert client.get("/people/b/").headers["Location"] == "/people/a/"


def test_nothing_leads_to_whom_readers_may_not_know(client: Client) -> None:
    secret = make_person("Secret", slug="old")
    make_mention(make_article(published=None), secret)
    move(secret, "secret")

    assert client.get("/people/old/").status_code == 404
    assert client.get("/api/v1/people/old/").status_code == 404
    assert client.get("/api/v1/articles/?person=old").status_code == 400


def test_an_import_with_the_name_of_a_merged_tag_gives_the_other() -> None:
    old, new = make_tag("gas supply"), make_tag("natural gas")
    merge(old, new, by=None)
    move(new, "gas")
    found = find_or_make(Tag, ["gas supply", "Natural gas", "coal"])

    assert found["gas supply"] == found["Natural gas"] == new
    assert found["coal"] not in (old, new)


def test_the_gazetteer_puts_nothing_into_a_merged_place() -> None:
    load(["AF"])
    pakistan, other = Place.objects.get(slug="pakistan"), make_place("Islamic Republic")
    merge(other, pakistan, by=None)
    iran = Place.objects.get(slug="iran")
    kept = make_place("Persia", slug="persia", geonames_id=1)
    merge(iran, kept, by=None)
    FormerSlug.objects.create(kind="place", slug="tehran", key=kept.pk)
    load(["IR"])

    tehran = Place.objects.filter(name="Tehran", kind="city").get()
    assert kept in tehran.containers.all()
    assert iran not in tehran.containers.all()
    assert tehran.slug != "tehran"
