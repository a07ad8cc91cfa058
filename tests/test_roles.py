"""Who may do what: the rules of the newsroom as one table, held against the rules in the code, the
desk's own addresses, and the API."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import editing
from articles.editing import mentions, rules
from articles.editing.rules import Action
from articles.models import (
    Article,
    Comment,
    CommentState,
    Correction,
    Image,
    MentionState,
    Place,
    PreviewLink,
    Section,
    Status,
)
from tests.factories import (
    make_article,
    make_comment,
    make_mention,
    make_person,
    make_place,
    make_section,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db

# The columns: nobody has not signed in; member has an account and no role; own is a reporter with
# what they wrote themselves, reporter with what a colleague wrote; elsewhere is an editor whose
# rights are limited to another section than the article's.
#
# A line is an action and the state of the article that it is tried on.
ARTICLES = """
                           nobody  member  own  reporter  editor  elsewhere  moderator  archivist  administrator
create    draft              -       -     yes    yes      yes       yes        -          -           yes
import    draft              -       -      -      -       yes       yes        -         yes          yes
read      draft              -       -     yes     -       yes        -         -         yes          yes
read      in_review          -       -     yes     -       yes        -         -         yes          yes
read      published          -       -     yes    yes      yes       yes       yes        yes          yes
read      bin                -       -     yes     -       yes        -         -         yes          yes
edit      draft              -       -     yes     -       yes        -         -          -           yes
edit      in_review          -       -      -      -       yes        -         -          -           yes
edit      published          -       -      -      -       yes        -         -          -           yes
edit      bin                -       -      -      -        -         -         -          -            -
link      draft              -       -      -      -       yes        -         -         yes          yes
link      published          -       -      -      -       yes        -         -         yes          yes
link      bin                -       -      -      -        -         -         -          -            -
submit    draft              -       -     yes     -       yes        -         -          -           yes
send back in_review          -       -     yes     -       yes        -         -          -           yes
publish   draft              -       -      -      -       yes        -         -          -           yes
publish   in_review          -       -      -      -       yes        -         -          -           yes
publish   withdrawn          -       -      -      -       yes        -         -          -           yes
correct   published          -       -      -      -       yes        -         -          -           yes
withdraw  published          -       -      -      -       yes        -         -          -           yes
withdraw  scheduled          -       -      -      -       yes        -         -          -           yes
deindex   published          -       -      -      -       yes        -         -          -           yes
reindex   deindexed          -       -      -      -       yes        -         -          -           yes
bin       draft              -       -     yes     -       yes        -         -          -           yes
bin       in_review          -       -      -      -       yes        -         -          -           yes
bin       published          -       -      -      -        -         -         -          -            -
restore   bin                -       -     yes     -       yes        -         -          -           yes
delete    draft              -       -      -      -        -         -         -          -            -
delete    bin                -       -      -      -        -         -         -          -           yes
share     draft              -       -     yes     -       yes        -         -          -           yes
share     in_review          -       -     yes     -       yes        -         -          -           yes
"""  # noqa: E501

# What else there is at the desk, to which sections are no limit.
DESK = """
                           nobody  member  own  reporter  editor  elsewhere  moderator  archivist  administrator
