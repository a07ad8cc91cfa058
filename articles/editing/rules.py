"""Who may do what with an article, and when: the only place where that is decided.

The desk, the API and commands ask here, and each verb asks again before it acts. What a role is
permitted is a matter of permissions (``articles.editing.roles`` names them for each role); this
module says which permission an action takes, in which states of an article it makes sense, and
what follows from whose draft it is and which section it stands in.
"""

from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Status

Viewer = User | AnonymousUser

NOT_NOW = "not now"
"""The code of the ValidationError that an article's state is the reason of."""


class Action(StrEnum):
    """What can be done with an article; the value is the verb, as the audit log says it."""

    CREATE = "create"
    READ = "read"
    EDIT = "edit"
    LINK = "link"
    SUBMIT = "submit"
    SEND_BACK = "send back"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    DEINDEX = "deindex"
    REINDEX = "reindex"
    BIN = "bin"
    RESTORE = "restore"
    DELETE = "delete"
    SHARE = "share"
    IMPORT = "import"


class Rule(NamedTuple):
    """When an action is possible, and what it takes.

    ``permission`` permits it on any article of one's sections. ``own`` permits it on one's own
    articles, ``own_states`` being the states in which they are still one's own to change.
    ``refusal`` says why it is not possible in any other state than ``states``.
    """

    permission: str
    states: frozenset[Status]
    refusal: str
    own: str = ""
    own_states: frozenset[Status] = frozenset()


_ANY = frozenset(Status)
_ON_THE_DESK = frozenset(Status) - {Status.BIN}
_UNSEEN = frozenset({Status.DRAFT, Status.IN_REVIEW})
_DRAFT = frozenset({Status.DRAFT})
_LIVE = frozenset({Status.PUBLISHED, Status.SCHEDULED})

RULES: dict[Action, Rule] = {
    Action.CREATE: Rule("add_article", _ANY, "", own="write_own_article", own_states=_ANY),
    Action.IMPORT: Rule("import_article", _ANY, ""),
    Action.READ: Rule("view_article", _ANY, "", own="write_own_article", own_states=_ANY),
    Action.EDIT: Rule(
        "change_article",
        _ON_THE_DESK,
        "It is in the bin. Take it out before you change it.",
        own="write_own_article",
        own_states=_DRAFT,
    ),
    Action.LINK: Rule(
        "link_archive", _ON_THE_DESK, "It is in the bin. Take it out before you link its names."
    ),
    Action.SUBMIT: Rule(
        "change_article",
        _DRAFT,
        "Only a draft can be submitted for review.",
        own="submit_article",
        own_states=_DRAFT,
    ),
    Action.SEND_BACK: Rule(
        "publish_article",
        frozenset({Status.IN_REVIEW}),
        "Only what is in review can be sent back.",
        own="submit_article",
        own_states=frozenset({Status.IN_REVIEW}),
    ),
    Action.PUBLISH: Rule(
        "publish_article", _ON_THE_DESK, "It is in the bin. Take it out before you publish it."
    ),
    Action.CORRECT: Rule(
        "correct_article", _LIVE, "Only what readers have seen can be corrected before them."
    ),
    Action.WITHDRAW: Rule(
        "withdraw_article", _LIVE, "Only what is published or scheduled can be withdrawn."
    ),
    Action.DEINDEX: Rule(
        "deindex_article", _LIVE, "Only what is published can be taken out of search engines."
    ),
    Action.REINDEX: Rule("deindex_article", _LIVE, "Only what is published can be found."),
    Action.BIN: Rule(
        "bin_article",
        _UNSEEN,
        "What readers may have seen is withdrawn, not put into the bin.",
        own="write_own_article",
        own_states=_DRAFT,
    ),
    Action.RESTORE: Rule(
        "bin_article",
        frozenset({Status.BIN}),
        "It is not in the bin.",
        own="write_own_article",
        own_states=frozenset({Status.BIN}),
    ),
    Action.DELETE: Rule(
        "delete_article",
        frozenset({Status.BIN}),
        "Only what is in the bin can be deleted for good.",
    ),
    Action.SHARE: Rule(
        "share_article",
        _ON_THE_DESK,
        "It is in the bin. Take it out before you show it.",
        own="write_own_article",
        own_states=_UNSEEN,
    ),
}


def is_permitted(viewer: Viewer, action: Action, article: Article | None = None) -> bool:
    """Whether ``viewer`` has the right to the action, on ``article`` or, without one, at all.

    Says nothing of whether the article's state allows it.
    """
    rule = RULES[action]
    if article is None:
        return _has(viewer, rule.permission) or bool(rule.own and _has(viewer, rule.own))
    if action is Action.READ and article.is_public() and viewer.is_staff:
        return True
    if _has(viewer, rule.permission) and _is_of_their_section(viewer, article):
        return True
    return (
        bool(rule.own)
        and _has(viewer, rule.own)
        and article.created_by_id is not None
        and article.created_by_id == viewer.pk
        and Status(article.status) in rule.own_states
    )


def is_possible(action: Action, article: Article) -> bool:
    """Whether the article's state allows the action, whoever asks."""
    if action in {Action.DEINDEX, Action.REINDEX} and (
        (article.deindexed_at is None) is (action is Action.REINDEX)
    ):
        return False
    return Status(article.status) in RULES[action].states


def may(viewer: Viewer, action: Action, article: Article) -> bool:
    """Whether ``viewer`` can do it now: permitted and possible."""
    return is_possible(action, article) and is_permitted(viewer, action, article)


def require(by: User | None, action: Action, article: Article | None = None) -> None:
    """Raises PermissionDenied unless ``by`` has the right, and ValidationError, with what stands
    against it, unless the article's state allows the action. Programs, for which ``by`` is None,
    have every right."""
    if by is not None and not is_permitted(by, action, article):
        what = f"“{article}”" if article else "articles"
        raise PermissionDenied(f"{by.get_username()} may not {action} {what}.")
    if article is not None and not is_possible(action, article):
        raise ValidationError(RULES[action].refusal, code=NOT_NOW)


def visible_to(viewer: Viewer, articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those of ``articles`` that ``viewer`` may read at the desk."""
    rule = RULES[Action.READ]
    public = Q(public_from__lte=timezone.now())
    seen = public | Q(created_by=viewer.pk) if _has(viewer, rule.own) else public
    if _has(viewer, rule.permission):
        sections = sections_of(viewer)
        if not sections:
            return articles
        seen |= Q(section__in=sections)
    # Not filter(seen): for an OR, SQLite reads all that either half of it finds, and sorts that,
    # instead of taking the first rows in the order that is asked for.
    return articles.exclude(~seen)


def _has(viewer: Viewer, codename: str) -> bool:
    return viewer.has_perm(f"articles.{codename}")


def _is_of_their_section(viewer: Viewer, article: Article) -> bool:
    sections = sections_of(viewer)
    return not sections or article.section_id in sections


def sections_of(viewer: Viewer) -> frozenset[int]:
    """The sections that somebody's rights are limited to; empty when to none.

    Asked once and kept on the account's instance, which lives as long as the request; not at all
    where ``newsroom.accounts`` has found that there are none.
    """
    if not isinstance(viewer, User) or viewer.is_superuser:
        return frozenset()
    if getattr(viewer, "has_desk_sections", True) is False:
        return frozenset()
    kept: frozenset[int] | None = viewer.__dict__.get("_desk_sections")
    if kept is None:
        kept = frozenset(viewer.desk_sections.values_list("pk", flat=True))
        viewer.__dict__["_desk_sections"] = kept
    return kept
