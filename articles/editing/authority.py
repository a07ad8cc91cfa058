"""Whose account somebody may change, and which rights they may give: never more than their own."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

from articles.models import Section


def grantable_roles(by: User) -> QuerySet[Group]:
    """The roles that ``by`` may give: those with no permission that ``by`` lacks."""
    roles = Group.objects.order_by("name")
    if by.is_superuser:
        return roles
    return roles.exclude(permissions__in=Permission.objects.exclude(pk__in=_permissions(by)))


def grantable_sections(by: User) -> QuerySet[Section]:
    """The sections that ``by`` may limit somebody to: their own, if they are limited themselves."""
    own = by.desk_sections.all()
    return own if not by.is_superuser and own.exists() else Section.objects.all()


def must_limit(by: User) -> bool:
    """Whether ``by`` may give rights for some sections only, being limited to some."""
    return not by.is_superuser and by.desk_sections.exists()


def may_manage(by: User, account: User) -> bool:
    """Whether ``by`` may change ``account``, its password with it: not when it can do what ``by``
    cannot, in any section. Says nothing of whether ``by`` manages accounts at all."""
    if by.is_superuser:
        return True
    if account.is_superuser or _permissions(account).exclude(pk__in=_permissions(by)).exists():
        return False
    if not must_limit(by):
        return True
    sections = set(account.desk_sections.values_list("pk", flat=True))
    return bool(sections) and sections <= set(by.desk_sections.values_list("pk", flat=True))


def _permissions(account: User) -> QuerySet[Permission]:
    return Permission.objects.filter(Q(user=account) | Q(group__user=account)).order_by()
