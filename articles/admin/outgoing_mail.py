"""Mail on its way out, for administrators: what was sent, what waits, and what could not be sent.

What it says is not shown: there are links in it that are for its recipient alone.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import DeskAdmin
from articles.mailing import delivery
from articles.models import OutgoingMail
from articles.templatetags.moments import minute


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    _STATES = {
        "waiting": {"sent_at__isnull": True, "given_up_at__isnull": True},
        "given-up": {"given_up_at__isnull": False},
        "sent": {"sent_at__isnull": False},
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "to be sent"), ("given-up", "given up"), ("sent", "sent")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[OutgoingMail]
    ) -> QuerySet[OutgoingMail]:
        return queryset.filter(**self._STATES.get(self.value() or "", {}))


@admin.register(OutgoingMail)
class OutgoingMailAdmin(DeskAdmin[OutgoingMail]):
    """Whoever may look can have what was not sent tried again, and do no more."""

    list_display = ["to", "subject", "kind", "written", "state", "fault"]
    list_display_links = None
    list_filter = [StateFilter]
    fields = ["to", "subject", "kind", "created_at", "due_at", "attempts", "sent_at"]
    ordering = ["-id"]
    sortable_by = ()
    search_fields = ["=to"]
    search_help_text = "A whole e-mail address."
    actions = ["try_again"]

    @admin.display(description="written")
    def written(self, mail: OutgoingMail) -> SafeString:
        return minute(mail.created_at)

    @admin.display(description="state")
    def state(self, mail: OutgoingMail) -> SafeString:
        if mail.sent_at:
            return format_html("sent {}", minute(mail.sent_at))
        if mail.given_up_at:
            return format_html("given up {}", minute(mail.given_up_at))
        return format_html("to be sent {}", minute(mail.due_at))

    @admin.action(description="Try again", permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        number = delivery.try_again(list(queryset.values_list("pk", flat=True)))
        mails = "1 mail is" if number == 1 else f"{number:,} mails are"
        messages.success(request, f"{mails} tried again within seconds, where a worker runs.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
