"""What readers must not see is in no answer at all, whatever address they try.

Every address of the site and the API is asked twice, without a hidden article and with one; the
answers must be the same to the byte.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from articles import editing
from articles.api.views import article_verbs
from articles.models import (
    Article,
    CommentPolicy,
    CommentState,
    CorrectionKind,
    MentionState,
    Status,
)
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)
SECRET = "Xyzzy"

STATES: dict[str, dict[str, Any]] = {
    "draft": {"published": None},
    "in review": {"published": None, "status": Status.IN_REVIEW},
    "scheduled": {"published": NOW + timedelta(hours=1), "status": Status.SCHEDULED},
    "embargoed": {"published": NOW, "embargo_until": NOW + timedelta(hours=1)},
    "withdrawn": {"published": NOW, "status": Status.WITHDRAWN},
}

PUBLIC = [
    "/",
    "/?p=123",
    "/archive/",
    "/2026/",
    "/2026/02/",
    "/2026/02/03/",
    "/2026/02/03/public/",
    "/2026/02/03/public/comments/",
    "/2026/02/03/public/comments/token/",
    "/2026/02/03/public/history/",
    "/2026/02/03/public/history/1/",
    "/2026/02/03/public/history/?from=1&to=2",
    "/2026/02/03/public/report-error/",
    "/comments/1/",
    "/comments/9001/report/",
    "/comments/mine/12.forged.key/",
    "/comments/mine/12.forged.key/withdraw/",
    "/mail/confirm/12.forged.key/",
    "/mail/stop/12.forged.key/",
    "/mail/mute/12.forged.key/",
    "/privacy/",
    "/privacy/12.forged.key/",
    "/corrections/",
    "/sections/section/",
    "/tags/",
    "/tags/?order=most",
    "/tags/tag/",
    "/places/",
    "/places/?in=country",
    "/places/?order=most",
    "/places/?view=map",
    "/places/?view=map&in=country",
    "/places/country/",
    "/places/town/",
    "/places/town/?list=itself&order=oldest",
    "/places/town/?list=filed&year=2026",
    "/people/",
    "/people/?order=most",
    "/people/person/",
    "/organisations/",
    "/organisations/?order=most",
    "/organisations/organisation/",
    "/authors/author/",
    "/search/",
    "/search/?q=words",
    "/search/?q=-words",
    "/search/?place=country&order=oldest",
    f"/search/?q={SECRET}",
    f"/search/?q={SECRET[:4]}*&order=relevance",
    f"/search/?q={SECRET} person",
    f"/search/?q={SECRET[:-1]}",
    "/search/?q=person words",
    "/search/?place=town&author=author",
    "/search/names/?q=pe",
    f"/search/names/?q={SECRET[:3]}",
    f"/search/names/?q={SECRET} tag",
    "/feed/",
    "/2026/feed/",
    "/2026/02/feed/",
    "/2026/02/03/feed/",
    "/2026/02/03/public/feed/",
    "/corrections/feed/",
    "/sections/section/feed/",
    "/tags/tag/feed/",
    "/places/country/feed/",
    "/places/country/feed/?list=filed",
    "/people/person/feed/",
    "/organisations/organisation/feed/",
    "/authors/author/feed/",
    "/search/feed/?place=country",
    "/sitemap.xml",
    "/sitemaps/2026-02-1.xml",
    "/sitemaps/places-1.xml",
    "/sitemaps/people-1.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/api/v1/",
    "/api/v1/schema/",
    "/api/v1/docs/",
    "/api/v1/docs/reference/",
    "/api/v1/docs/try/",
    "/api/v1/articles/?include=body,comments,revisions&count=exact",
    "/api/v1/articles/?facets=place,person,organisation,tag,section,author,year",
    f"/api/v1/articles/?q={SECRET}&facets=tag",
    "/api/v1/articles/?place=country&count=exact",
    "/api/v1/articles/?section=section",
    "/api/v1/articles/?updated_since=2026-01-01&count=exact",
    "/api/v1/articles/9001/",
    "/api/v1/articles/9001/comments/",
    "/api/v1/articles/9001/revisions/",
    *(f"/api/v1/articles/9001/{verb}/" for verb in article_verbs.VERBS),
    "/api/v1/changes/?include=body&count=exact",
    "/api/v1/months/?count=exact",
    "/api/v1/months/2026-02/",
    "/api/v1/comments/moderate/",
    "/api/v1/comments/?count=exact",
    "/api/v1/comments/9001/",
    "/api/v1/places/",
    "/api/v1/places/town/",
    "/api/v1/places/town/merge/",
    "/api/v1/people/?count=exact",
    "/api/v1/people/person/",
    "/api/v1/people/person/merge/",
    "/api/v1/organisations/?count=exact",
    "/api/v1/organisations/organisation/",
    "/api/v1/organisations/organisation/merge/",
    "/api/v1/tags/?count=exact",
    "/api/v1/tags/tag/",
    "/api/v1/tags/tag/merge/",
    "/api/v1/sections/",
    "/api/v1/sections/section/",
    "/api/v1/authors/?count=exact",
    "/api/v1/authors/author/",
    "/api/v1/images/?count=exact",
    "/api/v1/images/9001/",
    "/api/v1/nothing/",
]

# Withdrawals are announced there.
ANNOUNCES_WITHDRAWALS = {"/corrections/", "/corrections/feed/"}

# Addresses that can only be guessed: each is answered as if there were nothing.
HIDDEN = [
    "{path}",
    "{path}comments/",
    "{path}report-error/",
    "{path}history/",
    "{path}history/1/",
    "{path}history/?from=1&to=2",
    "{path}feed/",
    "/2026/02/03/once/",
    "/tags/hidden/",
    "/tags/hidden/feed/",
    "/people/hidden/",
    "/people/hidden/feed/",
    "/organisations/hidden/",
    "/organisations/hidden/feed/",
    "/authors/hidden/",
    "/authors/hidden/feed/",
    "/search/?tag=hidden",
    "/search/?person=hidden",
    "/search/?organisation=hidden",
    "/search/?author=hidden",
    "/search/feed/?tag=hidden",
    "/api/v1/articles/?path={path}",
    "/api/v1/articles/?path=/2026/02/03/once/",
    "/api/v1/articles/?person=hidden",
    "/api/v1/articles/?tag=hidden",
    "/api/v1/articles/{article}/",
    "/api/v1/articles/{article}/?fields=headline",
    "/api/v1/articles/{article}/comments/",
    "/api/v1/articles/{article}/revisions/",
    "/api/v1/comments/?article={article}",
    "/api/v1/comments/{comment}/",
    "/api/v1/images/{image}/",
    "/api/v1/people/hidden/",
    "/api/v1/organisations/hidden/",
    "/api/v1/tags/hidden/",
    "/api/v1/authors/hidden/",
]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def archive(db: None) -> dict[str, Any]:
    """A public article with everything in it, and what a hidden one may share with it."""
    country = factories.make_place("Country", slug="country", kind="country")
    town = factories.make_place("Town", country, slug="town", latitude=30, longitude=67)
    section = factories.make_section("Section", slug="section")
    organisation = factories.make_organisation("Organisation", slug="organisation")
    article = factories.make_article(
        "Public words",
        slug="public",
        published=NOW,
        pk=9001,
        section=section,
        lead_image=factories.make_image(pk=9001),
        dateline_place=town,
        tags=[factories.make_tag("Tag", slug="tag")],
        authors=[factories.make_author("Author", slug="author")],
    )
    factories.make_mention(article, town)
    factories.make_mention(article, factories.make_person("Person", slug="person"))
    factories.make_mention(article, organisation)
    factories.make_comment(article, pk=9001)
    editing.record([article], actor="test")
    return {"town": town, "section": section, "organisation": organisation, "article": article}


def hide(archive: dict[str, Any], state: str) -> dict[str, Any]:
    """Make an article in this state, the secret in all that readers could learn from it."""
    fields = STATES.get(state, {"published": NOW})
    person = factories.make_person(f"{SECRET} Person", slug="hidden")
    person.positions.create(title=f"{SECRET} Chair", organisation=archive["organisation"])
    organisation = factories.make_organisation(f"{SECRET} Organisation", slug="hidden")
    image = factories.make_image(alt_text=SECRET, caption=SECRET, credit=SECRET)
    article = factories.make_article(
        "Words" if state == "withdrawn" else f"{SECRET} words",
        slug="secret",
        summary=f"{SECRET} summary",
        paragraphs=[f"{SECRET} words of the text"],
        section=archive["section"],
        source=SECRET,
        lead_image=image,
        dateline_place=archive["town"],
        dateline_text=SECRET,
        tags=[factories.make_tag(f"{SECRET} tag", slug="hidden")],
        authors=[factories.make_author(f"{SECRET} author", slug="hidden")],
        comment_count=1,
        **fields,
    )
    for entity in (archive["town"], person, organisation):
        factories.make_mention(article, entity, paragraph="p1", title=SECRET)
    article.addresses.create(path="/2026/02/03/once/")
    article.corrections.create(text=f"{SECRET} correction")
    if state == "withdrawn":
        article.corrections.create(kind=CorrectionKind.WITHDRAWAL, text="It was wrong.")
    comment = factories.make_comment(article, text=f"{SECRET} comment", author_name=SECRET)
    editing.record([article], actor=SECRET, reason=SECRET)
    return {
        "path": article.path or "/2026/02/03/secret/",
        "article": article.pk,
        "comment": comment.pk,
        "image": image.pk,
    }


TELL_OF_CHANGES = ("/api/v1/changes/", "/api/v1/months/")
"""Here readers are told that something was recorded of a public article, not what."""

OF_EACH_REQUEST = {"X-Request-ID", "RateLimit"}
"""Headers that differ between two requests for the same."""


def ask(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    headers = "\n".join(
        f"{name}: {value}"
        for name, value in sorted(answer.headers.items())
        if name not in OF_EACH_REQUEST
    )
    return answer.status_code, f"{headers}\n{answer.getvalue().decode()}"


@pytest.mark.parametrize("state", STATES)
def test_a_hidden_article_changes_no_answer(client, archive, state):
    before = {address: ask(client, address) for address in PUBLIC}

    hide(archive, state)

    for address in PUBLIC:
        found = ask(client, address)
        if state == "withdrawn" and address in ANNOUNCES_WITHDRAWALS:
            assert SECRET not in found[1], address
        else:
            assert found == before[address], address


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("address", HIDDEN)
def test_nothing_is_told_at_addresses_that_can_be_guessed(client, archive, state, address):
    where = address.format(**hide(archive, state))

    status, found = ask(client, where)

    assert status in {400, 404, *([410] if state == "withdrawn" else [])}, found
    assert SECRET not in found


@pytest.mark.parametrize("state", STATES)
def test_nobody_comments_on_what_is_hidden(client, archive, state):
    hidden = hide(archive, state)
    comment = {"author": "A", "email": "a@example.org", "comment": "Is it so?"}

    for address in (
        f"{hidden['path']}comments/",
        f"/api/v1/articles/{hidden['article']}/comments/",
    ):
        answer = client.post(address, comment, content_type="application/json")
        assert answer.status_code == (410 if state == "withdrawn" else 404)
        assert SECRET not in answer.content.decode()


# Where an article that was taken out of search is not to be found, although readers may see it.
FINDS = [
    "/search/?from=2026",
    "/search/?q=words",
    "/search/?place=country&order=oldest",
    "/search/?tag=hidden",
    "/search/?tag=hidden&place=town",
    f"/search/?q={SECRET[:4]}*&order=relevance",
    "/search/feed/?place=country",
    "/sitemaps/2026-02-1.xml",
    "/news-sitemap.xml",
    f"/api/v1/articles/?q={SECRET}",
]


@pytest.mark.parametrize("address", FINDS)
def test_what_is_out_of_search_is_found_by_its_address_and_in_its_lists_only(
    client, archive, address
):
    hidden = hide(archive, "public")
    article = Article.objects.get(pk=hidden["article"])
    assert hidden["path"] in ask(client, address)[1]
    assert "/people/hidden/" in ask(client, "/sitemaps/people-1.xml")[1]

    editing.deindex(article, by=None)

    assert hidden["path"] not in ask(client, address)[1]
    assert "/people/hidden/" not in ask(client, "/sitemaps/people-1.xml")[1]
    for kept in (hidden["path"], "/", "/2026/02/03/", "/tags/hidden/", "/places/town/"):
        assert f"{SECRET} words" in ask(client, kept)[1], kept


# Whom no other article names is then told of nowhere in search.
NAMES = [
    "/search/",
    "/search/?q=words",
    f"/search/?q={SECRET} person",
    f"/search/names/?q={SECRET[:3]}",
    "/api/v1/articles/?facets=person",
]


@pytest.mark.parametrize("address", NAMES)
def test_a_name_that_only_an_article_out_of_search_has_comes_up_in_no_search(
    client, archive, address
):
    def told() -> bool:
        found = ask(client, address)[1]
        return "/people/hidden/" in found or "person=hidden" in found

    article = Article.objects.get(pk=hide(archive, "public")["article"])
    assert told()

    editing.deindex(article, by=None)

    assert not told()


def test_what_is_due_appears_everywhere_at_its_hour(client, archive, clock):
    hidden = hide(archive, "embargoed")

    clock.shift(timedelta(hours=2))

    for address in ("/", "/feed/", "/sitemap.xml", "/tags/hidden/", hidden["path"]):
        assert ask(client, address)[0] == 200
    assert SECRET in ask(client, f"/search/?q={SECRET}")[1]


@pytest.mark.parametrize("state", [CommentState.PENDING, CommentState.SPAM, CommentState.BIN])
def test_a_comment_that_is_not_approved_changes_no_answer(client, archive, state):
    before = {address: ask(client, address) for address in PUBLIC}

    comment = factories.make_comment(
        archive["article"], state=state, text=SECRET, author_name=SECRET
    )

    assert {address: ask(client, address) for address in PUBLIC} == before
    assert ask(client, f"/api/v1/comments/{comment.pk}/")[0] == 404
    assert SECRET not in ask(client, f"/2026/02/03/public/?replytocom={comment.pk}")[1]
    assert SECRET not in ask(client, f"/2026/02/03/public/?held={comment.pk}")[1]


def test_comments_that_are_switched_off_are_in_no_answer(client, archive):
    factories.make_comment(archive["article"], text=SECRET, author_name=SECRET)
    Article.objects.update(comment_policy=CommentPolicy.HIDDEN, comment_count=2)

    for address in PUBLIC:
        if SECRET not in address:
            assert SECRET not in ask(client, address)[1], address


def test_who_a_commenter_is_stands_nowhere(client, archive):
    factories.make_comment(
        archive["article"],
        author_email=f"{SECRET}@example.org",
        address="203.0.113.77",
        user_agent=SECRET,
        reason=SECRET,
    )

    for address in PUBLIC:
        if SECRET not in address:
            found = ask(client, address)[1]
            assert SECRET not in found, address
            assert "203.0.113.77" not in found, address


def test_a_mention_that_an_editor_has_not_let_in_changes_no_answer(client, archive):
    before = {address: ask(client, address) for address in PUBLIC}

    for state in (MentionState.SUGGESTED, MentionState.REJECTED):
        person = factories.make_person(f"{SECRET} {state}")
        factories.make_mention(archive["article"], person, state=state, title=SECRET)
    editing.record([archive["article"]], actor="test")

    for address in PUBLIC:
        found = ask(client, address)
        if address.startswith(TELL_OF_CHANGES):
            assert SECRET not in found[1], address
        else:
            assert found == before[address], address


def test_every_address_of_the_site_is_tried_here(archive):
    tried = {resolve(address.partition("?")[0]).route.replace("^", "") for address in PUBLIC}

    assert routes(get_resolver().url_patterns) - tried == set()


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> set[str]:
    """The routes of everything but the desk, health checks and media."""
    found: set[str] = set()
    for pattern in patterns:
        route = before + str(pattern.pattern).replace("^", "")
        if isinstance(pattern, URLPattern):
            found.add(route)
        elif pattern.app_name != "admin":
            found |= routes(pattern.url_patterns, route)
    # Previews are for who has the link, and have tests of their own.
    apart = ("healthz", "readyz", "media/", "admin/", "preview/")
    return {route for route in found if not route.startswith(apart)}
