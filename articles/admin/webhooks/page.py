"""The list of webhooks, and what can be done with one: tried, given a new secret, switched."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles.admin.base import DeskAdmin, editor
from articles.admin.webhooks.form import WebhookForm
from articles.models import AuditEntry, Webhook
from articles.templatetags.moments import minute
from articles.webhooks import making, writing

_CHANGE = "articles.change_webhook"


@admin.register(Webhook)
class WebhookAdmin(DeskAdmin[Webhook]):
    form = WebhookForm
    list_display = ["name", "address", "told_of", "state"]
    fields = ["name", "url", "kinds"]
    sortable_by = ()

    @admin.display(description="address")
    def address(self, webhook: Webhook) -> SafeString:
        """No link: what is there is for programs."""
        return format_html('<span dir="ltr">{}</span>', webhook.url)

    @admin.display(description="is told of")
    def told_of(self, webhook: Webhook) -> str:
        return ", ".join(webhook.kinds) or "every change"

    @admin.display(description="state")
    def state(self, webhook: Webhook) -> SafeString | str:
        """With a mark where somebody has to see to it."""
        if not webhook.is_active and webhook.stopped_because:
            return format_html('<span class="flag">switched off</span> {}', webhook.stopped_because)
        if not webhook.is_active:
            return "switched off"
        if webhook.failing_since:
            return format_html(
                '<span class="flag">failing</span> It has taken nothing since {}.',
                minute(webhook.failing_since),
            )
        return "on"

    # Making one

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Webhook:
        saved: Webhook = super().save_form(request, form, change)
        if change:
            return saved
        given = form.cleaned_data
        return making.make(given["name"], given["url"], given["kinds"], by=editor(request))

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        if change:  # what is new is made already
            obj.save(update_fields=form.changed_data or ["name"])

    def response_add(
        self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._secret_page(request, obj)

    def _secret_page(self, request: HttpRequest, webhook: Webhook) -> HttpResponse:
        """The one page that shows the secret; nothing else does."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Its secret",
            "webhook": webhook,
        }
        answer = TemplateResponse(request, "admin/articles/webhook/secret.html", context)
        add_never_cache_headers(answer)
        return answer

    def _last_fault(self, webhook: Webhook) -> str:
        """Of the newest delivery that was tried; empty when there is none."""
        tried = webhook.deliveries.filter(tried_at__isnull=False).order_by("-id")
        return tried.values_list("fault", flat=True).first() or ""

    # What is done with one

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        webhook = kwargs.get("obj")
        # Saving a new one ends at its secret, which is shown once.
        context |= {"show_save_and_add_another": False, "show_save_and_continue": bool(webhook)}
        if webhook:
            context["state"] = self.state(webhook)
            context["needs_care"] = bool(webhook.failing_since or webhook.stopped_because)
            context["fault"] = self._last_fault(webhook) if webhook.failing_since else ""
            log = reverse("admin:articles_webhookdelivery_changelist")
            context["log"] = f"{log}?webhook={webhook.pk}"
            context["may_act"] = request.user.has_perm(_CHANGE)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        acts = [
            ("ping", self.ping_view),
            ("secret", self.secret_view),
            ("switch", self.switch_view),
        ]
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"articles_webhook_{name}",
            )
            for name, view in acts
        ] + super().get_urls()

    def ping_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sends a message that tells of nothing."""
        writing.ping(self._webhook(request, pk))
        messages.success(request, "A ping is sent within seconds, where a worker runs.")
        log = reverse("admin:articles_webhookdelivery_changelist")
        return HttpResponseRedirect(f"{log}?webhook={pk}")

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes a new secret and shows it."""
        webhook = self._webhook(request, pk)
        making.renew_secret(webhook)
        AuditEntry.objects.note(editor(request), "change", webhook, "a new secret")
        return self._secret_page(request, webhook)

    def switch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Switches it off, or on again."""
        webhook = self._webhook(request, pk)
        if webhook.is_active:
            making.switch_off(webhook)
        else:
            making.switch_on(webhook)
        done = "switched on" if webhook.is_active else "switched off"
        AuditEntry.objects.note(editor(request), "change", webhook, done)
        messages.success(request, f"It is {done}.")
        return HttpResponseRedirect(reverse("admin:articles_webhook_change", args=[pk]))

    def _webhook(self, request: HttpRequest, pk: int) -> Webhook:
        if not request.user.has_perm(_CHANGE):
            raise PermissionDenied
        return get_object_or_404(Webhook, pk=pk)