bring in copy                -       -     yes    yes      yes       yes        -         yes          yes
decide about a comment       -       -      -      -       yes       yes       yes         -           yes
see the suggestions          -       -      -      -       yes       yes        -         yes          yes
see a place                  -       -     yes    yes      yes       yes        -         yes          yes
add a place                  -       -      -      -       yes       yes        -         yes          yes
delete a place               -       -      -      -        -         -         -         yes          yes
merge two places             -       -      -      -        -         -         -         yes          yes
see the merges               -       -      -      -       yes       yes        -         yes          yes
see the duplicates           -       -      -      -        -         -         -         yes          yes
add a section                -       -      -      -        -         -         -          -           yes
upload an image              -       -     yes    yes      yes       yes        -         yes          yes
see the accounts             -       -      -      -        -         -         -          -           yes
see the audit log            -       -      -      -        -         -         -          -           yes
change a role                -       -      -      -        -         -         -          -            -
"""  # noqa: E501


Attempt = Callable[[Client, Article], Any]


class Row(NamedTuple):
    what: str
    state: str
    allowed: dict[str, bool]


def read(table: str, has_states: bool) -> list[Row]:
    heading, *lines = table.strip("\n").splitlines()
    who = heading.split()
    rows = []
    for line in lines:
        words = line.split()
        cells, named = words[-len(who) :], words[: -len(who)]
        state = named.pop() if has_states else ""
        allowed = {name: cell == "yes" for name, cell in zip(who, cells, strict=True)}
        rows.append(Row(" ".join(named), state, allowed))
    return rows


ROWS = read(ARTICLES, has_states=True)
OTHERS = read(DESK, has_states=False)
WHO = list(ROWS[0].allowed)


class Scene(NamedTuple):
    """Somebody, and an article of the News as they meet it."""

    viewer: User | None
    client: Client
    article: Article


@pytest.fixture
def news() -> Section:
    return make_section("News")


def account(who: str) -> User | None:
    match who:
        case "nobody":
            return None
        case "member":
            return make_user()
        case "own":
            return make_staff("Reporter")
        case "elsewhere":
            editor = make_staff("Editor")
            editor.desk_sections.add(make_section())
            return editor
    return make_staff(who.capitalize())


def in_state(state: str, **fields: Any) -> Article:
    """An article as the verbs would have left it."""
    is_deindexed = state == "deindexed"
    fields["status"] = Status.PUBLISHED if is_deindexed else state
    fields["deindexed_at"] = timezone.now() if is_deindexed else None
    day = timedelta(days=1)
    times = {
        Status.PUBLISHED: timezone.now() - day,
        Status.WITHDRAWN: timezone.now() - day,
        Status.SCHEDULED: timezone.now() + day,
    }
    published = times.get(fields["status"])
    article = make_article("Rain at last", published=published, **fields)
    editing.record([article])
    return Article.objects.get(pk=article.pk)


def scene(who: str, state: str, news: Section) -> Scene:
    viewer = account(who)
    author = viewer if who == "own" else make_staff("Reporter")
    article = in_state(state or Status.DRAFT, section=news, created_by=author)
    client = Client()
    if viewer:
        client.force_login(viewer)
    return Scene(viewer, client, article)


def named(row: Row) -> str:
    return f"{row.what} {row.state}"


def test_the_table_knows_every_action() -> None:
    assert {row.what for row in ROWS} == set(Action)


# The rules, the verbs and the desk


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_the_rules_the_verbs_and_the_desk_hold_to_the_table(row: Row, news: Section) -> None:
    action = Action(row.what)
    verb, attempt = VERBS.get(action), ATTEMPTS.get(action)
    by_the_rules, by_the_verb, at_the_desk = {}, {}, {}
    for who in WHO:
        met = scene(who, row.state, news)
        by_the_rules[who] = may(met.viewer, action, met.article)
        if verb:
            by_the_verb[who] = is_done(verb, met)
        if attempt:
            at_the_desk[who] = is_answered(attempt, met, action)

    assert by_the_rules == row.allowed
    assert by_the_verb in ({}, row.allowed)
    assert at_the_desk in ({}, row.allowed)


def may(viewer: User | None, action: Action, article: Article) -> bool:
    if action in {Action.CREATE, Action.IMPORT}:
        return rules.is_permitted(viewer or AnonymousUser(), action)
    return rules.may(viewer or AnonymousUser(), action, article)


def is_done(verb: Callable[[Article, User], object], met: Scene) -> bool:
    """Whether the verb does it; what it did is undone."""
    try:
        with transaction.atomic():
            verb(Article.objects.get(pk=met.article.pk), met.viewer or make_user())
            transaction.set_rollback(True)
    except (PermissionDenied, ValidationError):
        return False
    return True


def is_answered(attempt: Attempt, met: Scene, action: Action) -> bool:
    """Whether an attempt at the desk's own address succeeds, and changes nothing if it does not."""
    before = everything(met.article)
    answer = attempt(met.client, met.article)
    is_changed = everything(met.article) != before
    if met.viewer is None or not met.viewer.is_staff:
        assert answer["Location"].startswith("/admin/login/?next=/admin/")
    if action == Action.READ:
        assert not is_changed
        return bool(answer.status_code == 200)
    # Who may see the list may do so, too, without any right to what is in it.
    refusals = {302, 403, 404, *([200] if attempt in FROM_THE_LIST else [])}
    assert is_changed or answer.status_code in refusals
    return is_changed


