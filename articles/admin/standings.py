"""Who is banned, always held or trusted: seen, imposed and lifted; never changed, never deleted."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles.admin.base import NONE, DeskAdmin, editor
from articles.admin.comments.verbs import BAN
from articles.comments import networks
from articles.comments.judging import standings
from articles.models import Standing, StandingKind
from articles.templatetags.moments import minute

_FOR = [(1, "1 day"), (7, "1 week"), (30, "1 month"), (365, "1 year"), (0, "for good")]


class InForceFilter(admin.SimpleListFilter):
    """Those in force, or those that have ended."""

    title = "whether in force"
    template = "admin/tab_filter.html"
    is_tabs = True
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("in_force", "in force"), ("ended", "ended")]

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() == "ended") == (value == "ended"),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Standing]) -> QuerySet[Standing]:
        in_force = Standing.objects.in_force().order_by()
        if self.value() == "ended":
            return queryset.exclude(pk__in=in_force.values("pk"))
        return queryset.filter(pk__in=in_force.values("pk"))


class StandingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks in plain words for whom what is to hold, and imposes it."""

    kind = forms.ChoiceField(
        label="What holds for them",
        choices=StandingKind.choices,
        widget=forms.RadioSelect,
        initial=StandingKind.BANNED,
    )
    whom = forms.CharField(
        label="Whom",
        max_length=100,
        widget=forms.TextInput(attrs={"size": 40, "dir": "ltr"}),
        help_text="An e-mail address (a@b.org), everybody at a domain (@b.org), a network address"
        " (192.0.2.7) or a network (192.0.2.0/24).",
        error_messages={"required": "Say whom."},
    )
    days = forms.TypedChoiceField(label="How long", coerce=int, choices=_FOR, initial=7)
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.TextInput(attrs={"size": 60, "dir": "auto"}),
        help_text="For the newsroom only.",
        error_messages={"required": "Say why: a colleague will want to know."},
    )

    class Meta:
        model = Standing
        fields = ["kind", "reason"]

    by: Any = None

    def clean(self) -> dict[str, Any]:
        """What stands against imposing it is said in the form."""
        if not self.errors:
            try:
                standings.checked(**self._subject())
            except ValidationError as error:
                self.add_error("whom", error)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The verb checks the row."""

    def save(self, commit: bool = True) -> Standing:
        """Imposes it, whatever ``commit`` says: there is nothing to add before it is stored."""
        given = self.cleaned_data
        return standings.impose(
            StandingKind(given["kind"]), reason=given["reason"], by=self.by, **self._subject()
        )

    def save_m2m(self) -> None:
        """There is nothing of the kind; the admin asks all the same."""

    def _subject(self) -> dict[str, Any]:
        whom, days = self.cleaned_data["whom"], self.cleaned_data["days"]
        return {
            "email": whom if "@" in whom else "",
            "network": "" if "@" in whom else whom,
            "until": timezone.now() + timedelta(days=days) if days else None,
        }


@admin.register(Standing)
class StandingAdmin(DeskAdmin[Standing]):
    list_display = ["subject", "what", "ends", "reason", "imposed"]
    list_filter = [InForceFilter]
    sortable_by = ()
    search_fields = ["email"]  # shows the box; see get_search_results
    search_help_text = "An e-mail address, @domain, a network address or a network."
    readonly_fields = ["subject", "what", "ends", "reason", "imposed", "lifted"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Standing]:
        return super().get_queryset(request).select_related("created_by", "lifted_by")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Standing], search_term: str
    ) -> tuple[QuerySet[Standing], bool]:
        """Those that hold for whoever has the address, or that name it."""
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        if "@" in term:
            return queryset.filter(email__in=standings.names(term)), False
        try:
            first, last = networks.ends(term)
        except ValueError:
            return queryset.filter(email=f"@{term}"), False
        return queryset.filter(~Q(network=""), first__lte=first, last__gte=last), False

    # Who may

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(BAN)

    def has_change_permission(self, request: HttpRequest, obj: Standing | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Standing | None = None) -> bool:
        return False

    # The columns

    @admin.display(description="whom")
    def subject(self, standing: Standing) -> str:
        return standing.email or standing.network

    @admin.display(description="what holds")
    def what(self, standing: Standing) -> str:
        return standing.get_kind_display()

    @admin.display(description="until")
    def ends(self, standing: Standing) -> SafeString | str:
        return minute(standing.until) if standing.until else "for good"

    @admin.display(description="imposed")
    def imposed(self, standing: Standing) -> SafeString:
        by = standing.created_by or "the program"
        return format_html("{}, {}", by, minute(standing.created_at))

    @admin.display(description="lifted")
    def lifted(self, standing: Standing) -> SafeString:
        if standing.lifted_at is None:
            return NONE
        by = standing.lifted_by or "somebody"
        return format_html("{}, {}", by, minute(standing.lifted_at))

    # Imposing and lifting

    def get_form(
        self, request: HttpRequest, obj: Standing | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("StandingForm", (StandingForm,), {"by": editor(request)})

    def get_fields(self, request: HttpRequest, obj: Standing | None = None) -> Any:
        return self.readonly_fields if obj else ["kind", "whom", "days", "reason"]

    def get_readonly_fields(self, request: HttpRequest, obj: Standing | None = None) -> Any:
        return self.readonly_fields if obj else ()

    def save_model(self, request: HttpRequest, obj: Standing, form: Any, change: bool) -> None:
        """The form has imposed it."""

    def log_addition(self, request: HttpRequest, obj: Standing, message: Any) -> Any:
        """The verb has noted it."""

    def response_add(
        self, request: HttpRequest, obj: Standing, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(request, f"{obj}.")
        return HttpResponseRedirect(reverse("admin:articles_standing_changelist"))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        standing = kwargs.get("obj")
        context["title"] = "Ban or trust" if standing else "Ban or trust somebody"
        context["can_lift"] = (
            standing is not None
            and request.user.has_perm(BAN)
            and Standing.objects.in_force().filter(pk=standing.pk).exists()
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        lift = path(
            "<int:pk>/lift/",
            self.admin_site.admin_view(require_POST(self.lift_view)),
            name="articles_standing_lift",
        )
        return [lift, *super().get_urls()]

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ends one now."""
        if not request.user.has_perm(BAN):
            raise PermissionDenied
        standing = get_object_or_404(Standing, pk=pk)
        if standings.lift(standing, by=editor(request)):
            messages.success(request, f"Lifted: {standing}.")
        else:
            messages.warning(request, f"{standing}: it had ended already.")
        return HttpResponseRedirect(reverse("admin:articles_standing_changelist"))
