"""Which names wait, the most frequent of late first, without ever counting all that waits."""

from collections import Counter
from typing import NamedTuple

from articles.admin.suggestions.scope import Scope
from articles.models import EntityKind, Mention, MentionState
from articles.models.distinct import distinct
from articles.text.folding import fold

SAMPLE = 2_000
"""So many of the newest suggestions are looked at to tell which names are frequent."""

SHOWN = 100
"""Names that are listed at most; others come up as these are decided."""

COUNTED = 99
"""No tab is counted further; it says 99+."""


class Waiting(NamedTuple):
    """A name as it is compared, how many of the newest suggestions are of it, and the words of the
    newest as they are printed, where these were read."""

    folded: str
    number: str
    words: str = ""


def waiting_names(scope: Scope) -> list[Waiting]:
    """The names of a scope that wait; where all of the archive is looked at, filled up with those
    that are none of the newest, in the order of the alphabet."""
    newest = scope.mentions().order_by("-article_id")[:SAMPLE]
    sample = [
        folded
        for kind, folded in newest.values_list("kind", "folded")
        if kind == scope.kind and folded
    ]
    counted = Counter(sample)
    frequent = sorted(counted, key=lambda folded: (-counted[folded], folded))[:SHOWN]
    names = [Waiting(folded, str(counted[folded])) for folded in frequent]
    if scope.is_narrow or len(names) == SHOWN:
        return names
    others = (folded for folded in _along_index(scope, "") if folded not in counted)
    return (names + [Waiting(folded, "") for folded in others])[:SHOWN]


def most_suggested(rights: frozenset[int]) -> list[tuple[Scope, Waiting]]:
    """The most frequent names of all kinds among the newest suggestions, each with the scope in
    which it is decided about."""
    everything = Scope(EntityKind.PERSON, rights=rights).mentions()
    newest = everything.exclude(folded="").order_by("-article_id")[:SAMPLE]
    printed: dict[tuple[str, str], str] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for kind, folded, words in newest.values_list("kind", "folded", "quote"):
        printed.setdefault((kind, folded), words)
        counted[kind, folded] += 1
    frequent = sorted(counted, key=lambda name: (-counted[name], name))[:SHOWN]
    return [
        (
            Scope(EntityKind(name[0]), rights=rights),
            Waiting(name[1], str(counted[name]), printed[name]),
        )
        for name in frequent
    ]


def names_from(scope: Scope, beginning: str) -> list[Waiting]:
    """The names of the scope's kind that begin so."""
    start = fold(beginning)
    return [
        Waiting(folded, "") for folded in _along_index(scope, start) if folded.startswith(start)
    ]


def number_waiting(scope: Scope) -> str:
    """How many suggestions of its kind wait, as far as a glance can use it."""
    waiting = scope.mentions().filter(kind=scope.kind).exclude(folded="")
    number = waiting.order_by().values("pk")[: COUNTED + 1].count()
    return str(number) if number <= COUNTED else f"{COUNTED}+"


def _along_index(scope: Scope, start: str) -> list[str]:
    within = {"state": MentionState.SUGGESTED.value, "kind": scope.kind.value}
    return distinct(Mention, "folded", SHOWN, within=within, since=start)