@pytest.mark.parametrize("state", [*Status, "deindexed"])
def test_whoever_may_read_an_article_finds_it_and_nobody_else(state: str, news: Section) -> None:
    for who in WHO:
        viewer, _, article = scene(who, state, news)
        if viewer is None or not viewer.is_staff:
            continue
        found = rules.visible_to(viewer, Article.objects.filter(pk=article.pk)).exists()
        assert found == rules.may(viewer, Action.READ, article), who


def suggestion_of(article: Article) -> int:
    return make_mention(article, make_person(), state=MentionState.SUGGESTED).pk


VERBS: dict[Action, Callable[[Article, User], object]] = {
    Action.EDIT: lambda article, by: editing.save(article, by=by),
    Action.LINK: lambda article, by: mentions.reject([suggestion_of(article)], by=by),
    Action.SUBMIT: lambda article, by: editing.submit(article, by=by),
    Action.SEND_BACK: lambda article, by: editing.send_back(article, by=by, reason="Why?"),
    Action.PUBLISH: lambda article, by: editing.publish(article, by=by),
    Action.CORRECT: lambda article, by: editing.correct(article, by=by, wrong="1", text="2"),
    Action.WITHDRAW: lambda article, by: editing.withdraw(article, by=by, notice="Wrong."),
    Action.DEINDEX: lambda article, by: editing.deindex(article, by=by),
    Action.REINDEX: lambda article, by: editing.reindex(article, by=by),
    Action.BIN: lambda article, by: editing.put_in_bin(article, by=by),
    Action.RESTORE: lambda article, by: editing.restore(article, by=by),
    Action.DELETE: lambda article, by: editing.delete(article, by=by),
    Action.SHARE: lambda article, by: editing.share(
        article, by=by, expires_at=timezone.now() + timedelta(days=1)
    ),
}


# The desk


@pytest.mark.parametrize("row", OTHERS, ids=named)
def test_what_else_there_is_at_the_desk(row: Row, news: Section) -> None:
    done = {}
    for who in WHO:
        _, client, article = scene(who, Status.PUBLISHED, news)
        done[who] = OTHER_ATTEMPTS[row.what](client, article)

    assert done == row.allowed


def everything(article: Article) -> object:
    """All that an action could change."""
    return (
        list(Article.objects.filter(pk=article.pk).values()),
        Article.objects.count(),
        Correction.objects.filter(article=article.pk).count(),
        PreviewLink.objects.filter(article=article.pk).count(),
    )


