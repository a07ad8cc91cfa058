"""The list of keys, and what becomes of them: made, shown once, revoked, never deleted."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.api_keys.form import NewKeyForm
from articles.admin.base import NONE, DeskAdmin, editor
from articles.api import keys
from articles.models import ApiKey, AuditEntry, Scope
from articles.templatetags.moments import minute

REVOKE = "articles.change_apikey"


class InForceFilter(admin.SimpleListFilter):
    title = "state"
    template = "admin/tab_filter.html"
    is_tabs = True
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("in_force", "in force"), ("dead", "no longer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> QuerySet[ApiKey]:
        in_force = Q(pk__in=ApiKey.objects.in_force().order_by().values("pk"))
        chosen = {"in_force": in_force, "dead": ~in_force}.get(self.value() or "", Q())
        return queryset.filter(chosen)


@admin.register(ApiKey)
class ApiKeyAdmin(DeskAdmin[ApiKey]):
    known_as = "key", "API keys"
    list_display = ["name", "account", "beginning", "may", "used", "ends", "state"]
    list_filter = [InForceFilter]
    sortable_by = ()
    search_fields = ["name", "=prefix", "=user__username"]
    search_help_text = "Part of a name, the beginning of a key, or a login."
    readonly_fields = [
        "name",
        "account",
        "beginning",
        "may",
        "rate",
        "made",
        "used",
        "ends",
        "state",
    ]
    _ASKED = ["name", "user", "scopes", "days", "requests_a_minute"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        return super().get_queryset(request).select_related("user")

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """The audit log tells of them by name."""
        return False

    # The columns

    @admin.display(description="account")
    def account(self, key: ApiKey) -> str:
        return key.user.get_full_name() or key.user.get_username()

    @admin.display(description="begins with")
    def beginning(self, key: ApiKey) -> SafeString:
        return format_html('<code dir="ltr">nr_{}…</code>', key.prefix)

    @admin.display(description="is for")
    def may(self, key: ApiKey) -> str:
        named = [scope.label for scope in Scope if key.has_scope(scope)]
        return "; ".join(named) or "read what is public"

    @admin.display(description="requests a minute")
    def rate(self, key: ApiKey) -> str:
        return f"{key.requests_a_minute:,}" if key.requests_a_minute else "what every key may"

    @admin.display(description="made")
    def made(self, key: ApiKey) -> SafeString:
        return minute(key.created_at)

    @admin.display(description="last used")
    def used(self, key: ApiKey) -> SafeString:
        if key.last_used_at is None:
            return NONE
        return format_html(
            '{} <span dir="ltr">{}</span>', minute(key.last_used_at), key.last_network
        )

    @admin.display(description="until")
    def ends(self, key: ApiKey) -> SafeString | str:
        return minute(key.expires_at) if key.expires_at else "no end"

    @admin.display(description="state")
    def state(self, key: ApiKey) -> SafeString | str:
        if key.revoked_at:
            return format_html("revoked {}", minute(key.revoked_at))
        if key.expires_at and key.expires_at <= timezone.now():
            return "expired"
        if not (key.user.is_active and key.user.is_staff):
            return "dead: its account may not sign in"
        return "in force"

    # Making one

    def get_form(
        self, request: HttpRequest, obj: ApiKey | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("NewKeyForm", (NewKeyForm,), {"by": editor(request)})

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return self.readonly_fields if obj else self._ASKED

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return self.readonly_fields if obj else ()

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().add_view(request, form_url, {**context, **(extra_context or {})})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> ApiKey:
        key, text = keys.make(**form.key())
        request.text_of_key = text  # type: ignore[attr-defined]
        return key

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        """It is made already."""

    def log_addition(self, request: HttpRequest, obj: ApiKey, message: Any) -> Any:
        detail = f"for {obj.user.get_username()}: {self.may(obj)}"
        AuditEntry.objects.note(editor(request), "add", obj, detail)

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The one page that shows the key. Nothing else keeps it: no session, no cookie, no
        cache."""
        text = request.text_of_key  # type: ignore[attr-defined]
        answer = TemplateResponse(
            request,
            "admin/articles/apikey/made.html",
            {**self._context(request), "title": "Your new key", "key": obj, "text": text},
        )
        add_never_cache_headers(answer)
        return answer

    # Revoking one

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        key = kwargs.get("obj")
        context["title"] = "API key" if key else "New key"
        context["can_revoke"] = key and not key.revoked_at and request.user.has_perm(REVOKE)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        revoke = path(
            "<int:pk>/revoke/",
            self.admin_site.admin_view(self.revoke_view),
            name="articles_apikey_revoke",
        )
        return [revoke, *super().get_urls()]

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks, and then ends a key at once and for good."""
        if not request.user.has_perm(REVOKE):
            raise PermissionDenied
        key = get_object_or_404(ApiKey.objects.select_related("user"), pk=pk)
        if request.method == "POST":
            if keys.revoke(key, by=editor(request)):
                messages.success(request, f"Revoked: {key}. Nobody gets in with it any more.")
            else:
                messages.warning(request, f"{key} was revoked already.")
            return HttpResponseRedirect(reverse("admin:articles_apikey_changelist"))
        context = {**self._context(request), "title": "Revoke this key?", "key": key}
        context["used"] = self.used(key)
        return TemplateResponse(request, "admin/articles/apikey/revoke.html", context)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}
