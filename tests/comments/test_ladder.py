import pytest

from articles.comments.ladder import Candidate, decide
from articles.models import CommentPolicy, CommentRules, CommentState

HELD, APPROVED = CommentState.PENDING, CommentState.APPROVED
PREMODERATED = CommentPolicy.PREMODERATED


@pytest.mark.parametrize(
    ("candidate", "state", "rule", "reason"),
    [
        (Candidate(), HELD, "first", "no approved comment before"),
        (Candidate(approved_before=1), APPROVED, "otherwise", "no rule against it"),
        (Candidate(approved_before=1, links=1), APPROVED, "otherwise", "no rule against it"),
        (
            Candidate(approved_before=1, links=2),
            HELD,
            "links",
            "2 links; from 2 on a comment is held",
        ),
        (
            Candidate(approved_before=1, article_policy=PREMODERATED),
            HELD,
            "premoderated",
            "every comment on this article is held",
        ),
        (
            Candidate(approved_before=1, section_policy=PREMODERATED),
            HELD,
            "premoderated",
            "every comment in this section is held",
        ),
        (
            Candidate(article_policy=PREMODERATED, links=9),
            HELD,
            "premoderated",
            "every comment on this article is held",
        ),
        (Candidate(links=9), HELD, "links", "9 links; from 2 on a comment is held"),
        (Candidate(is_staff=True), APPROVED, "staff", "by someone of the newsroom"),
        (
            Candidate(is_staff=True, article_policy=PREMODERATED, links=9),
            APPROVED,
            "staff",
            "by someone of the newsroom",
        ),
        (Candidate(wrote_the_article=True), APPROVED, "author", "by an author of the article"),
        (
            Candidate(wrote_the_article=True, article_policy=PREMODERATED, links=9),
            APPROVED,
            "author",
            "by an author of the article",
        ),
    ],
)
def test_the_first_rule_that_applies_decides_and_says_why(candidate, state, rule, reason):
    decision = decide(candidate, CommentRules())
    assert (decision.state, decision.rule) == (state, rule)
    assert decision.reason.startswith(reason)
