"""A key that only writes is told of nothing that is neither public nor of its own account."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Image, Person, Scope, Tag
from tests import factories
from tests.api.conftest import index, make_public
from tests.api.writing.calling import Caller
from tests.api.writing.test_images import CREDITED, upload

pytestmark = pytest.mark.django_db


def anything() -> User:
    """An account that may do all of this at the desk."""
    return factories.make_user(is_staff=True, is_superuser=True)


@pytest.fixture
def writer(db: None) -> Caller:
    return Caller("", Scope.WRITE, account=anything())


@pytest.fixture
def reader(db: None) -> Caller:
    return Caller("", Scope.WRITE, Scope.READ_DRAFTS, account=anything())


class Hidden:
    """What only somebody else's draft has."""

    def __init__(self) -> None:
        self.person = factories.make_person("Noor Jahan", wikidata_id="Q77")
        self.organisation = factories.make_organisation("The Secret Bank")
        self.tag = factories.make_tag("Inquiry", description="Of the bank.")
        self.author = factories.make_author("A Stringer")
        self.image = factories.make_image(caption="The accused.")
        draft = factories.make_article(
            published=None, tags=[self.tag], authors=[self.author], lead_image=self.image
        )
        factories.make_mention(draft, self.person)
        factories.make_mention(draft, self.organisation)


@pytest.fixture
def hidden(db: None) -> Hidden:
    return Hidden()


KINDS = {
    "people": "person",
    "organisations": "organisation",
    "tags": "tag",
    "authors": "author",
    "images": "image",
}


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_what_only_drafts_have_is_written_by_keys_that_read_them(
    writer: Caller, reader: Caller, hidden: Hidden, path: str, kind: str
) -> None:
    address = f"{path}/{getattr(hidden, kind).pk}/?dry_run=true"
    nowhere = f"{path}/999999/?dry_run=true"
    sent: dict[str, Any] = {}
    for method in ("PATCH", "DELETE"):
        refused = writer.send(method, address, sent)
        assert refused.content == writer.send(method, nowhere, sent).content
        assert reader.send(method, address, sent).status_code not in (403, 404)


@pytest.mark.parametrize(
    ("field", "kind", "is_list"),
    [
        ("image", "image", False),
        ("tags", "tag", True),
        ("authors", "author", True),
        ("people", "person", True),
        ("organisations", "organisation", True),
    ],
)
def test_an_article_is_given_what_the_key_may_read(
    writer: Caller, reader: Caller, hidden: Hidden, field: str, kind: str, is_list: bool
) -> None:
    key = getattr(hidden, kind).pk
    body = {"headline": "Rain", field: [key] if is_list else key}
    answer = writer.ask("POST", "articles/?dry_run=true", body, status=400)
    assert set(answer) == {field}
    assert "There is no" in str(answer)
    reader.ask("POST", "articles/?dry_run=true", body, status=201)
    if kind == "image":
        make_public(lead_image=hidden.image)
    else:
        article = make_public(
            tags=[hidden.tag] if kind == "tag" else [],
            authors=[hidden.author] if kind == "author" else [],
        )
        if kind in ("person", "organisation"):
            factories.make_mention(article, getattr(hidden, kind))
        index(article)
    writer.ask("POST", "articles/?dry_run=true", body, status=201)


def test_what_a_client_has_just_made_it_can_read_and_use() -> None:
    writer = Caller("Editor", Scope.WRITE)
    image = upload(writer, CREDITED, alt_text="Water.")
    person = writer.ask("POST", "people/", {"name": "Noor Jahan"}, status=201)
    tag = writer.ask("POST", "tags/", {"name": "Floods"}, status=201)
    for made in (image, person, tag):
        assert writer.ask("GET", made["url"]) == made
    body = {
        "headline": "Rain",
        "image": image["id"],
        "people": [person["id"]],
        "tags": [tag["slug"], {"name": "Water"}],
    }
    article = writer.ask("POST", "articles/", body, status=201)
    assert article["image"]["id"] == image["id"]
    writer.ask("PATCH", f"tags/{tag['id']}/", {"description": "Too much rain."})
    assert writer.ask("GET", "tags/")["results"] == []


def test_what_an_article_has_is_sent_back_with_it(writer: Caller) -> None:
    article = writer.ask("POST", "articles/", {"headline": "Rain"}, status=201)
    stored = Article.objects.get(pk=article["id"])
    stored.tags.add(factories.make_tag("Floods"))  # by somebody else, at the desk
    read = writer.ask("GET", article["url"])
    writer.ask("PATCH", article["url"], {"tags": read["tags"]})


def test_the_question_about_another_does_not_name_what_is_hidden(
    writer: Caller, reader: Caller, hidden: Hidden
) -> None:
    body = {"name": "noor jahan"}
    doubt = writer.ask("POST", "people/", body, status=409)["doubts"][0]
    assert doubt["question"].startswith("There is one at the desk already")
    assert "Noor" not in str(doubt)
    assert doubt["url"] is None
    assert reader.ask("POST", "people/", body, status=409)["doubts"][0]["url"]
    # So with what no two can have.
    for path, sent, secret in (
        ("people/", {"name": "Somebody", "wikidata_id": "Q77"}, "Noor"),
        ("tags/?force=true", {"name": "Inquiry", "slug": "another"}, f"({hidden.tag.pk})"),
    ):
        refused = writer.send("POST", path, sent)
        assert refused.status_code == 400
        assert secret not in refused.content.decode()
        assert secret in reader.send("POST", path, sent).content.decode()


def test_nothing_becomes_part_of_what_is_hidden(writer: Caller, hidden: Hidden) -> None:
    person = writer.ask("POST", "people/", {"name": "Somebody"}, status=201)
    body = {"into": hidden.person.pk}
    writer.ask("POST", f"people/{person['id']}/merge/", body, status=400)
    writer.ask("POST", f"people/{hidden.person.pk}/merge/", {"into": person["id"]}, status=404)
    positions = [{"title": "Clerk", "organisation": hidden.organisation.pk}]
    writer.ask("PATCH", person["url"], {"positions": positions}, status=400)
    assert Person.objects.filter(merged_into=None).count() == 2


def test_the_picture_of_a_draft_sent_again_has_words_of_its_own() -> None:
    other, writer = Caller("Editor"), Caller("Editor", Scope.WRITE)
    first = upload(other, CREDITED, alt_text="The accused.", caption="In custody.")
    own = upload(writer, CREDITED, alt_text="A man.")
    assert own["id"] != first["id"]
    assert "custody" not in str(own)
    assert upload(writer, CREDITED, alt_text="A man.", status=200)["id"] == own["id"]
    assert Image.objects.count() == 2


def test_a_name_means_the_entry_that_has_it_whoever_made_it(writer: Caller, hidden: Hidden) -> None:
    body = {"headline": "Rain", "tags": [{"name": "Inquiry"}]}
    writer.ask("POST", "articles/", body, status=201)
    assert Tag.objects.count() == 1
