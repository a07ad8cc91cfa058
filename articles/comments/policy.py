"""Whether readers may comment on an article: the strictest that site, section and article say."""

from datetime import datetime, timedelta
from functools import cache

from django.db.models import Exists, Q
from django.utils import timezone

from articles.models import Article, CommentPolicy, CommentRules

_FROM_LOOSE_TO_STRICT = list(CommentPolicy)


def policy_of(article: Article, rules: CommentRules, at: datetime | None = None) -> CommentPolicy:
    """The policy in force for an article that has its section with it."""
    section = article.section.comment_policy if article.section else CommentPolicy.OPEN
    return policy_from(article.comment_policy, section, article.published_at, rules, at)


def policy_from(
    article: str,
    section: str | None,
    published_at: datetime | None,
    rules: CommentRules,
    at: datetime | None = None,
) -> CommentPolicy:
    """The policy in force, from an article's own and its section's.

    After ``rules.close_after_days`` from publication it is at least closed.
    """
    closing = _closing(published_at, rules)
    is_over = closing is not None and (at or timezone.now()) > closing
    by_age = CommentPolicy.CLOSED if is_over else CommentPolicy.OPEN
    return strictest(article, section or CommentPolicy.OPEN, rules.policy, by_age)


def closes_at(article: Article, rules: CommentRules) -> datetime | None:
    """When an article takes no more comments by its age; None where the rules set no end."""
    return _closing(article.published_at, rules)


def _closing(published_at: datetime | None, rules: CommentRules) -> datetime | None:
    if published_at is None or not rules.close_after_days:
        return None
    return published_at + timedelta(days=rules.close_after_days)


@cache
def strictest(*policies: str) -> CommentPolicy:
    """The strictest of these."""
    return max(map(CommentPolicy, policies), key=_FROM_LOOSE_TO_STRICT.index)


def hidden(article: str = "") -> Q:
    """Matches rows whose article shows no comments; ``article`` leads there, as ``article__``."""
    return (
        Q(**{f"{article}comment_policy": CommentPolicy.HIDDEN})
        | Q(**{f"{article}section__comment_policy": CommentPolicy.HIDDEN})
        | Q(Exists(CommentRules.objects.filter(policy=CommentPolicy.HIDDEN)))
    )