def page(name: str, article: Article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def form_at(client: Client, address: str) -> dict[str, Any]:
    """The form at an address with what it holds; empty for whoever is not shown it."""
    answer = client.get(address)
    if answer.status_code != 200:
        return {}
    document: Any = html.fromstring(answer.content.decode())
    forms = [form for form in document.forms if form.get("id") == "article_form"]
    if not forms:
        return {}
    return {
        field.name: list(field.value) if field.get("multiple") is not None else field.value
        for field in forms[0].inputs
        if field.name and "__prefix__" not in field.name and field.get("type") != "submit"
        if field.value is not None
    }


def edit(client: Client, article: Article) -> Any:
    data = form_at(client, page("change", article))
    return client.post(page("change", article), data | {"headline": "Rain again", "_save": "Save"})


def create(client: Client, article: Article) -> Any:
    add = reverse("admin:articles_article_add")
    data = form_at(client, add) | {"headline": "Sun at last", "body": "<p>It shone.</p>"}
    return client.post(add, data | {"_save": "Save draft"})


def chosen(action: str) -> Attempt:
    """From the list, by the article's box."""

    def attempt(client: Client, article: Article) -> Any:
        data = {"action": action, "_selected_action": [article.pk], "index": "0"}
        return client.post(reverse("admin:articles_article_changelist"), data)

    return attempt


def posted(name: str, **data: Any) -> Attempt:
    """On the article's page for it."""
    return lambda client, article: client.post(page(name, article), data)


ATTEMPTS: dict[Action, Attempt] = {
    Action.CREATE: create,
    Action.READ: lambda client, article: client.get(page("read", article)),
    Action.EDIT: edit,
    Action.SUBMIT: chosen("submit"),
    Action.SEND_BACK: posted("send_back", reason="Who says so?"),
    Action.PUBLISH: chosen("publish"),
    Action.CORRECT: posted(
        "correct", kind="correction", wrong="Monday", text="Tuesday", placement="top"
    ),
    Action.WITHDRAW: posted("withdraw", notice="It was wrong."),
    Action.DEINDEX: posted("deindex", reason="Somebody asked."),
    Action.REINDEX: posted("reindex", reason="Nobody minds."),
    Action.BIN: posted("bin"),
    Action.RESTORE: posted("restore"),
    Action.DELETE: posted("delete", post="yes"),
    Action.SHARE: posted("previews", recipient="A lawyer", days="7"),
}


FROM_THE_LIST = [ATTEMPTS[Action.SUBMIT], ATTEMPTS[Action.PUBLISH]]


def decide(client: Client, article: Article) -> bool:
    comment = make_comment(article, state=CommentState.PENDING)
    client.post(
        reverse("admin:articles_comment_decide", args=[comment.pk]), {"decision": "approved"}
    )
    return Comment.objects.filter(pk=comment.pk, state=CommentState.APPROVED).exists()


def see(address: str) -> Callable[[Client, Article], bool]:
    return lambda client, _: client.get(address).status_code == 200


def add_place(client: Client, _: Article) -> bool:
    before = Place.objects.count()
    names = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    client.post(
        "/admin/articles/place/add/",
        {"name": f"Tank {before}", "kind": "town", "population": "0", "is_reviewed": "on"} | names,
    )
    return Place.objects.count() > before


def delete_place(client: Client, _: Article) -> bool:
    place = make_place()
    client.post(reverse("admin:articles_place_delete", args=[place.pk]), {"post": "yes"})
    return not Place.objects.filter(pk=place.pk).exists()


def merge_places(client: Client, _: Article) -> bool:
    one, other = make_place(), make_place()
    address = reverse("admin:articles_merge_with", args=["place", one.pk])
    client.post(address, {"other": other.pk, "stays": other.pk})
    one.refresh_from_db()
    return one.merged_into_id == other.pk


def add_section(client: Client, _: Article) -> bool:
    data = {"name": "Weather", "slug": "", "description": "", "order": "9"}
    data |= {"comment_policy": "open"}
    client.post("/admin/articles/section/add/", data)
    return Section.objects.filter(name="Weather").exists()


def change_role(client: Client, _: Article) -> bool:
    group = make_staff("Reporter").groups.get()
    client.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "Everything"})
    group.refresh_from_db()
    return group.name == "Everything"


OTHER_ATTEMPTS: dict[str, Callable[[Client, Article], bool]] = {
    "bring in copy": see("/admin/articles/article/from-copy/"),
    "decide about a comment": decide,
    "see the suggestions": see("/admin/suggestions/"),
    "see a place": see("/admin/articles/place/"),
    "add a place": add_place,
    "delete a place": delete_place,
    "merge two places": merge_places,
    "see the merges": see("/admin/articles/merge/"),
    "see the duplicates": see("/admin/articles/merge/duplicates/"),
    "add a section": add_section,
    "upload an image": see("/admin/articles/image/add/"),
    "see the accounts": see("/admin/auth/user/"),
    "see the audit log": see("/admin/articles/auditentry/"),
    "change a role": change_role,
}


# The API


@pytest.mark.parametrize("state", [*Status, "deindexed"])
def test_the_api_shows_everybody_what_is_public_and_nothing_else(state: str, news: Section) -> None:
    status = {"published": 200, "withdrawn": 410}.get(state, 404)
    for who in WHO:
        _, client, article = scene(who, state, news)
        answer = client.get(f"/api/v1/articles/{article.pk}/")
        assert answer.status_code == status, who


@pytest.mark.parametrize("who", WHO)
def test_the_api_lets_nobody_write(who: str, news: Section) -> None:
    _, client, article = scene(who, Status.PUBLISHED, news)
    comment = make_comment(article)
    before = everything(article)
    addresses = [
        f"/api/v1/{kind}/{tail}"
        for kind, key in (
            ("articles", article.pk),
            ("comments", comment.pk),
            ("places", make_place().pk),
            ("sections", news.pk),
        )
        for tail in ("", f"{key}/")
    ]

    for address in (*addresses, "/api/v1/people/", "/api/v1/tags/", "/api/v1/images/"):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(
                address, {"headline": "Changed"}, content_type="application/json"
            )
            assert answer.status_code in {401, 403, 405}, (method, address)

    assert everything(article) == before
    assert Image.objects.count() == 0
