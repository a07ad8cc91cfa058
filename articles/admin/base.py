"""What every page of the desk shares: lists that never count a whole table, and rows of inlines
that are not looked up again when nobody touched them."""

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from articles.admin.choices import KnownAutocomplete, KnownChoiceField, KnownChoicesForm, KnownRows
from articles.admin.filters import FormFilter
from articles.admin.trail import Message, in_words, trail
from articles.models import AuditEntry

COUNTED = 10_000
"""No list is counted further, nor paged; a search or a filter leads beyond."""

NONE = mark_safe('<span class="none">–</span>')
"""What a column says of what is not there."""

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline
else:
    # Their stubs are generic, the classes are not.

    class ModelAdmin(admin.ModelAdmin):
        def __class_getitem__(cls, row):
            return cls

    class TabularInline(admin.TabularInline):
        def __class_getitem__(cls, rows):
            return cls


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of the first ``COUNTED`` rows."""

    most = COUNTED

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return min(rows.order_by().values("pk")[: COUNTED + 1].count(), COUNTED)


class DeskChangeList(ChangeList):
    """A list, named for what is in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_popup and isinstance(self.model_admin, DeskAdmin):
            self.title = self.model_admin.list_name

    @cached_property
    def address(self) -> str:
        """The list's own, without what narrows it."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return reverse(name, current_app=self.model_admin.admin_site.name)

    def url_for_result(self, result: Model) -> str:
        return f"{self.address}{quote(result.pk)}/change/"


class DeskAdmin(ModelAdmin[Row]):
    """A page of the desk. Takes no count of a table, deletes one row at a time, and notes in the
    audit log what is done there."""

    form: "type[forms.ModelForm[Any]]" = KnownChoicesForm
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 50
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False
    empty_value_display = NONE
    known_as: tuple[str, str] | None = None
    """What the desk calls one row and several, where the model's own names would not do."""

    @property
    def list_name(self) -> str:
        several = self.known_as[1] if self.known_as else self.opts.verbose_name_plural
        return str(capfirst(several))

    class Media:
        js = [forms.Script("js/admin-choices.js", defer=True)]

    def label(self, row: Row) -> str:
        """How ``row`` is told from its namesakes among the choices of an autocomplete."""
        return str(row)

    def view_on_site(self, row: Row) -> str | None:
        """The public address; None while there is none."""
        address = getattr(row, "get_absolute_url", None)
        return (address() or None) if address else None

    @property
    def media(self) -> forms.Media:
        """With what the forms among the list's filters need."""
        filters = [
            one for one in self.list_filter if isinstance(one, type) and issubclass(one, FormFilter)
        ]
        return sum((one.media(self.admin_site) for one in filters), super().media)

    def may_choose(self, request: HttpRequest) -> bool:
        """Whether whoever asks may pick a row of these in a form."""
        return self.has_view_permission(request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if self.known_as:
            title = "Change the" if object_id else "New"
            extra_context = {"title": f"{title} {self.known_as[0]}", **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def action_checkbox(self, obj: Row) -> SafeString:
        """Django's, without a form's widget for each row."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" '
            'aria-label="Select {}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            obj,
        )

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    # The record, in place of the admin's own log

    def log_addition(self, request: HttpRequest, obj: Row, message: Any) -> Any:
        AuditEntry.objects.note(editor(request), "add", obj)

    def log_change(self, request: HttpRequest, obj: Row, message: Message) -> Any:
        if changed := in_words(message):
            AuditEntry.objects.note(editor(request), "change", obj, changed)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        AuditEntry.objects.note_all(editor(request), "delete", queryset)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404(f"There is no {self.opts.verbose_name} {object_id}.")
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return trail(request, row)

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        return super().formfield_for_foreignkey(
            db_field, request, **_known_choice(self, db_field), **kwargs
        )


class DeskInline(TabularInline[Row, Any]):
    """Rows that belong to another row: who may edit that one may edit these."""

    form: "type[forms.ModelForm[Any]]" = KnownChoicesForm
    formset = KnownRows
    extra = 0

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Named for screen readers, since the labels are in the head of the table; and with one
        small button, to add what is missing, for which a row has room."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs.setdefault("aria-label", str(field.label))
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        return super().formfield_for_foreignkey(
            db_field, request, **_known_choice(self, db_field), **kwargs
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.autocomplete_fields) if self.autocomplete_fields else rows

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has_permission(request, "view") or self._has_permission(request, "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has_permission(request, "change")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has_permission(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._has_permission(request, "change")

    def _has_permission(self, request: HttpRequest, verb: str) -> bool:
        return _may(request, verb, self.parent_model)


def editor(request: HttpRequest) -> User:
    """Whoever is at the desk; nobody gets there without signing in."""
    assert isinstance(request.user, User)
    return request.user


def _may(request: HttpRequest, verb: str, model: type[Model]) -> bool:
    options = model._meta
    return request.user.has_perm(f"{options.app_label}.{verb}_{options.model_name}")


def _known_choice(
    page: "DeskAdmin[Any] | DeskInline[Any]", db_field: ForeignKey[Any, Any]
) -> dict[str, Any]:
    if db_field.name not in page.autocomplete_fields:
        return {}
    return {
        "form_class": KnownChoiceField,
        "widget": KnownAutocomplete(db_field, page.admin_site),
    }
