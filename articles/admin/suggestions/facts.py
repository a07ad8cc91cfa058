"""What there is to know of one name that waits: the articles that have it, whom it may mean, and
why no machine decided."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from articles.admin.suggestions.scope import Scope
from articles.models import EntityKind, Mention, Organisation, Person, Place

AT_ONCE = 500
"""Articles that one decision about a name concerns; what is left comes after it."""

SHOWN = 20
"""Articles that are shown, the newest."""

CANDIDATES = 6
FOUND = 6
REASONS = 3

MODELS: dict[EntityKind, type[Place] | type[Person] | type[Organisation]] = {
    EntityKind.PLACE: Place,
    EntityKind.PERSON: Person,
    EntityKind.ORGANISATION: Organisation,
}


class Candidate(NamedTuple):
    """An entry that the name may mean, as it is offered."""

    pk: int
    label: str
    address: str


class Sentence(NamedTuple):
    """An article that has the name: the mention, and the words around those that name it."""

    mention: Mention
    before: str
    words: str
    after: str


class Facts(NamedTuple):
    folded: str
    words: str
    """The name as most of the articles print it."""
    ids: list[int]
    """The suggestions that one decision about all of them concerns."""
    is_cut: bool
    """Whether there are more."""
    sentences: list[Sentence]
    candidates: list[Candidate]
    found: list[Candidate]
    """Others, that were looked for."""
    reasons: list[tuple[str, int]]


def facts_of(request: HttpRequest, scope: Scope, folded: str, sought: str = "") -> Facts | None:
    """All about a name; None if it waits no more. ``sought`` are words by which other candidates
    are looked for. Seven queries, however many articles have it."""
    waiting = scope.of(folded).order_by("-id")
    rows = list(
        waiting.values_list(
            "id", "article__published_at", "quote", "reason", "candidates", scope.kind.value
        )[: AT_ONCE + 1]
    )
    if not rows:
        return None
    counted = rows[:AT_ONCE]
    newest = sorted(counted, key=lambda row: (row[1] is not None, row[1], row[0]), reverse=True)
    offered = _candidates(request, scope.kind, _likeliest((row[5], row[4]) for row in counted))
    return Facts(
        folded=folded,
        words=Counter(row[2] for row in counted).most_common(1)[0][0] or folded,
        ids=[row[0] for row in counted],
        is_cut=len(rows) > AT_ONCE,
        sentences=_sentences([row[0] for row in newest[:SHOWN]]),
        candidates=offered,
        found=_found(request, scope.kind, sought, {each.pk for each in offered}),
        reasons=Counter(row[3] for row in counted if row[3]).most_common(REASONS),
    )


def _likeliest(rows: Iterable[tuple[int | None, list[int]]]) -> list[int]:
    """The entries that the suggestions may mean: those first that are first with most of them."""
    weight: Counter[int] = Counter()
    for entity, candidates in rows:
        own = [entity] if entity and entity not in candidates else []
        for rank, pk in enumerate([*own, *candidates]):
            weight[pk] += 12 // (rank + 1)
    return [pk for pk, _ in weight.most_common(CANDIDATES)]


def _candidates(request: HttpRequest, kind: EntityKind, pks: list[int]) -> list[Candidate]:
    if not pks:
        return []
    page = _page_of(kind)
    rows = page.get_queryset(request).in_bulk(pks)
    return [_candidate(page, rows[pk]) for pk in pks if pk in rows]


def _found(request: HttpRequest, kind: EntityKind, sought: str, but: set[int]) -> list[Candidate]:
    """Other entries that are called so, the best known first."""
    if not sought.strip():
        return []
    page = _page_of(kind)
    rows = page.best_known(request, sought)[: FOUND + len(but)]
    return [_candidate(page, row) for row in rows if row.pk not in but][:FOUND]


def _candidate(page: Any, row: Place | Person | Organisation) -> Candidate:
    address = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
    return Candidate(row.pk, page.label(row), address)


def _page_of(kind: EntityKind) -> Any:
    return admin.site.get_model_admin(MODELS[kind])


def _sentences(pks: list[int]) -> list[Sentence]:
    mentions = Mention.objects.select_related("article").defer("article__body").in_bulk(pks)
    return [in_sentence(mentions[pk]) for pk in pks if pk in mentions]


def in_sentence(mention: Mention) -> Sentence:
    """The mention's sentence, parted at its words."""
    before, words, after = mention.sentence.partition(mention.quote)
    if not words:
        before, words, after = "", mention.quote, ""
    return Sentence(mention, before, words, after)
