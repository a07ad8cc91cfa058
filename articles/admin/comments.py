"""The moderators' queue: what readers wrote, held comments first."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_ipv46_address
from django.db.models import QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles.admin.base import DeskAdmin, editor
from articles.admin.filters import Choice, FormFilter, PeriodFilter
from articles.comments import moderation
from articles.comments.rendering import render
from articles.models import Comment, CommentState
from articles.templatetags.moments import minute

AT_ONCE = 1_000
"""Comments that one bulk action decides about."""

SEARCHED = 20_000
"""The newest comments among which a name is looked for."""

VERBS = {
    CommentState.APPROVED: "Approve",
    CommentState.PENDING: "Hold",
    CommentState.SPAM: "Spam",
    CommentState.BIN: "Bin",
}


class StateFilter(admin.SimpleListFilter):
    """One state at a time, so that every list is read from one index; first what waits."""

    title = "state"
    template = "admin/tab_filter.html"
    is_tabs = True
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(CommentState.choices)

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": value == self._chosen(),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        return queryset.filter(state=self._chosen())

    def _chosen(self) -> str:
        return chosen_state(self.value())


class SentFilter(PeriodFilter):
    title = "date"
    column = "created_at"

    def rows(self, request: HttpRequest, model_admin: Any) -> QuerySet[Comment]:
        return Comment.objects.filter(state=chosen_state(request.GET.get("state")))


class ArticleFilter(FormFilter):
    title = "article"
    choose = {"article": Choice(Comment._meta.get_field("article"), "headline")}


def chosen_state(value: str | None) -> str:
    """The state that is asked for; what waits, when none is."""
    return value if value in CommentState.values else CommentState.PENDING.value


@admin.register(Comment)
class CommentAdmin(DeskAdmin[Comment]):
    list_display = ["said", "sent", "on_article"]
    list_display_links = ["sent"]
    list_filter = [StateFilter, SentFilter, ArticleFilter]
    list_per_page = 30
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    sortable_by = ()
    search_fields = ["author_name"]  # shows the box; see get_search_results
    search_help_text = "An e-mail or network address, or the beginning of a name."
    actions = ["approve", "hold", "spam", "bin"]
    fieldsets = [
        (None, {"fields": ["text", "on_article", "state", "why", "decided"]}),
        ("Author", {"fields": ["author_name", "author_email", "author_website"]}),
        ("Sent", {"fields": ["created_at", "address", "user_agent", "user", "answers"]}),
    ]
    readonly_fields = [
        "on_article",
        "state",
        "why",
        "decided",
        "created_at",
        "address",
        "user_agent",
        "user",
        "answers",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        comments = super().get_queryset(request)
        return comments.select_related("article", "user", "decided_by").defer("article__body")

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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    # The list's columns

    @admin.display(description="comment")
    def said(self, comment: Comment) -> SafeString:
        """The whole text, why it is where it is, and the buttons to decide."""
        address = reverse("admin:articles_comment_decide", args=[comment.pk])
        buttons = format_html_join(
            "",
            '<button class="decide {0}" formaction="{1}" name="decision" value="{0}">{2}</button>',
            ((state, address, VERBS[state]) for state in VERBS if state != comment.state),
        )
        return format_html(
            '<div class="said" dir="auto">{}</div><div class="why">{}</div>'
            '<div class="decisions">{}</div>',
            comment.text,
            comment.reason,
            buttons,
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

    @admin.display(description="reason")
    def why(self, comment: Comment) -> str:
        return comment.reason or "-"

    # The page

    @admin.display(description="decided")
    def decided(self, comment: Comment) -> str:
        if comment.decided_at is None:
            return "by rule"
        return f"{comment.decided_at:%Y-%m-%d %H:%M} by {comment.decided_by or 'somebody'}"

    @admin.display(description="answers")
    def answers(self, comment: Comment) -> SafeString | str:
        if comment.parent is None:
            return "the article"
        address = reverse("admin:articles_comment_change", args=[comment.parent.pk])
        return format_html('<a href="{}">{}</a>', address, comment.parent)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        comment = kwargs.get("obj")
        context["decisions"] = (
            [(state.value, label) for state, label in VERBS.items() if state != comment.state]
            if comment
            else []
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        obj.html = render(obj.text)
        obj.save(update_fields=["text", "html", "author_name", "author_email", "author_website"])
        decision = request.POST.get("decision")
        if decision in CommentState.values:
            moderation.decide([obj], CommentState(decision), by=editor(request))

    def delete_model(self, request: HttpRequest, obj: Comment) -> None:
        moderation.delete([obj], by=editor(request))

    # Decisions

    @admin.action(description="Approve the selected comments", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, CommentState.APPROVED)

    @admin.action(description="Hold the selected comments", permissions=["change"])
    def hold(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, CommentState.PENDING)

    @admin.action(description="Mark the selected comments as spam", permissions=["change"])
    def spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, CommentState.SPAM)

    @admin.action(description="Put the selected comments in the bin", permissions=["change"])
    def bin(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, queryset, CommentState.BIN)

    def get_urls(self) -> list[URLPattern]:
        decide = path(
            "<int:pk>/decide/",
            self.admin_site.admin_view(require_POST(self.decide_view)),
            name="articles_comment_decide",
        )
        return [decide, *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The buttons beside a comment in the list; back to where it was."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        decision = request.POST.get("decision")
        if decision not in CommentState.values:
            raise Http404("There is no such decision.")
        self._decide(request, Comment.objects.filter(pk=pk), CommentState(decision))
        back = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            back = reverse("admin:articles_comment_changelist")
        return HttpResponseRedirect(back)

    def _decide(
        self, request: HttpRequest, comments: QuerySet[Comment], state: CommentState
    ) -> None:
        chosen = comments.select_related(None).defer(None).only("pk", "article")[:AT_ONCE]
        changed = len(moderation.decide(chosen, state, by=editor(request)))
        noun = "comment" if changed == 1 else "comments"
        messages.success(request, f"{changed} {noun}: {state.label}.")


def _named(comments: QuerySet[Comment], beginning: str) -> QuerySet[Comment]:
    """Those of the newest whose author's name begins so.

    In one state they are in the order of the queue's index, among all of them in that of their
    ids.
    """
    order = ("-created_at", "-id") if comments.query.where else ("-id",)
    newest = comments.select_related(None).order_by(*order).values("pk")[:SEARCHED]
    return comments.filter(pk__in=newest, author_name__istartswith=beginning)
