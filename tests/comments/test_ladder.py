import pytest

from articles.comments.ladder import Candidate, decide
from articles.models import CommentPolicy, CommentState

HELD, APPROVED = CommentState.PENDING, CommentState.APPROVED
PREMODERATED = CommentPolicy.PREMODERATED


@pytest.mark.parametrize(
    ("candidate", "state", "reason"),
    [
        (Candidate(), HELD, "no approved comment before"),
        (Candidate(approved_before=True), APPROVED, "an approved comment before"),
        (Candidate(approved_before=True, links=1), APPROVED, "an approved comment before"),
        (Candidate(approved_before=True, links=2), HELD, "2 links"),
        (Candidate(approved_before=True, policy=PREMODERATED), HELD, "every comment"),
        (Candidate(policy=PREMODERATED, links=9), HELD, "every comment"),
        (Candidate(links=9), HELD, "9 links"),
        (Candidate(may_moderate=True), APPROVED, "by a moderator"),
        (Candidate(may_moderate=True, policy=PREMODERATED, links=9), APPROVED, "by a moderator"),
        (Candidate(wrote_the_article=True), APPROVED, "by an author of the article"),
        (
            Candidate(wrote_the_article=True, policy=PREMODERATED, links=9),
            APPROVED,
            "by an author of the article",
        ),
    ],
)
def test_the_first_rule_that_applies_decides_and_says_why(candidate, state, reason):
    decision = decide(candidate)
    assert decision.state == state
    assert decision.reason.startswith(reason)
