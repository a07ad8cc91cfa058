"""The merges there were, each of which can be undone."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import NONE, DeskAdmin, editor
from articles.admin.filters import Choice, FormFilter
from articles.admin.vocabulary.division import divide_entry
from articles.admin.vocabulary.duplicates import dismiss, duplicates
from articles.admin.vocabulary.merging import draw, merge_with
from articles.admin.vocabulary.sides import address_of
from articles.admin.vocabulary.tools import may_merge
from articles.models import Merge
from articles.templatetags.moments import minute
from articles.vocabulary.merging import obstacles_to_split, split
from articles.vocabulary.merging.checks import later_merges


class ByFilter(FormFilter):
    title = "editor"
    choose = {"by": Choice(Merge._meta.get_field("by"), "username")}


@admin.register(Merge)
class MergeAdmin(DeskAdmin[Merge]):
    """Nobody adds or changes one here: it is done on the page of an entry."""

    known_as = "merge", "merges"
    list_display = ["what", "into", "kind", "by", "when", "reason", "state"]
    list_display_links = None
    list_filter = ["kind", ByFilter]
    list_select_related = ["by"]
    ordering = ["-id"]
    sortable_by = ()
    change_list_template = "admin/articles/merge/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        at = "<str:kind>/<int:key>/"
        return [
            path(f"with/{at}", wrap(merge_with), name="articles_merge_with"),
            path(f"divide/{at}", wrap(divide_entry), name="articles_merge_divide"),
            path("duplicates/", wrap(duplicates), name="articles_merge_duplicates"),
            path("duplicates/<int:key>/", wrap(dismiss), name="articles_merge_dismiss"),
            path("<int:key>/undo/", wrap(undo), name="articles_merge_undo"),
            *super().get_urls(),
        ]

    def get_list_display(self, request: HttpRequest) -> Any:
        """With the way to undo each for those who may."""
        return [*self.list_display, "undoing"] if may_merge(request) else [*self.list_display]

    @admin.display(description="what")
    def what(self, merge: Merge) -> str:
        return merge.source_name

    @admin.display(description="into")
    def into(self, merge: Merge) -> SafeString:
        address = reverse(f"admin:articles_{merge.kind}_change", args=[merge.target_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, merge.target_name)

    @admin.display(description="when")
    def when(self, merge: Merge) -> SafeString:
        return minute(merge.at)

    @admin.display(description="state")
    def state(self, merge: Merge) -> str:
        return "split again" if merge.undone_at else "merged"

    @admin.display(description="undo")
    def undoing(self, merge: Merge) -> SafeString:
        if merge.undone_at:
            return NONE
        address = reverse("admin:articles_merge_undo", args=[merge.pk])
        return format_html('<a href="{}" aria-label="Undo {}">Undo</a>', address, merge)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A merge has no page but that on which it is undone."""
        return undo(request, int(object_id)) if object_id.isdecimal() else _none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Say what stands against undoing a merge, or what it does; on POST undo it."""
    if not may_merge(request):
        raise PermissionDenied
    merge = Merge.objects.select_related("by").filter(pk=key).first() or _none()
    obstacles = obstacles_to_split(merge)
    if request.method == "POST" and not obstacles:
        try:
            source = split(merge, by=editor(request))
        except ValidationError as error:  # somebody else was quicker
            obstacles = error.messages
        else:
            messages.success(
                request, f"“{merge.source_name}” and “{merge.target_name}” are two again."
            )
            return HttpResponseRedirect(address_of(source))
    if request.method == "POST":
        messages.error(request, f"Nothing was undone. {' '.join(obstacles)}")
    title = f"Split {merge.source_name} from {merge.target_name}"
    context = {"merge": merge, "obstacles": obstacles, "later": later_merges(merge)}
    return draw(request, "undo", title, None, **context)


def _none() -> Any:
    raise Http404("There is no such merge.")
