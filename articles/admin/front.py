"""The desk's front page: what waits for whoever looks, a card for each kind of work, each read
along one index and counted no further than a glance can use."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import OuterRef, Prefetch, Subquery, Value
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst

from articles.admin.article.filters import stale_since, with_suggestions
from articles.admin.base import editor
from articles.admin.comments.queue import address_of
from articles.admin.comments.tabs import HELD, REPORTED, Tab
from articles.admin.suggestions.adrift import adrift
from articles.admin.suggestions.names import most_suggested
from articles.admin.suggestions.scope import address_of_adrift
from articles.comments.senders import MODERATE
from articles.editing import rules
from articles.editing.error_reports import JUDGE
from articles.editing.rules import RULES, Action
from articles.importing.intake import may_bring_in
from articles.models import (
    Article,
    ArticleQuerySet,
    Correction,
    ErrorReport,
    ErrorReportState,
    Organisation,
    Person,
    Place,
    Revision,
    Status,
)
from articles.models.prepared import PreparedRows, together
from articles.templatetags.moments import ago, minute

SHOWN = 5
"""Lines of a card."""
COUNTED = 99
"""No card counts further; it says 99+."""

_LIST = "admin:articles_article_changelist"
_LAST_REASON = Subquery(
    Revision.objects.filter(article=OuterRef("pk"), number=OuterRef("revision")).values("reason")
)


class Line(NamedTuple):
    """One thing that waits: what it is called, its page, and a word about it."""

    text: str
    address: str
    note: str


class Card(NamedTuple):
    """One kind of work: its heading, how much of it there is (empty when it is not counted),
    where all of it is, and the first of it."""

    title: str
    number: str
    address: str
    lines: list[Line]


class Button(NamedTuple):
    """A beginning of new work."""

    label: str
    address: str


def front_page(request: HttpRequest) -> HttpResponse:
    """``/admin/``: the cards that concern whoever looks, those with nothing in them only named."""
    viewer = editor(request)
    cards = list(_cards(viewer))
    context = {
        **admin.site.each_context(request),
        "title": "Desk",
        "cards": [card for card in cards if card.lines],
        "empty": [card.title for card in cards if not card.lines],
        "buttons": list(_buttons(viewer)),
        "app_list": admin.site.get_app_list(request),
    }
    return TemplateResponse(request, "admin/index.html", context)


def _cards(viewer: User) -> Iterator[Card]:
    articles = rules.visible_to(viewer, Article.objects.select_related("created_by"))
    if _may_everywhere(viewer, Action.PUBLISH):
        queue = articles.filter(status=Status.IN_REVIEW).order_by("updated_at")
        yield _card("To review", queue, {"status": Status.IN_REVIEW}, _from_whom)
    if rules.is_permitted(viewer, Action.CREATE) or _may_everywhere(viewer, Action.EDIT):
        yield from _own(viewer, articles)
    if viewer.has_perm(MODERATE):
        yield _comments("Held comments", HELD)
        yield _comments("Reported comments", REPORTED)
    if viewer.has_perm(JUDGE):
        yield _error_reports()
    if rules.is_permitted(viewer, Action.READ):
        # What is embargoed waits for its hour too.
        due = articles.filter(public_from__gt=timezone.now()).order_by("public_from")
        yield _card("Scheduled next", due, {"status": Status.SCHEDULED}, _when)
    if rules.is_permitted(viewer, Action.EDIT):
        stale = articles.filter(stale_since()).order_by("-updated_at")
        if not _may_everywhere(viewer, Action.EDIT):
            stale = stale.filter(created_by=viewer)
        yield _card("Going stale", stale, {"wants": "stale"}, _since)
    if _may_everywhere(viewer, Action.EDIT):
        yield from _machines_work(articles)
    if rules.is_permitted(viewer, Action.LINK):
        yield from _suggested_names(viewer)
    if viewer.has_perm("articles.change_person"):
        yield from _unreviewed()
    if _may_everywhere(viewer, Action.CORRECT):
        yield _corrections()
    if rules.is_permitted(viewer, Action.READ):
        latest = articles.exclude(status=Status.BIN).order_by("-updated_at", "-id")[:SHOWN]
        lines = [_line(article, _since(article)) for article in latest.defer("body")]
        yield Card("Changed last", "", reverse(_LIST), lines)


def _own(viewer: User, articles: ArticleQuerySet) -> Iterator[Card]:
    on_the_desk = {"status__in": (Status.DRAFT, Status.IN_REVIEW)}
    turn = articles.filter(assigned_to=viewer, **on_the_desk).order_by("-updated_at")
    turn = turn.annotate(last_reason=_LAST_REASON)
    yield _card("Your turn", turn, {"whose": "turn"}, _what_was_said)
    drafts = articles.filter(created_by=viewer, status=Status.DRAFT).order_by("-updated_at")
    yield _card("Your drafts", drafts, {"whose": "mine", "status": Status.DRAFT}, _since)


def _machines_work(articles: ArticleQuerySet) -> Iterator[Card]:
    """What machines did and editors have not seen."""
    on_the_desk = articles.exclude(status=Status.BIN)
    suggested = on_the_desk.filter(pk__in=with_suggestions()).order_by("-pk")
    yield _card("Suggestions to confirm", suggested, {"wants": "suggestions"}, _since)
    for title, wants, field in (
        ("Wanting a headline", "headline", "headline_is_drawn"),
        ("With a guessed year", "year", "dateline_year_is_guess"),
    ):
        waiting = on_the_desk.filter(**{field: True}).order_by("-updated_at")
        yield _card(title, waiting, {"wants": wants}, _since)


def _suggested_names(viewer: User) -> Iterator[Card]:
    """The names that machines were not sure of, the most frequent first, and those that an editor
    had decided about and the text no longer says."""
    rights = rules.sections_of(viewer)
    names = most_suggested(rights)
    lines = [
        Line(one.words, scope.address(one.folded), f"{scope.kind.label} · {one.number}")
        for scope, one in names[:SHOWN]
    ]
    yield Card("Suggested names", _count(names), reverse("desk:suggestions"), lines)
    gone = adrift(rights, COUNTED + 1)
    address = address_of_adrift()
    lines = [
        Line(one.words, address, Truncator(one.mention.article.headline).chars(90))
        for one in gone[:SHOWN]
    ]
    yield Card("Names no longer in the text", _count(gone), address, lines)


def _unreviewed() -> Iterator[Card]:
    """The entities that only a machine has seen, a card for each kind, all in one query."""
    waiting: dict[str, list[tuple[int, str, str, datetime]]] = {name: [] for name in _UNREVIEWED}
    for name, *row in together([rows.first(COUNTED + 1) for rows in _UNREVIEWED.values()]):
        waiting[name].append((row[0], row[1], row[2], row[3]))
    for name, rows in waiting.items():
        lines = [
            Line(
                called,
                reverse(f"admin:articles_{name}_change", args=[pk]),
                Truncator(description).chars(90) or ago(created_at),
            )
            for pk, called, description, created_at in rows[:SHOWN]
        ]
        address = reverse(f"admin:articles_{name}_changelist")
        plural = apps.get_model("articles", name)._meta.verbose_name_plural
        title = f"{capfirst(plural)} to look at"
        yield Card(title, _count(rows), f"{address}?is_reviewed__exact=0", lines)


_UNREVIEWED = {
    str(model._meta.model_name): PreparedRows(
        (),
        lambda model=model: (
            model._default_manager.filter(is_reviewed=False, merged_into=None)
            .order_by("name", "id")
            .values_list(Value(model._meta.model_name), "pk", "name", "description", "created_at")
        ),
    )
    for model in (Person, Organisation, Place)
}


def _comments(title: str, tab: Tab) -> Card:
    """What waits in a tab of the moderators' queue, each line leading there."""
    waiting = tab.comments().select_related("article")
    waiting = waiting.only("author_name", "text", "created_at", "article__headline")
    comments = list(waiting[: COUNTED + 1])
    lines = [
        Line(
            Truncator(comment.text).chars(90),
            address_of(tab, comment.pk),
            f"{comment.author_name}, on “{Truncator(comment.article.headline).chars(50)}”",
        )
        for comment in comments[:SHOWN]
    ]
    return Card(title, _count(comments), address_of(tab), lines)


