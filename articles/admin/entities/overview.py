"""What the archive has about an entry: the panel beside its form."""

from collections import Counter
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles.admin.link import Link
from articles.admin.suggestions.scope import scope_of
from articles.editing import rules
from articles.editing.rules import Action
from articles.listings import listed
from articles.models import (
    Article,
    Duplicate,
    Entity,
    ListingEntry,
    ListingKind,
    Mention,
    MentionState,
    Merge,
    Person,
    Place,
    Tag,
)
from articles.pages.place_map import locator
from articles.relinking import runs
from articles.text.folding import fold
from articles.text.partial_dates import format_partial
from articles.vocabulary.outside_ids import OutsideId, outside_ids

NEWEST = 10
NAMES = 20
MERGES = 10
DUPLICATES = 5
_COUNTED = 200
"""Suggestions of its names are counted no further."""


class Waits(NamedTuple):
    """Suggestions that are called as the entry is: the name, how many, and where to decide."""

    name: str
    number: str
    address: str


class Alike(NamedTuple):
    """Another entry that may be the same, and what both have in common."""

    name: str
    address: str
    reason: str


class Held(NamedTuple):
    """A position: its title, where, and when."""

    title: str
    at: str
    when: str


class Overview(NamedTuple):
    number: int
    """Articles that stand under it, those scheduled included."""
    articles: list[Article]
    """The newest of them."""
    all_articles: str
    spellings: list[Link]
    """Its names, each with the page that shows what it would link; empty for whoever may not."""
    waits: list[Waits]
    merged: list[Merge]
    duplicates: list[Alike]
    outside: list[OutsideId]
    chain: list[Place]
    map: SafeString | str
    held: list[Held]
    public: str
    """The page that readers have of it; empty while they have none."""


def overview(row: Any, listing: ListingKind, parameter: str, viewer: User) -> Overview:
    """All about a stored entry, for ``viewer``; a constant number of queries, none of which counts
    all that stands under it."""
    key, kind = row.pk, str(row._meta.model_name)
    is_entity = isinstance(row, Entity)
    names = _names(row) if is_entity else []
    entries = ListingEntry.objects.filter(kind=listing, key=key).order_by(
        "-public_from", "-article"
    )
    newest = list(entries.values_list("article", flat=True)[:NEWEST])
    articles = Article.objects.defer("body", "summary").in_bulk(newest)
    list_address = reverse("admin:articles_article_changelist")
    return Overview(
        number=getattr(row, "standing", None) or 0,
        articles=[articles[pk] for pk in newest if pk in articles],
        all_articles=f"{list_address}?{urlencode({parameter: key})}",
        spellings=_spellings(row, kind, names, viewer) if is_entity else [],
        waits=_waits(kind, names, viewer) if is_entity else [],
        merged=_merged(row, kind),
        duplicates=_duplicates(row, kind),
        outside=outside_ids(row) if is_entity else [],
        chain=list(Place.objects.chain(row)) if isinstance(row, Place) else [],
        map=locator(row, ()) if isinstance(row, Place) else "",
        held=_held(row) if isinstance(row, Person) else [],
        public=public_page(row, listing),
    )


def public_page(row: Any, listing: ListingKind) -> str:
    """The address under which readers find ``row``; empty while no public article stands there."""
    rows: QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk)
    return str(row.get_absolute_url()) if listed(rows, listing).exists() else ""


def _names(row: Any) -> list[str]:
    others = row.names.order_by("pk").values_list("name", flat=True)[:NAMES]
    return list(dict.fromkeys([row.name, *others]))


def _spellings(row: Any, kind: str, names: list[str], viewer: User) -> list[Link]:
    if not runs.may_link_archive(viewer):
        return []
    page = reverse("admin:articles_linkingrun_find", args=[kind, row.pk])
    return [Link(name, f"{page}?{urlencode({'name': name})}") for name in names]


def _waits(kind: str, names: list[str], viewer: User) -> list[Waits]:
    if not rules.is_permitted(viewer, Action.LINK):
        return []
    scope = scope_of({"kind": kind}, viewer)
    called = {fold(name): name for name in names}
    waiting = Mention.objects.filter(
        state=MentionState.SUGGESTED, kind=kind, folded__in=called
    ).order_by()
    counted = Counter(waiting.values_list("folded", flat=True)[:_COUNTED])
    is_cut = sum(counted.values()) == _COUNTED
    return [
        Waits(called[folded], f"{number}{'+' if is_cut else ''}", scope.address(folded))
        for folded, number in counted.most_common()
    ]


def _merged(row: Any, kind: str) -> list[Merge]:
    if not isinstance(row, Entity | Tag):
        return []
    merges = Merge.objects.filter(kind=kind, target_id=row.pk, undone_at=None)
    return list(merges.select_related("by").order_by("-id")[:MERGES])


def _duplicates(row: Any, kind: str) -> list[Alike]:
    if not isinstance(row, Entity | Tag):
        return []
    pairs = Duplicate.objects.filter(
        Q(first_id=row.pk) | Q(second_id=row.pk), kind=kind, is_dismissed=False
    ).order_by("-score", "id")[:DUPLICATES]
    reasons = {
        pair.second_id if pair.first_id == row.pk else pair.first_id: pair.reason for pair in pairs
    }
    others = type(row)._default_manager.in_bulk(list(reasons))
    return [
        Alike(str(others[pk]), reverse(f"admin:articles_{kind}_change", args=[pk]), reasons[pk])
        for pk in reasons
        if pk in others
    ]


def _held(person: Person) -> list[Held]:
    positions = person.positions.select_related("organisation", "place")
    return [
        Held(
            position.title,
            ", ".join(str(one) for one in (position.organisation, position.place) if one),
            _when(position),
        )
        for position in positions[:NAMES]
    ]


def _when(position: Any) -> str:
    start, end = position.started_on, position.ended_on
    since = format_partial(start, position.start_precision) if start else ""
    until = format_partial(end, position.end_precision) if end else ""
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else ""
