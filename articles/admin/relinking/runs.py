"""The runs over the archive: a list to look at, and the page on which one is followed."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles.admin.base import DeskAdmin, editor
from articles.admin.filters import Choice, FormFilter
from articles.admin.relinking.finding import find
from articles.models import LinkingRun
from articles.relinking import runs
from articles.templatetags.moments import minute


class ByFilter(FormFilter):
    title = "person"
    choose = {"by": Choice(LinkingRun._meta.get_field("by"), "username")}


@admin.register(LinkingRun)
class LinkingRunAdmin(DeskAdmin[LinkingRun]):
    """Nobody adds or changes one here: it is begun from the page of an entry or by a command."""

    known_as = "linking run", "linking runs"
    list_display = ["what", "progress", "changed_count", "state", "begun", "by"]
    list_display_links = ["what"]
    list_filter = [ByFilter]
    list_select_related = ["by"]
    ordering = ["-id"]
    sortable_by = ()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("find/<str:kind>/<int:key>/", wrap(find), name="articles_linkingrun_find"),
            path(
                "<int:key>/stop/",
                wrap(require_POST(partial(self._turn, runs.stop))),
                name="articles_linkingrun_stop",
            ),
            path(
                "<int:key>/resume/",
                wrap(require_POST(partial(self._turn, runs.resume))),
                name="articles_linkingrun_resume",
            ),
            *super().get_urls(),
        ]

    @admin.display(description="what")
    def what(self, run: LinkingRun) -> str:
        """The entry is not looked up: it may be gone, and each would cost a query."""
        if run.key is None:
            since = f" since {run.since:%-d %B %Y}" if run.since else ""
            return f"The whole archive{since}"
        return f"“{'”, “'.join(run.names)}”"

    @admin.display(description="looked at")
    def progress(self, run: LinkingRun) -> str:
        return f"{run.seen:,} of {run.total:,}"

    @admin.display(description="changed")
    def changed_count(self, run: LinkingRun) -> str:
        return f"{run.changed:,}"

    @admin.display(description="state")
    def state(self, run: LinkingRun) -> str:
        return state_of(run)

    @admin.display(description="begun")
    def begun(self, run: LinkingRun) -> SafeString:
        return minute(run.created_at)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404("There is no such run.")
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        entity = runs.entity_of(run)
        model = entity._meta.model_name if entity else ""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Linking {entity}" if entity else self.what(run),
            "opts": self.opts,
            "run": run,
            "state": state_of(run),
            "is_stopped": runs.is_stopped(run),
            "entity": entity,
            "entity_page": (
                reverse(f"admin:articles_{model}_change", args=[run.key]) if entity else ""
            ),
            "may_turn": run.key is not None and runs.may_link_archive(editor(request)),
        }
        return TemplateResponse(request, "admin/articles/linkingrun/run.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _turn(self, verb: Any, request: HttpRequest, key: int) -> HttpResponse:
        """Stop a run, or let it go on."""
        run = LinkingRun.objects.filter(pk=key, key__isnull=False).first()
        if run is None:
            raise Http404("There is no such run.")
        try:
            verb(run, by=editor(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:articles_linkingrun_change", args=[key]))


def state_of(run: LinkingRun) -> str:
    """In a word or two."""
    if runs.is_stopped(run):
        return "stopped"
    if run.finished_at:
        return "done"
    return "under way" if run.started_at else "waiting"