def _error_reports() -> Card:
    waiting = ErrorReport.objects.filter(state=ErrorReportState.OPEN).select_related("article")
    waiting = waiting.only("text", "created_at", "article__headline")
    reports = list(waiting.order_by("-created_at", "-id")[: COUNTED + 1])
    lines = [
        Line(
            Truncator(report.text).chars(90),
            reverse("admin:articles_errorreport_change", args=[report.pk]),
            format_html(
                "{}, in “{}”",
                ago(report.created_at),
                Truncator(report.article.headline).chars(50),
            ),
        )
        for report in reports[:SHOWN]
    ]
    address = reverse("admin:articles_errorreport_changelist")
    return Card("Errors reported", _count(reports), address, lines)


def _corrections() -> Card:
    # Read apart, or SQLite begins with all articles.
    headlines = Prefetch("article", Article.objects.only("headline"))
    newest = Correction.objects.only("kind", "created_at", "article").prefetch_related(headlines)
    lines = [
        _line(
            correction.article,
            format_html("{}, {}", correction.get_kind_display(), ago(correction.created_at)),
        )
        for correction in newest.order_by("-created_at", "-id")[:SHOWN]
    ]
    return Card("Corrected of late", "", reverse("articles:corrections"), lines)


def _card(
    title: str,
    articles: ArticleQuerySet,
    filters: dict[str, str],
    note: Callable[[Article], str],
) -> Card:
    waiting = list(articles.defer("body", "summary", "created_by__password")[: COUNTED + 1])
    lines = [_line(article, note(article)) for article in waiting[:SHOWN]]
    return Card(title, _count(waiting), f"{reverse(_LIST)}?{urlencode(filters)}", lines)


def _line(article: Article, note: str) -> Line:
    address = reverse("admin:articles_article_change", args=[article.pk])
    return Line(article.headline or "Without a headline", address, note)


def _buttons(viewer: User) -> Iterator[Button]:
    if may_bring_in(viewer):
        yield Button("New from copy", reverse("admin:articles_article_from_copy"))
    if rules.is_permitted(viewer, Action.CREATE):
        yield Button("New article", reverse("admin:articles_article_add"))
    if viewer.has_perm("articles.add_image"):
        yield Button("Upload images", reverse("admin:articles_image_add"))


def _may_everywhere(viewer: User, action: Action) -> bool:
    """Whether the right is to more than one's own."""
    return viewer.has_perm(f"articles.{RULES[action].permission}")


def _count(waiting: Sequence[Any]) -> str:
    return str(len(waiting)) if len(waiting) <= COUNTED else f"{COUNTED}+"


# The words about a line


def _from_whom(article: Article) -> str:
    author = article.created_by
    if author is None:
        return _since(article)
    return format_html("{}, {}", author.get_full_name() or author.username, _since(article))


def _since(article: Article) -> str:
    return ago(article.updated_at)


def _when(article: Article) -> str:
    return minute(article.public_from)


def _what_was_said(article: Article) -> str:
    """Why it came back, if it did."""
    reason: str = getattr(article, "last_reason", None) or ""
    return reason if reason.startswith("Sent back: ") else _since(article)
