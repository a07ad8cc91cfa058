"""What a reader sends, before it is a comment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A comment as ``CommentFields`` let it through: cleaned, within its limits."""

    text: str
    name: str
    email: str
    website: str = ""
    parent_id: int | None = None
    wants_replies: bool = False
    wants_decision: bool = False
    is_undated: bool = False
    """Whether its form did not say when it was opened: scripts do, and people without them cannot
    be told from machines by it."""
