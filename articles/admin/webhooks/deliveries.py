"""What webhooks were sent, and what waits: to look at, and to be sent again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import NONE, DeskAdmin
from articles.models import WebhookDelivery
from articles.templatetags.moments import minute
from articles.webhooks import delivering

_STATES = {
    "waiting": {"delivered_at__isnull": True, "given_up_at__isnull": True},
    "given-up": {"given_up_at__isnull": False},
    "taken": {"delivered_at__isnull": False},
}


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "to be sent"), ("given-up", "given up"), ("taken", "taken")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]
    ) -> QuerySet[WebhookDelivery]:
        return queryset.filter(**_STATES.get(self.value() or "", {}))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(DeskAdmin[WebhookDelivery]):
    """Whoever may look can have one sent again, and do no more."""

    list_display = ["event", "webhook", "article", "made", "state", "answer"]
    list_filter = [StateFilter, "webhook"]
    list_select_related = ["webhook"]
    fields = [
        "webhook", "event", "article", "key", "made", "state", "attempts", "answer", "body",
    ]  # fmt: skip
    ordering = ["-id"]
    sortable_by = ()
    actions = ["send_again"]

    @admin.display(description="made")
    def made(self, delivery: WebhookDelivery) -> SafeString:
        return minute(delivery.created_at)

    @admin.display(description="state")
    def state(self, delivery: WebhookDelivery) -> SafeString:
        if delivery.delivered_at:
            return format_html("taken {}", minute(delivery.delivered_at))
        if delivery.given_up_at:
            return format_html("given up {}", minute(delivery.given_up_at))
        return format_html("to be sent {}", minute(delivery.due_at))

    @admin.display(description="answer")
    def answer(self, delivery: WebhookDelivery) -> SafeString | str:
        if delivery.tried_at is None:
            return NONE
        took = f"in {delivery.milliseconds or 0:,} ms"
        return f"{delivery.fault or delivery.status} {took}"

    @admin.action(description="Send again", permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        number = delivering.send_again(list(queryset.values_list("pk", flat=True)))
        sent = "1 delivery is" if number == 1 else f"{number:,} deliveries are"
        messages.success(request, f"{sent} sent again within seconds, where a worker runs.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
