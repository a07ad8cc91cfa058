"""What is known of a comment that comes in and of its sender, put before the ladder."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.utils import timezone

from articles.comments import networks
from articles.comments.drafts import Draft
from articles.comments.judging import akismet, imitation, ladder, learning, standings, words
from articles.comments.judging.suspicion import said_elsewhere
from articles.comments.senders import Sender
from articles.comments.text.rendering import count_links
from articles.models import Article, Badge, Comment, CommentPolicy, CommentRules, CommentState

HELD = CommentState.PENDING
REJECTED = (CommentState.SPAM, CommentState.BIN)

# What goes to spam can be read there and taken back, as everything a rule decides.
_BY_AKISMET: dict[akismet.Verdict | None, ladder.Decision] = {
    akismet.Verdict.SPAM: ladder.Decision(HELD, "akismet", "Akismet takes it for spam"),
    akismet.Verdict.DISCARD: ladder.Decision(
        CommentState.SPAM, "akismet", "Akismet is sure that it is spam"
    ),
}


def judge(article: Article, draft: Draft, sender: Sender, rules: CommentRules) -> ladder.Decision:
    """The state that a comment starts in and why, in a constant number of queries.

    The article's section is read when it is not with it. Outside a transaction, or others would
    wait for Akismet, which is asked about what is neither trusted nor taken away already.
    """
    examined = candidate(article, draft, sender, rules)
    decision = ladder.decide(examined, ladder.Terms(rules, words.in_force()))
    if akismet.is_on() and (decision.state == HELD or decision == ladder.OTHERWISE):
        verdict = akismet.check(article, draft, examined.address, sender.user_agent)
        decision = _BY_AKISMET.get(verdict, decision)
    return replace(decision, spam_score=examined.spam_score)


def candidate(
    article: Article, draft: Draft, sender: Sender, rules: CommentRules
) -> ladder.Candidate:
    """What the rules look at."""
    decided, rejected = _lately(draft.email, rules.hold_rejected_days)
    address = networks.address(sender.address)
    return ladder.Candidate(
        text=draft.text,
        name=draft.name,
        email=draft.email,
        website=draft.website,
        address=address,
        user_agent=sender.user_agent,
        links=count_links(draft.text),
        wrote_the_article=wrote(article, sender.user),
        is_staff=sender.is_staff,
        standing=standings.of(draft.email, address),
        section_policy=article.section.comment_policy if article.section else CommentPolicy.OPEN,
        article_policy=article.comment_policy,
        approved_before=_approved_before(draft, sender.user, max(rules.hold_first, 1)),
        is_undated=draft.is_undated,
        decided_lately=decided,
        rejected_lately=rejected,
        imitated=imitation.imitated(
            draft.name, imitation.staff_names() | imitation.authors_of(article)
        ),
        was_said_elsewhere=said_elsewhere(article, draft.text, draft.email),
        spam_score=learning.score(
            learning.tokens_of(draft.text, draft.name, draft.email, draft.website)
        ),
    )


def badge(article: Article, sender: Sender) -> str:
    """What stands beside the name of whoever is more than a reader, or nothing."""
    if wrote(article, sender.user):
        return Badge.AUTHOR
    return Badge.STAFF if sender.is_staff else ""


def wrote(article: Article, user: User | None) -> bool:
    return user is not None and article.bylines.filter(author__user=user).exists()


def _approved_before(draft: Draft, user: User | None, needed: int) -> int:
    """Approved comments of the same commenter, not counted beyond ``needed``."""
    same_commenter = Q(author_name=draft.name, author_email=draft.email)
    if user is not None:
        same_commenter |= Q(user=user)
    return Comment.objects.approved().filter(same_commenter).order_by()[:needed].count()


def _lately(email: str, days: int) -> tuple[int, int]:
    """How many comments of this e-mail address somebody decided about in so many days, and how
    many of them were rejected."""
    lately = Comment.objects.filter(
        author_email=email,
        created_at__gt=timezone.now() - timedelta(days=days),
        decided_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    counted = lately.aggregate(decided=Count("pk"), rejected=Count("pk", Q(state__in=REJECTED)))
    return counted["decided"], counted["rejected"]
