"""The audit log: what the staff did, by whom, to what, and when. It is read here, and nowhere
written by hand."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import DeskAdmin
from articles.admin.filters import Choice, FormFilter, PeriodFilter, ValueFilter
from articles.models import AuditEntry
from articles.templatetags.moments import minute

SEARCHED = 20_000
"""The newest entries that a search looks through, of those that the filters leave."""


class PersonFilter(FormFilter):
    title = "person"
    choose = {"user": Choice(AuditEntry._meta.get_field("user"), "username")}


class ActionFilter(ValueFilter):
    title = "action"
    parameter_name = "action"
    model = AuditEntry


class KindFilter(ValueFilter):
    title = "kind"
    parameter_name = "kind"
    model = AuditEntry

    def label(self, value: str) -> str:
        return _KINDS.get(value, value)


class AtFilter(PeriodFilter):
    column = "at"


@admin.register(AuditEntry)
class AuditEntryAdmin(DeskAdmin[AuditEntry]):
    """Whoever asks, and a superuser too, can look and do no more."""

    list_display = ["when", "actor", "action", "what", "detail"]
    list_display_links = None
    list_filter = [AtFilter, PersonFilter, ActionFilter, KindFilter]
    list_per_page = 100
    ordering = ["-id"]
    sortable_by = ()
    search_fields = ["label"]  # shows the box; see get_search_results
    search_help_text = (
        f"Part of what it was called, or of a login; of the newest {SEARCHED:,} entries "
        "that the filters leave."
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        newest = queryset.order_by("-id").values("pk")[:SEARCHED]
        named = Q(label__icontains=term) | Q(actor__icontains=term)
        return AuditEntry.objects.filter(named, pk__in=newest), False

    @admin.display(description="when")
    def when(self, entry: AuditEntry) -> SafeString:
        return minute(entry.at)

    @admin.display(description="what")
    def what(self, entry: AuditEntry) -> SafeString:
        """What it was done to, leading to its page, and to all that was done to it."""
        trail = f"?kind={entry.kind}&object_id={entry.object_id}"
        kind = _KINDS.get(entry.kind, entry.kind)
        return format_html(
            '{} <a href="{}" dir="auto">{}</a> <a class="trail" href="{}" '
            'aria-label="All that was done to {}">trail</a>',
            kind,
            _page(entry) or trail,
            entry.label,
            trail,
            entry.label,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# Django's own hooks: its views sign people in and out.


@receiver(user_logged_in)
def note_sign_in(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    _note(request, user, "sign in")


@receiver(user_logged_out)
def note_sign_out(
    sender: type[User], request: HttpRequest, user: User | None, **kwargs: Any
) -> None:
    _note(request, user, "sign out")


def _note(request: HttpRequest, user: User | None, action: str) -> None:
    """Readers have no accounts, but a paper may give them some; only the staff is recorded."""
    if user is not None and user.is_staff:
        address = request.META.get("REMOTE_ADDR", "")
        AuditEntry.objects.note(user, action, user, f"from {address}" if address else "")


def _page(entry: AuditEntry) -> str:
    """The page of what it was done to, if such things have one; it may be gone."""
    app = "auth" if entry.kind in {"user", "group"} else "articles"
    try:
        return reverse(f"admin:{app}_{entry.kind}_change", args=[entry.object_id])
    except NoReverseMatch:
        return ""


_KINDS = {"user": "account", "group": "role", "auditentry": "audit log"}
