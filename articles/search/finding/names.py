"""Looks up what articles are about by its name, as it is typed and when it is there.

Only what readers may find by an article is found: see ``articles.listings.listed``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, ListingEntry, ListingKind, ListingTotal, SearchName
from articles.models.search_name import LONGEST_SEARCH_NAME
from articles.search.asking.vocabulary import ENTITIES, Choice, choices
from articles.search.index.name_index import List, among, folded, names_of, start_of

MOST = 8
FEWEST_LETTERS = 2
# Names read in the order of the alphabet; where more begin so, the most written about are read.
_READ = 400
# Those of them, the most written about, that are held against what readers may know.
_HELD = 40
# No lower than any byte of UTF-8.
_END = b"\xff"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that articles are about, and how many a search for it finds; ``parameter`` narrows
    a search to it. ``also`` is the name that was looked up, where it is another than its own."""

    parameter: str
    choice: Choice
    count: int
    also: str = ""


def suggest(text: str, most: int = MOST) -> list[Named]:
    """What has a name with a word, or several, that begins as ``text``; the most written about
    first. Six queries at most; none for what is shorter than two letters."""
    wanted = folded(text)
    if not FEWEST_LETTERS <= len(wanted) <= LONGEST_SEARCH_NAME:
        return []
    return _with_others(named(_beginning(wanted))[:most], wanted)


def bearing(texts: Collection[str]) -> dict[str, list[Named]]:
    """What has just one of these names, folded, by name; the most written about first."""
    rows = SearchName.objects.filter(text__in=[text.encode() for text in texts], is_whole=True)
    found = rows.order_by("-weight", "kind", "key").values_list("text", "kind", "key")[:_HELD]
    texts_of: dict[List, list[str]] = {}
    for name, kind, key in found:
        texts_of.setdefault((kind, key), []).append(bytes(name).decode())
    by_text: dict[str, list[Named]] = {}
    for one in named(list(texts_of)):
        for text in texts_of[_list_of(one)]:
            by_text.setdefault(text, []).append(one)
    return by_text


def named(lists: Sequence[List]) -> list[Named]:
    """Those of ``lists`` that readers may find, the most written about first, of equals by name.
    Three queries."""
    counts = _public(lists, timezone.now())
    keys: dict[str, list[int]] = {}
    for kind, key in counts:
        keys.setdefault(ListingKind(kind).label, []).append(key)
    found = [
        Named(parameter, choice, counts[_kind(parameter), key])
        for parameter, of_kind in choices(keys).items()
        for key, choice in of_kind.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.choice.name, one.parameter))


def _with_others(found: Sequence[Named], wanted: str) -> list[Named]:
    """``found``, and with what does not begin so by its own name the other that does."""
    hidden = [_list_of(one) for one in found if not _begins(one.choice.name, wanted)]
    also: dict[List, str] = {}
    for kind, key, name in names_of(hidden):
        if _begins(name, wanted):
            also.setdefault((kind, key), name)
    return [replace(one, also=also.get(_list_of(one), "")) for one in found]


def _begins(name: str, wanted: str) -> bool:
    return f" {wanted}" in f" {folded(name)}"


def _beginning(text: str) -> list[List]:
    """Lists with a name of which some word and those after it begin as ``text``, the ones with most
    articles first; read along one of two indexes, and never more than ``_READ``."""
    first = text.encode()
    rows = SearchName.objects.filter(text__gte=first, text__lt=first + _END)
    if len(text) > FEWEST_LETTERS:
        found = list(rows.order_by("text").values_list("weight", "kind", "key")[: _READ + 1])
        if len(found) <= _READ:
            by_weight = sorted(found, key=lambda row: -row[0])
            return list(dict.fromkeys((kind, key) for _, kind, key in by_weight))[:_HELD]
    heaviest = rows.filter(start=start_of(text)).order_by("-weight", "text")
    return list(dict.fromkeys(heaviest.values_list("kind", "key")[:_HELD]))


def _public(lists: Sequence[List], now: datetime) -> dict[List, int]:
    """How many articles a search finds of those of ``lists`` of which it finds one."""
    if not lists:
        return {}
    of_list = ListingEntry.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    findable = of_list.filter(public_from__lte=now, article__deindexed_at__isnull=True)
    later: QuerySet[Any, Any] = (
        of_list.filter(public_from__gt=now)
        .order_by()
        .values("kind")
        .annotate(number=Count("*"))
        .values("number")
    )
    totals = ListingTotal.objects.filter(among(lists), Exists(findable)).annotate(
        later=Coalesce(Subquery(later, output_field=IntegerField()), 0)
    )
    counts = totals.values_list("kind", "key", "count", "later")
    found = {(kind, key): count - due_later for kind, key, count, due_later in counts}
    for of_one, unfindable in _unfindable(found, now).items():
        found[of_one] -= unfindable
    return found


def _unfindable(lists: Collection[List], now: datetime) -> dict[List, int]:
    """The public articles of each of ``lists`` that were taken out of search, of which there are
    few in the whole archive."""
    if not lists:
        return {}
    # They first: were kind and key not hidden in sums, a database would walk the whole lists.
    rows = ListingEntry.objects.alias(its_kind=F("kind") + 0, its_key=F("key") + 0).filter(
        article__in=Article.objects.filter(deindexed_at__isnull=False).order_by().values("pk"),
        its_kind__in={kind for kind, _ in lists},
        its_key__in={key for _, key in lists},
        public_from__lte=now,
    )
    counts = rows.order_by().values_list("kind", "key").annotate(number=Count("*"))
    return {(kind, key): count for kind, key, count in counts if (kind, key) in lists}


def _list_of(one: Named) -> List:
    return _kind(one.parameter), int(one.choice.key)


def _kind(parameter: str) -> int:
    return ENTITIES[parameter][0]
