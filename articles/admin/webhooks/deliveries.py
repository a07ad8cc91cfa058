"""What webhooks were sent, and what waits: to look at, and to be sent again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles.admin.base import NONE, DeskAdmin
from articles.models import Article, WebhookDelivery
from articles.templatetags.moments import minute
from articles.webhooks import delivering

_STATES = {
    "waiting": {"delivered_at__isnull": True, "given_up_at__isnull": True},
    "given-up": {"given_up_at__isnull": False},
    "taken": {"delivered_at__isnull": False},
}


class StateFilter(admin.SimpleListFilter):
    title = "state"
    template = "admin/tab_filter.html"
    is_tabs = True
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

    list_display = ["made", "event", "what", "webhook", "state", "answer"]
    list_filter = [StateFilter, "webhook"]
    list_select_related = ["webhook"]
    fields = [
        "webhook", "event", "what", "made", "state", "attempts", "answer", "key", "message",
    ]  # fmt: skip
    ordering = ["-id"]
    sortable_by = ()
    actions = ["send_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        article = Article.objects.filter(pk=OuterRef("article"))
        return super().get_queryset(request).annotate(headline=Subquery(article.values("headline")))

    # The columns

    @admin.display(description="article")
    def what(self, delivery: WebhookDelivery) -> SafeString | str:
        """Leads to its page; one that is gone has only its number."""
        if delivery.article is None:
            return NONE
        headline: str | None = getattr(delivery, "headline", None)
        if headline is None:
            return f"No. {delivery.article}, deleted"
        page = reverse("admin:articles_article_change", args=[delivery.article])
        return format_html('<a href="{}" dir="auto">{}</a>', page, headline)

    @admin.display(description="made")
    def made(self, delivery: WebhookDelivery) -> SafeString:
        return minute(delivery.created_at)

    @admin.display(description="state")
    def state(self, delivery: WebhookDelivery) -> SafeString:
        if delivery.delivered_at:
            return format_html("taken {}", minute(delivery.delivered_at))
        if delivery.given_up_at:
            return format_html(
                '<span class="flag">given up</span> {}', minute(delivery.given_up_at)
            )
        return format_html("to be sent {}", minute(delivery.due_at))

    @admin.display(description="answer")
    def answer(self, delivery: WebhookDelivery) -> SafeString | str:
        if delivery.tried_at is None:
            return NONE
        return f"{delivery.fault or delivery.status} ({delivery.milliseconds or 0:,} ms)"

    @admin.display(description="message")
    def message(self, delivery: WebhookDelivery) -> SafeString:
        return format_html('<code dir="ltr">{}</code>', delivery.body)

    # What is done with them

    @admin.action(description="Send again", permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        self._send_again(request, list(queryset.values_list("pk", flat=True)))

    def get_urls(self) -> list[URLPattern]:
        again = require_POST(self.send_again_view)
        return [
            path(
                "<int:pk>/again/",
                self.admin_site.admin_view(again),
                name="articles_webhookdelivery_again",
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        named = {"title": "Webhook delivery", "subtitle": None, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, named)

    def send_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sends the one whose page it is asked for on."""
        if not self.has_send_permission(request):
            raise PermissionDenied
        delivery = get_object_or_404(WebhookDelivery, pk=pk)
        self._send_again(request, [delivery.pk])
        page = reverse("admin:articles_webhookdelivery_change", args=[delivery.pk])
        return HttpResponseRedirect(page)

    def _send_again(self, request: HttpRequest, deliveries: list[int]) -> None:
        number = delivering.send_again(deliveries)
        sent = "1 delivery is" if number == 1 else f"{number:,} deliveries are"
        messages.success(request, f"{sent} sent again within seconds, where a worker runs.")

    def has_send_permission(self, request: HttpRequest) -> bool:
        """To send is to act for the webhook, which to look at the log is not."""
        return request.user.has_perm("articles.change_webhook")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
