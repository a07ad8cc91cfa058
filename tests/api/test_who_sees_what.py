"""Every address of the API, asked by every kind of caller, about everything that is not public.

What is hidden carries a word of its own wherever a name or a text can stand. Nobody reads the word
who may not, whatever is asked and in whichever form; and an address of what is hidden answers as
one does at which there is nothing.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from articles import changes, listings, search
from articles.api import keys
from articles.models import (
    Article,
    CommentState,
    CorrectionKind,
    MentionState,
    Scope,
    Status,
)
from tests import factories
from tests.api.conftest import Archive

pytestmark = pytest.mark.django_db

WORD = "zyxwv"
NOTHING_THERE = 999_999_999

HIDDEN: dict[str, Callable[[], dict[str, Any]]] = {
    "a draft": lambda: {"published": None},
    "in review": lambda: {"published": None, "status": Status.IN_REVIEW},
    "scheduled": lambda: {
        "published": timezone.now() + timedelta(days=1),
        "status": Status.SCHEDULED,
    },
    "under embargo": lambda: {"embargo_until": timezone.now() + timedelta(days=1)},
    "withdrawn": lambda: {"status": Status.WITHDRAWN},
    "out of search": lambda: {"deindexed_at": timezone.now()},
    "in the bin": lambda: {"published": None, "status": Status.BIN},
}
LISTS = [
    "articles/",
    "articles/?include=body,comments,revisions&facets=place,person,organisation,tag,section,author,year",
    "articles/?q=rain",
    "articles/?q=zyxw*",
    "articles/?q=zyxw*&order=relevance&facets=person,tag",
    "articles/?order=oldest&count=exact",
    "articles/?language=en&from=1900&include=body",
    "articles/?updated_since=1990-01-01&include=body",
    "articles/?tag=-security&include=body",
    "articles/?format=ninjs&include=body",
    "articles/?format=feed",
    "articles/?format=csv",
    "comments/",
    "comments/?format=csv",
    "comments/?since=1990-01-01",
    "places/",
    "places/?q=zyxw",
    "people/",
    "people/?q=zyxw",
    "people/?position=zyxwv",
    "people/?format=csv",
    "organisations/",
    "organisations/?q=zyxw",
    "tags/",
    "tags/?q=zyxw",
    "authors/",
    "authors/?q=zyxw",
    "images/",
    "images/?format=csv",
    "changes/?include=body",
    "changes/?since=1990-01-01",
    "months/",
    "schema/",
]


class Hidden(NamedTuple):
    """An article that readers may not see, and the addresses of what only it has."""

    article: Article
    addresses: list[str]
    values: dict[str, str]


def hide(state: str) -> Hidden:
    image = factories.make_image(caption=f"{WORD} caption", credit=f"{WORD} credit")
    tag = factories.make_tag(f"{WORD} tag {state}")
    person = factories.make_person(f"{WORD} Person {state}", title=f"{WORD} minister")
    organisation = factories.make_organisation(f"{WORD} Organisation {state}")
    author = factories.make_author(f"{WORD} Author {state}")
    article = factories.make_article(
        f"Rain {WORD}",
        paragraphs=[f"It rained on {WORD}."],
        summary=f"Rain, {WORD}.",
        tags=[tag],
        authors=[author],
        lead_image=image,
        source=f"{WORD} source",
        **HIDDEN[state](),
    )
    factories.make_mention(article, person)
    factories.make_mention(article, organisation, state=MentionState.LINKED)
    article.corrections.create(kind=CorrectionKind.CORRECTION, wrong=WORD, text=f"Not {WORD}.")
    comment = factories.make_comment(
        article,
        text=f"{WORD} comment",
        author_name=f"{WORD} reader",
        author_email=f"{WORD}@example.org",
    )
    listings.refresh([article.pk])
    search.refresh([article.pk])
    changes.note([article.pk])
    addresses = [
        f"people/{person.pk}/",
        f"people/{person.slug}/",
        f"organisations/{organisation.pk}/",
        f"tags/{tag.slug}/",
        f"authors/{author.pk}/",
        f"images/{image.pk}/",
        f"comments/{comment.pk}/",
    ]
    if state != "withdrawn":  # its address says that it was
        addresses += [f"articles/{article.pk}/{part}" for part in ("", "comments/", "revisions/")]
        addresses.append(f"articles/{article.pk}/?format=ninjs")
    values = {"person": person.slug, "tag": tag.slug, "author": author.slug}
    return Hidden(article, addresses, values)


def bearer(*scopes: Scope, role: str = "Editor", **fields: Any) -> dict[str, str]:
    """The header of a new key."""
    _, text = keys.make("test", user=factories.make_staff(role), scopes=scopes, **fields)
    return {"Authorization": f"Bearer {text}"}


class Reader(NamedTuple):
    """A caller, and the collections of which the desk shows its account more than everybody."""

    headers: Callable[[], dict[str, str]]
    finds: frozenset[str] = frozenset()


READERS = {
    "nobody": Reader(dict),
    "a key without scopes": Reader(bearer),
    "a key that may write": Reader(lambda: bearer(Scope.WRITE)),
    "a key that moderates": Reader(lambda: bearer(Scope.MODERATE), frozenset({"comments"})),
    # To write, one looks for names and pictures; other people's drafts are none of one's business.
    "a reporter's key that reads drafts": Reader(
        lambda: bearer(Scope.READ_DRAFTS, role="Reporter"),
        frozenset({"people", "organisations", "tags", "authors", "images"}),
    ),
    "a moderator's key that reads drafts": Reader(
        lambda: bearer(Scope.READ_DRAFTS, role="Moderator")
    ),
}


def read(client: Client, address: str, headers: dict[str, str]) -> tuple[int, str]:
    response = client.get(f"/api/v1/{address}", headers=headers)
    return response.status_code, response.getvalue().decode()


@pytest.mark.parametrize("reader", READERS)
def test_nobody_reads_what_is_not_public(client: Client, archive: Archive, reader: str) -> None:
    month = f"{archive.article.published_at:%Y-%m}"
    public = {
        address: read(client, address, {})
        for address in ("articles/?count=exact", "months/", f"months/{month}/", "comments/")
    }
    hidden = {state: hide(state) for state in HIDDEN}
    assert {address: read(client, address, {}) for address in public} == public
    headers, finds = READERS[reader].headers(), READERS[reader].finds
    for address in [*LISTS, f"months/{month}/"]:
        if address.split("/")[0] in finds - {"comments"}:
            continue
        status, content = read(client, address, headers)
        assert status == 200, (address, content)
        said = content.replace("zyxw*", "").replace("q=zyxw", "").replace("position=zyxwv", "")
        assert "zyxw" not in said.lower(), address
    for state, address in [(name, one) for name, few in hidden.items() for one in few.addresses]:
        if address.split("/")[0] in finds:
            continue
        if state == "out of search" and "reads drafts" in reader and "articles/" in address:
            continue  # all of the staff find it at its address
        status, content = read(client, address, headers)
        assert (status, WORD in content) == (404, False), (state, address, content)


@pytest.mark.parametrize("state", HIDDEN)
def test_an_address_of_something_hidden_answers_as_an_empty_one(
    client: Client, archive: Archive, state: str
) -> None:
    for address in hide(state).addresses:
        collection, key, *_ = address.split("/")
        elsewhere = address.replace(f"/{key}/", f"/{NOTHING_THERE}/")
        assert read(client, address, {}) == read(client, elsewhere, {}), collection


@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_name_is_unknown_as_a_value(client: Client, archive: Archive, state: str) -> None:
    for parameter, slug in hide(state).values.items():
        status, content = read(client, f"articles/?{parameter}={slug}", {})
        unknown = read(client, f"articles/?{parameter}=there-is-none", {})
        assert (status, content.replace(slug, "there-is-none")) == unknown


def test_a_withdrawn_article_says_so_and_nothing_else(client: Client, archive: Archive) -> None:
    article = hide("withdrawn").article
    article.corrections.create(kind=CorrectionKind.WITHDRAWAL, text="The report was wrong.")
    for part in ("", "comments/", "revisions/"):
        status, content = read(client, f"articles/{article.pk}/{part}", {})
        assert status == 410
        assert "The report was wrong." in content
        assert WORD not in content


@pytest.mark.parametrize("state", HIDDEN)
def test_an_editors_key_that_reads_drafts_reads_them(
    client: Client, archive: Archive, state: str
) -> None:
    article = hide(state).article
    headers = bearer(Scope.READ_DRAFTS)
    status, content = read(client, f"articles/{article.pk}/", headers)
    assert status == 200
    assert WORD in content
    response = client.get(f"/api/v1/articles/{article.pk}/", headers=headers)
    assert "no-store" in response["Cache-Control"]


def test_an_editor_of_one_section_reads_no_draft_of_another(
    client: Client, archive: Archive
) -> None:
    article = hide("a draft").article
    editor = factories.make_staff("Editor")
    editor.desk_sections.add(archive.section)
    _, text = keys.make("test", user=editor, scopes=[Scope.READ_DRAFTS])
    headers = {"Authorization": f"Bearer {text}"}
    assert read(client, f"articles/{article.pk}/", headers)[0] == 404
    assert WORD not in read(client, "articles/?status=draft", headers)[1]


@pytest.mark.parametrize(
    "fields", [{"expires_at": timezone.now() - timedelta(days=1)}, {"revoked": True}]
)
def test_a_key_that_is_over_opens_nothing(
    client: Client, archive: Archive, fields: dict[str, Any]
) -> None:
    article = hide("a draft").article
    revoked = fields.pop("revoked", False)
    key, text = keys.make("test", user=factories.make_staff("Editor"), scopes=list(Scope), **fields)
    if revoked:
        keys.revoke(key, by=key.user)
    headers = {"Authorization": f"Bearer {text}"}
    for address in (f"articles/{article.pk}/", "articles/"):
        status, content = read(client, address, headers)
        assert status == 401
        assert WORD not in content


def test_a_signed_in_administrator_is_nobody_here(client: Client, archive: Archive) -> None:
    hidden = hide("a draft")
    client.force_login(factories.make_user("root", is_staff=True, is_superuser=True))
    for address in hidden.addresses:
        assert read(client, address, {})[0] == 404
    assert read(client, "articles/?status=draft", {})[0] in (400, 401)


@pytest.mark.parametrize(
    "state", [CommentState.PENDING, CommentState.SPAM, CommentState.BIN], ids=str
)
def test_a_comment_that_is_not_approved_is_not_there(
    client: Client, archive: Archive, state: CommentState
) -> None:
    comment = factories.make_comment(archive.article, text=WORD, state=state)
    key = archive.article.pk
    for address in ("comments/", f"articles/{key}/comments/", f"articles/{key}/?include=comments"):
        assert WORD not in read(client, address, {})[1]
    assert read(client, f"comments/{comment.pk}/", {})[0] == 404


def everything(archive: Archive, comment: int) -> Iterator[str]:
    yield from LISTS
    key = archive.article.pk
    yield from (
        f"articles/{key}/?include=body,comments,revisions",
        f"articles/{key}/comments/",
        f"articles/{key}/?format=ninjs",
        f"comments/{comment}/",
        "comments/?state=approved",
        "comments/?state=pending",
    )


def test_no_mail_or_network_address_of_a_commenter_is_told_anybody(
    client: Client, archive: Archive
) -> None:
    comment = factories.make_comment(
        archive.article, author_email="secret@example.org", address="203.0.113.77"
    )
    factories.make_comment(
        archive.article,
        author_email="secret@example.org",
        address="203.0.113.77",
        state=CommentState.PENDING,
    )
    for headers in ({}, bearer(*Scope), bearer(*Scope, role="Administrator")):
        for address in everything(archive, comment.pk):
            content = read(client, address, headers)[1]
            assert "secret@example.org" not in content, address
            assert "203.0.113" not in content, address
