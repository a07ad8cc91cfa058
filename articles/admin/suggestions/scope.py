"""Which suggestions somebody looks at: of which kind, of which part and time of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from articles.editing import rules
from articles.models import EntityKind, Mention, MentionQuerySet, MentionState, Status

KINDS = {
    EntityKind.PERSON: "people",
    EntityKind.ORGANISATION: "organisations",
    EntityKind.PLACE: "places",
}
ADRIFT = "adrift"
"""The tab of mentions whose sentence is gone."""

_GREATEST_ID = 2**63 - 1


class Scope(NamedTuple):
    """What a page of suggestions is of; ``rights`` are the sections that its reader is limited to,
    none when to none."""

    kind: EntityKind
    section: int | None = None
    year: int | None = None
    rights: frozenset[int] = frozenset()

    @property
    def is_narrow(self) -> bool:
        """Whether not all articles of the archive are looked at."""
        return bool(self.section or self.year or self.rights)

    def mentions(self) -> MentionQuerySet:
        """The suggestions, of all kinds, in no order."""
        waiting: MentionQuerySet = Mention.objects.filter(state=MentionState.SUGGESTED)
        waiting = within_rights(waiting, self.rights)
        if self.section:
            waiting = _of_sections(waiting, {self.section})
        if self.year:
            waiting = waiting.filter(article__published_at__year=self.year)
        return waiting

    def of(self, folded: str) -> MentionQuerySet:
        """The suggestions of one name."""
        return self.mentions().filter(kind=self.kind, folded=folded)

    def address(self, folded: str = "") -> str:
        """The screen's address, with a name in front."""
        query = {
            "kind": self.kind.value,
            "section": self.section or "",
            "year": self.year or "",
            "name": folded,
        }
        return f"{reverse('desk:suggestions')}?{urlencode({k: v for k, v in query.items() if v})}"


def address_of_adrift() -> str:
    """The address of the tab of mentions whose sentence is gone."""
    return f"{reverse('desk:suggestions')}?kind={ADRIFT}"


def scope_of(given: Mapping[str, str], viewer: User) -> Scope:
    """The scope that an address or a form asks for; what makes no sense in it is left out."""
    kind = given.get("kind", "")
    return Scope(
        EntityKind(kind) if kind in KINDS else EntityKind.PERSON,
        number(given.get("section"), _GREATEST_ID),
        number(given.get("year"), 9999),
        rules.sections_of(viewer),
    )


def within_rights(mentions: MentionQuerySet, rights: frozenset[int]) -> MentionQuerySet:
    """Those of articles on the desk whose names somebody with these rights may decide about."""
    mentions = mentions.exclude(article__status=Status.BIN)
    return _of_sections(mentions, rights) if rights else mentions


def _of_sections(mentions: MentionQuerySet, sections: Set[int]) -> MentionQuerySet:
    # Not filter(): SQLite would begin with all articles of the section, and not with what waits.
    return mentions.exclude(~Q(article__section__in=sections))


def number(text: str | None, greatest: int = _GREATEST_ID) -> int | None:
    """The positive number that ``text`` is; None if it is none, or a larger one."""
    if text and text.isascii() and text.isdecimal() and len(text) <= len(str(greatest)):
        return int(text) if 0 < int(text) <= greatest else None
    return None
