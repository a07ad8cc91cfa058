"""Who sends a comment, and who may decide about it."""

from dataclasses import dataclass

from django.contrib.auth.models import User

MODERATE = "articles.change_comment"
"""The permission that makes a moderator."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a comment: network address and browser as the request says them, and the login of
    someone of the newsroom who is signed in."""

    address: str = ""
    user_agent: str = ""
    user: User | None = None

    @property
    def may_moderate(self) -> bool:
        return self.user is not None and self.user.has_perm(MODERATE)

    @property
    def is_staff(self) -> bool:
        return self.user is not None and (self.user.is_staff or self.may_moderate)
