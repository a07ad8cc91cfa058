"""Accounts of the staff: who may come to the desk, in which roles, for which sections.

Rights come from roles alone; nobody gives single permissions, and nobody gives, or takes over,
rights that they do not have (see ``articles.editing.authority``).
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import DeskAdmin, editor
from articles.admin.trail import Message, in_words
from articles.editing import authority
from articles.models import ApiKey, AuditEntry, Section
from articles.templatetags.moments import minute

# Django's own pages give single permissions. Importing them above has registered them.
admin.site.unregister([User, Group])


class RolesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What both forms of an account have: its roles and its sections, as checkboxes."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label="Roles",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Without one the account cannot come to the desk.",
    )
    sections = forms.ModelMultipleChoiceField(
        Section.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Its roles hold in these sections only; in all of them when none is ticked.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "sections" in self.fields:
            self.initial["sections"] = list(self.instance.desk_sections.all())


class AccountForm(RolesForm, UserChangeForm):  # type: ignore[type-arg]
    pass


class NewAccountForm(RolesForm, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta(AdminUserCreationForm.Meta):
        fields = ("username", "first_name", "last_name", "email", "is_active", "groups")


class RoleFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "role"


@admin.register(User)
class AccountAdmin(DeskAdmin[User], UserAdmin):  # type: ignore[type-arg]
    known_as = "account", "accounts"
    form = AccountForm
    add_form = NewAccountForm
    add_form_template = "admin/auth/user/add_account.html"
    list_display = ["username", "full_name", "roles", "sections", "is_active", "last_seen"]
    list_filter = ["is_active", ("groups", RoleFilter)]
    filter_horizontal = ()
    sortable_by = ()
    search_help_text = "Part of a name or an e-mail address."
    readonly_fields = ["last_seen", "date_joined", "own_rights", "keys"]

    _WHO = ("first_name", "last_name"), "email"
    _RIGHTS = "is_active", "groups", "sections"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups", "desk_sections")

    def label(self, row: User) -> str:
        name = row.get_full_name()
        return f"{name} ({row.username})" if name else row.username

    # The list's columns

    @admin.display(description="name")
    def full_name(self, account: User) -> str:
        return account.get_full_name() or "-"

    @admin.display(description="roles")
    def roles(self, account: User) -> str:
        return _roles(account) or "-"

    @admin.display(description="sections")
    def sections(self, account: User) -> str:
        return ", ".join(section.name for section in account.desk_sections.all()) or "all"

    @admin.display(description="last signed in")
    def last_seen(self, account: User) -> SafeString | str:
        return minute(account.last_login) or "never"

    @admin.display(description="rights")
    def own_rights(self, account: User) -> str:
        return f"{_roles(account) or 'none'}. Somebody else has to change your own."

    @admin.display(description="keys")
    def keys(self, account: User) -> SafeString:
        address = reverse("admin:articles_apikey_changelist")
        number = ApiKey.objects.in_force().filter(user=account).count()
        return format_html(
            '<a href="{}?user__id__exact={}">{} in force</a>', address, account.pk, number
        )

    # The page

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        by, rights = editor(request), list(self._RIGHTS)
        if by.is_superuser:
            rights.append("is_superuser")
        if obj is None:
            password = ("usable_password", "password1", "password2")
            return [
                (None, {"fields": ["username", *self._WHO]}),
                ("Password", {"fields": password}),
                ("Rights", {"fields": [name for name in rights if name != "is_superuser"]}),
            ]
        is_self = obj.pk == request.user.pk
        return [
            (None, {"fields": ["username", "password", *self._WHO]}),
            ("Rights", {"fields": ["own_rights"] if is_self else rights}),
            ("Since when", {"fields": [("last_seen", "date_joined")]}),
            *([("API", {"fields": ["keys"]})] if by.has_perm("articles.view_apikey") else []),
        ]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        by = editor(request)
        fields: dict[str, Any] = form.base_fields
        if "groups" in fields:
            fields["groups"].queryset = authority.grantable_roles(by)
            fields["sections"].queryset = authority.grantable_sections(by)
            fields["sections"].required = authority.must_limit(by)
        return form

    # Who may do what

    def may_choose(self, request: HttpRequest) -> bool:
        """Editors name colleagues in bylines and hand articles to them."""
        return editor(request).has_perm("articles.view_article") or super().may_choose(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        permitted = super().has_change_permission(request, obj)
        return permitted and (obj is None or authority.may_manage(editor(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever has been at the desk stands in its record, and is switched off instead."""
        permitted = super().has_delete_permission(request, obj)
        if not permitted or obj is None:
            return permitted
        return obj.last_login is None and authority.may_manage(editor(request), obj)

    # Saving

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if "groups" in form.cleaned_data:
            obj.is_staff = obj.is_superuser or bool(form.cleaned_data["groups"])
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "sections" in form.cleaned_data:
            form.instance.desk_sections.set(form.cleaned_data["sections"])

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        AuditEntry.objects.note(editor(request), "add", obj, _rights(obj))

    def log_change(self, request: HttpRequest, obj: User, message: Message) -> Any:
        if changed := in_words(message):
            AuditEntry.objects.note(editor(request), "change", obj, f"{changed}; {_rights(obj)}")


@admin.register(Group)
class RoleAdmin(DeskAdmin[Group]):
    """What each role permits. A superuser alone changes it: whoever else could, could give
    themselves any right."""

    known_as = "role", "roles"
    list_display = ["name", "accounts"]
    search_fields = ["name"]
    filter_horizontal = ["permissions"]
    ordering = ["name"]
    sortable_by = ()

    @admin.display(description="who has it")
    def accounts(self, role: Group) -> SafeString:
        address = reverse("admin:auth_user_changelist")
        return format_html('<a href="{}?groups__id__exact={}">accounts</a>', address, role.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return editor(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return editor(request).is_superuser

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # A permission's name is drawn with its content type.
        permissions = db_field.remote_field.model._default_manager.select_related("content_type")
        return super().formfield_for_manytomany(
            db_field, request, queryset=permissions.filter(content_type__app_label__in=_APPS)
        )


_APPS = ("articles", "auth")
"""Whose permissions a role may have; the others guard nothing at the desk."""


def _roles(account: User) -> str:
    roles = [role.name for role in account.groups.all()]
    return ", ".join([*(["Superuser"] if account.is_superuser else []), *roles])


def _rights(account: User) -> str:
    """What an account may do by now, for the audit log."""
    now = User.objects.prefetch_related("groups", "desk_sections").get(pk=account.pk)
    parts = [_roles(now) or "no role"]
    if sections := ", ".join(section.name for section in now.desk_sections.all()):
        parts.append(f"for {sections}")
    if not now.is_active:
        parts.append("switched off")
    return f"now {', '.join(parts)}"
