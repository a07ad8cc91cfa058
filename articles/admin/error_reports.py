"""What readers say is wrong in articles: the list, open ones first, and the page where one is
judged."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from articles import editing
from articles.admin.base import NONE, DeskAdmin, editor
from articles.editing import rules
from articles.editing.error_reports import JUDGE
from articles.editing.rules import Action
from articles.models import Article, ErrorReport, ErrorReportState, Revision
from articles.templatetags.moments import ago
from articles.text.body import blocks
from articles.text.language import direction


class StateFilter(admin.SimpleListFilter):
    """One state at a time, along one index; first what is to be looked at."""

    title = "state"
    template = "admin/tab_filter.html"
    is_tabs = True
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(ErrorReportState.choices)

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": value == self._chosen(),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ErrorReport]
    ) -> QuerySet[ErrorReport]:
        return queryset.filter(state=self._chosen())

    def _chosen(self) -> str:
        value = self.value()
        return value if value in ErrorReportState.values else ErrorReportState.OPEN.value


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in its surroundings, taken apart around the words that a reader marked."""

    above: str
    start: str
    marked: str
    end: str
    below: str

    @property
    def text(self) -> str:
        return self.start + self.marked + self.end


class DecliningForm(forms.Form):
    note = forms.CharField(
        label="Why it was right as it stood",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="For the desk only.",
        error_messages={"required": "Say why, for whoever reads the next report of it."},
    )


@admin.register(ErrorReport)
class ErrorReportAdmin(DeskAdmin[ErrorReport]):
    list_display = ["what", "on_article", "sent", "outcome"]
    list_filter = [StateFilter]
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        reports = super().get_queryset(request)
        related = ("article", "judged_by", "correction")
        return reports.select_related(*related).defer("article__summary")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        return False

    # The columns

    @admin.display(description="what is wrong")
    def what(self, report: ErrorReport) -> SafeString:
        text = Truncator(report.text).chars(160)
        return format_html('<span dir="auto">{}</span>', text)

    @admin.display(description="article")
    def on_article(self, report: ErrorReport) -> SafeString:
        return format_html('<span dir="auto">{}</span>', report.article.headline)

    @admin.display(description="sent")
    def sent(self, report: ErrorReport) -> SafeString:
        return format_html("{} {}", report.name, ago(report.created_at))

    @admin.display(description="judged")
    def outcome(self, report: ErrorReport) -> SafeString:
        if report.judged_at is None:
            return NONE
        return format_html("{}, {}", report.judged_by or "somebody", ago(report.judged_at))

    # The page

    def get_urls(self) -> list[URLPattern]:
        judge = path(
            "<int:pk>/judge/",
            self.admin_site.admin_view(require_POST(self.judge_view)),
            name="articles_errorreport_judge",
        )
        return [judge, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The passage as its reader met it, and as it is now where it has changed since."""
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404(f"There is no report {object_id}.")
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        return self._page(request, report, DecliningForm(auto_id="decline_%s"))

    def judge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accepts a report without a note to readers, or declines it."""
        if not request.user.has_perm(JUDGE):
            raise PermissionDenied
        report = self.get_object(request, str(pk))
        if report is None:
            raise Http404(f"There is no report {pk}.")
        form = DecliningForm(request.POST, auto_id="decline_%s")
        try:
            if request.POST.get("verb") == "accept":
                editing.accept_report(report, by=editor(request))
                messages.success(request, "Accepted. Put the article right, if it is not yet.")
            elif not form.is_valid():
                return self._page(request, report, form)
            else:
                editing.decline_report(report, by=editor(request), note=form.cleaned_data["note"])
                messages.success(request, "Declined.")
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:articles_errorreport_changelist"))

    def _page(self, request: HttpRequest, report: ErrorReport, form: DecliningForm) -> HttpResponse:
        article = report.article
        version = Revision.objects.filter(article=article, number=report.revision)
        snapshot = version.values_list("snapshot", flat=True).first()
        read = passage(snapshot["body"], report) if snapshot else None
        now = passage(article.body, report)
        viewer = editor(request)
        context = {
            **self.admin_site.each_context(request),
            "title": "Error reported",
            "opts": self.opts,
            "report": report,
            "article": article,
            "article_address": _address(article),
            "direction": direction(article.language),
            "read": read or now,
            "now": now if read and (now is None or now.text != read.text) else None,
            "is_gone": read is not None and now is None,
            "is_open": report.state == ErrorReportState.OPEN and viewer.has_perm(JUDGE),
            "may_correct": rules.may(viewer, Action.CORRECT, article),
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/errorreport/report.html", context)


def passage(body: str, report: ErrorReport) -> Passage | None:
    """The paragraph that a report names, as ``body`` has it; None when it has none of that id."""
    found = blocks(body)
    place = next((at for at, one in enumerate(found) if one.id == report.paragraph), None)
    if place is None:
        return None
    text = found[place].text
    start, marked, end = text.partition(report.quote) if report.quote else (text, "", "")
    return Passage(
        found[place - 1].text if place else "",
        start,
        marked,
        end,
        found[place + 1].text if place + 1 < len(found) else "",
    )


def _address(article: Article) -> str:
    """Where whoever judges can read the whole of it."""
    if article.is_public() and article.path:
        return article.path
    return reverse("admin:articles_article_change", args=[article.pk])
