"""What is known of a comment that comes in and of its sender, put before the ladder."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from articles.comments import ladder, moderation
from articles.comments.drafts import Draft
from articles.comments.rendering import count_links
from articles.models import Article, Badge, Comment, CommentPolicy, CommentRules


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a comment: network address and browser as the request says them, and the login of
    someone of the newsroom who is signed in."""

    address: str = ""
    user_agent: str = ""
    user: User | None = None

    @property
    def may_moderate(self) -> bool:
        return self.user is not None and self.user.has_perm(moderation.MODERATE)

    @property
    def is_staff(self) -> bool:
        return self.user is not None and (self.user.is_staff or self.may_moderate)


def judge(article: Article, draft: Draft, sender: Sender, rules: CommentRules) -> ladder.Decision:
    """The state that a comment starts in and why. The article's section is read when it is not
    with it."""
    return ladder.decide(candidate(article, draft, sender), rules)


def candidate(article: Article, draft: Draft, sender: Sender) -> ladder.Candidate:
    """What the rules look at."""
    return ladder.Candidate(
        wrote_the_article=wrote(article, sender.user),
        is_staff=sender.is_staff,
        section_policy=article.section.comment_policy if article.section else CommentPolicy.OPEN,
        article_policy=article.comment_policy,
        links=count_links(draft.text),
        approved_before=_approved_before(draft, sender.user),
    )


def badge(article: Article, sender: Sender) -> str:
    """What stands beside the name of whoever is more than a reader, or nothing."""
    if wrote(article, sender.user):
        return Badge.AUTHOR
    return Badge.STAFF if sender.is_staff else ""


def wrote(article: Article, user: User | None) -> bool:
    return user is not None and article.bylines.filter(author__user=user).exists()


def _approved_before(draft: Draft, user: User | None) -> int:
    same_commenter = Q(author_name=draft.name, author_email=draft.email)
    if user is not None:
        same_commenter |= Q(user=user)
    return Comment.objects.approved().filter(same_commenter).count()
