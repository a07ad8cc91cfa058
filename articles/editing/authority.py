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


def manageable(by: User) -> QuerySet[User]:
    """The accounts that ``by`` may manage, as ``may_manage`` says of one; their own is among
    them."""
    accounts = User.objects.all()
    if by.is_superuser:
        return accounts
    lacking = Permission.objects.exclude(pk__in=_permissions(by))
    accounts = accounts.filter(is_superuser=False).exclude(
        Q(user_permissions__in=lacking) | Q(groups__permissions__in=lacking)
    )
    if must_limit(by):
        others = Section.objects.exclude(pk__in=by.desk_sections.values("pk"))
        limited = User.objects.filter(desk_sections__isnull=False)
        accounts = accounts.filter(pk__in=limited.values("pk")).exclude(desk_sections__in=others)
    return accounts


def _permissions(account: User) -> QuerySet[Permission]:
    return Permission.objects.filter(Q(user=account) | Q(group__user=account)).order_by()
