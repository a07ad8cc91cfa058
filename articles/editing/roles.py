"""The roles of a newsroom, as groups; a migration makes them, an administrator may change them."""

from django.contrib.auth.models import Group, Permission

_ENTITIES = ("place", "person", "organisation", "tag", "author", "image")
_REFERENCE = ("section", "place", "person", "organisation", "tag", "author", "image")


def _all(verbs: str, models: tuple[str, ...]) -> set[str]:
    return {f"{verb}_{model}" for verb in verbs.split() for model in models}


_REPORTER = {
    "write_own_article",
    "submit_article",
    *_all("view", _REFERENCE),
    *_all("add", ("image",)),
}
_MODERATOR = {
    "view_comment",
    "change_comment",
    "delete_comment",
    "ban_commenter",
    "view_standing",
    "view_commentrules",
}
_EDITOR = {
    *_REPORTER,
    *_MODERATOR,
    "view_article",
    "add_article",
    "change_article",
    "publish_article",
    "correct_article",
    "withdraw_article",
    "deindex_article",
    "bin_article",
    "share_article",
    "import_article",
    "view_errorreport",
    "change_errorreport",
    "change_commentrules",
    *_all("add change", _ENTITIES),
    "link_archive",
    "view_linkingrun",
    "view_merge",
}
_ARCHIVIST = {
    "view_article",
    "import_article",
    *_all("view", _REFERENCE),
    *_all("add change delete", _ENTITIES),
    "merge_entities",
    "view_merge",
    "link_archive",
    "view_linkingrun",
}
_ADMINISTRATOR = {
    *_EDITOR,
    *_ARCHIVIST,
    "delete_article",
    *_all("add change delete", ("section",)),
    "view_auditentry",
    "view_outgoingmail",
    *_all("view add change delete", ("user", "group", "apikey", "webhook")),
    "view_webhookdelivery",
}

ROLES: dict[str, frozenset[str]] = {
    "Reporter": frozenset(_REPORTER),
    "Editor": frozenset(_EDITOR),
    "Moderator": frozenset(_MODERATOR),
    "Archivist": frozenset(_ARCHIVIST),
    "Administrator": frozenset(_ADMINISTRATOR),
}
"""The permissions of each role, by their codenames in ``articles`` and ``auth``."""


def group_of(role: str) -> Group:
    """The group of ``role``; made anew, with its permissions, where the tables were emptied."""
    group, is_new = Group.objects.get_or_create(name=role)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label__in=["articles", "auth"], codename__in=ROLES[role]
            )
        )
    return group
