"""Whether readers may comment on an article: the strictest that site, section and article say."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, CommentPolicy, CommentRules

_FROM_LOOSE_TO_STRICT = list(CommentPolicy)


def policy_of(article: Article, rules: CommentRules, at: datetime | None = None) -> CommentPolicy:
    """The policy in force for an article that has its section with it.

    After ``rules.close_after_days`` from publication it is at least closed.
    """
    section = article.section.comment_policy if article.section else CommentPolicy.OPEN
    return strictest(
        article.comment_policy,
        section,
        rules.policy,
        CommentPolicy.CLOSED if _is_over(article, rules, at) else CommentPolicy.OPEN,
    )


def strictest(*policies: str) -> CommentPolicy:
    """The strictest of these."""
    return max(map(CommentPolicy, policies), key=_FROM_LOOSE_TO_STRICT.index)


def hidden(article: str = "") -> Q:
    """Matches what shows no comments, by its own or its section's policy; ``article`` leads to
    the article, as in ``article__``. A site that hides them all is the caller's to ask."""
    return Q(**{f"{article}comment_policy": CommentPolicy.HIDDEN}) | Q(
        **{f"{article}section__comment_policy": CommentPolicy.HIDDEN}
    )


def _is_over(article: Article, rules: CommentRules, at: datetime | None) -> bool:
    if not rules.close_after_days or article.published_at is None:
        return False
    return (at or timezone.now()) > article.published_at + timedelta(days=rules.close_after_days)
