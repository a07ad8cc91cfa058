"""The list of comments: by state, searched and narrowed, each with what decides about it, and
many decided about at once."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.admin.base import DeskAdmin, editor
from articles.admin.comments import tabs, undoing
from articles.admin.comments.verbs import AT_ONCE, DECISIONS, Done, buttons
from articles.admin.filters import Choice, FormFilter, PeriodFilter
from articles.comments import moderation
from articles.models import Comment, CommentState
from articles.templatetags.moments import minute

SEARCHED = 20_000
"""The newest comments among which a name is looked for."""


class StateFilter(admin.SimpleListFilter):
    """One tab at a time, so that every list is read from one index; first what waits."""

    title = "state"
    template = "admin/tab_filter.html"
    is_tabs = True
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(tab.name, tab.label) for tab in tabs.LIST]

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": value == tabs.tab_named(self.value()).name,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        return queryset.filter(tabs.tab_named(self.value()).rows)


class SentFilter(PeriodFilter):
    title = "date"
    column = "created_at"

    def rows(self, request: HttpRequest, model_admin: Any) -> QuerySet[Comment]:
        return tabs.tab_named(request.GET.get("state")).comments()


class ArticleFilter(FormFilter):
    title = "article"
    choose = {"article": Choice(Comment._meta.get_field("article"), "headline")}


class CommentListAdmin(DeskAdmin[Comment]):
    """The list of comments, without the page behind each."""

    list_display = ["said", "sent", "on_article"]
    list_display_links = ["sent"]
    list_filter = [StateFilter, SentFilter, ArticleFilter]
    list_per_page = 30
    sortable_by = ()
    search_fields = ["author_name"]  # shows the box; see get_search_results
    search_help_text = "An e-mail or network address, or the beginning of a name."
    actions = ["approve", "hold", "spam", "bin"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        comments = super().get_queryset(request)
        return comments.select_related("article").defer("article__body")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        if "@" in term:
            return queryset.filter(author_email=term.lower()), False
        try:
            validate_ipv46_address(term)
        except ValidationError:
            return _named(queryset, term), False
        return queryset.filter(address=term), False

    # The columns

    @admin.display(description="comment")
    def said(self, comment: Comment) -> SafeString:
        """The whole text, why it is where it is, and the buttons to decide."""
        address = reverse("admin:articles_comment_decide", args=[comment.pk])
        decisions = format_html_join(
            "",
            '<button class="decide {0}" formaction="{1}" name="decision" value="{0}">{2}</button>',
            ((DECISIONS[one.name], address, one.label) for one in buttons(comment)),
        )
        return format_html(
            '<div class="said" dir="auto">{}</div><div class="why">{}</div>'
            '<div class="decisions">{}</div>',
            comment.text,
            format_html_join(" ", "<span>{}</span>", ((one,) for one in _remarks(comment))),
            decisions,
        )

    @admin.display(description="sent")
    def sent(self, comment: Comment) -> SafeString:
        lines = [
            comment.author_name,
            comment.author_email,
            comment.author_website,
            comment.address,
            minute(comment.created_at),
        ]
        return format_html_join("", "<div>{}</div>", ((line,) for line in lines if line))

    @admin.display(description="article")
    def on_article(self, comment: Comment) -> SafeString:
        article = comment.article
        address = (
            article.path
            if article.is_public()
            else reverse("admin:articles_article_change", args=[article.pk])
        )
        return format_html('<a href="{}">{}</a>', address, article.headline)

    # Decisions

    @admin.action(description="Approve the selected comments", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        decide(request, queryset, CommentState.APPROVED)

    @admin.action(description="Hold the selected comments", permissions=["change"])
    def hold(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        decide(request, queryset, CommentState.PENDING)

    @admin.action(description="Mark the selected comments as spam", permissions=["change"])
    def spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        decide(request, queryset, CommentState.SPAM)

    @admin.action(description="Put the selected comments in the bin", permissions=["change"])
    def bin(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        decide(request, queryset, CommentState.BIN)


def decide(request: HttpRequest, comments: QuerySet[Comment], state: CommentState) -> None:
    """Put comments of the list into ``state``, and say so with a button that takes it back."""
    chosen = comments.select_related(None).defer(None).only("pk", "article")[:AT_ONCE]
    was = moderation.decide(chosen, state, by=editor(request))
    noun = "comment" if len(was) == 1 else "comments"
    said = f"{len(was)} {noun}: {state.label}."
    if not was:
        messages.success(request, said)
        return
    key = undoing.remember(request, Done(said, was))
    button = format_html(
        '<button class="decide" form="undo" name="key" value="{}">Undo</button>', key
    )
    messages.success(request, format_html("{} {}", said, button))


def _remarks(comment: Comment) -> list[str]:
    """Why it is where it is, and what else is to be known before one decides."""
    reports = f"Reported: {comment.reports_open}." if comment.reports_open else ""
    edited = "Edited." if comment.edited_at else ""
    withdrawn = "Its author took it back." if comment.withdrawn_at else ""
    why = comment.reason if comment.decided_at else comment.rule_reason or comment.reason
    return [remark for remark in (reports, why, edited, withdrawn) if remark]


def _named(comments: QuerySet[Comment], beginning: str) -> QuerySet[Comment]:
    """Those of the newest whose author's name begins so.

    In one state they are in the order of the queue's index, among all of them in that of their
    ids.
    """
    order = ("-created_at", "-id") if comments.query.where else ("-id",)
    newest = comments.select_related(None).order_by(*order).values("pk")[:SEARCHED]
    return comments.filter(pk__in=newest, author_name__istartswith=beginning)
