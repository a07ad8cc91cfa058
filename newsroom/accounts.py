"""Reads what somebody of the staff may do in one query, where Django takes two."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission, User
from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Section
from articles.models.prepared import PreparedRows

_COLUMNS = ("content_type__app_label", "codename")


def _of_account(user: int) -> QuerySet[Permission, Any]:
    """What somebody may do, by themselves or by their roles."""
    own = Permission.objects.filter(user=user).order_by().values_list(*_COLUMNS)
    of_roles = Permission.objects.filter(group__user=user).order_by().values_list(*_COLUMNS)
    return own.union(of_roles)


_permissions = PreparedRows(int, _of_account)


class StaffBackend(ModelBackend):
    """Django's own backend of accounts and permissions, at the desk's pace."""

    def get_user(self, user_id: int) -> User | None:
        """The account with ``has_desk_sections``: whether its rights are limited to some."""
        user = (
            User.objects.annotate(
                has_desk_sections=Exists(
                    Section.editors.through.objects.filter(user=OuterRef("pk"))
                )
            )
            .filter(pk=user_id)
            .first()
        )
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser:
            return super().get_all_permissions(user_obj)
        kept: set[str] | None = user_obj.__dict__.get("_staff_permissions")
        if kept is None:
            kept = user_obj.__dict__["_staff_permissions"] = {
                f"{app}.{codename}" for app, codename in _permissions(user_obj.pk)
            }
        return kept
