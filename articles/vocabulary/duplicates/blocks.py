"""Brings together entries worth comparing, so that not each is compared with each.

A pass gives every name some keys; entries that share one stand in a block. What shares a key with
very many others says nothing by it and is passed over. Only the keys of one pass are in memory, as
numbers: some 100 MB for 100,000 people.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations, groupby
from typing import NamedTuple

from django.db.models import Model

from articles.models import VocabularyKind
from articles.text.folding import fold
from articles.vocabulary.duplicates.spelling import skeleton, words_of
from articles.vocabulary.kinds import MODELS, NAMES

LARGEST = 40
"""Entries that may share a key."""

Pair = tuple[int, int]
Keys = Callable[[str], Iterable[str]]


class _Named(NamedTuple):
    key: int
    name: str


def pairs(kind: VocabularyKind, only: Collection[int] | None = None) -> Iterator[Pair]:
    """Pairs of ids, the lower first, of entries that have a name alike; with ``only``, of which
    one is among these. A pair may come more than once."""
    # Few keys fit into memory together, and every name is read once.
    for keys in _PASSES if only is None else [_any_of(_PASSES)]:
        yield from _paired(_keyed(kind, keys, only), only)


def _same(folded: str) -> Iterator[str]:
    yield " ".join(words_of(folded))
    yield " ".join(sorted(words_of(folded)))


def _alike(folded: str) -> Iterator[str]:
    yield skeleton(folded)


def _one_word_off(folded: str) -> Iterator[str]:
    """The name without one of its words; of a single word, without one of its letters."""
    words = words_of(folded)
    if len(words) > 1:
        yield from (" ".join(words[:i] + words[i + 1 :]) for i in range(len(words)))
    elif words and 5 <= len(words[0]) <= 20:
        word = words[0]
        yield word
        yield from (word[:i] + word[i + 1 :] for i in range(1, len(word)))


_PASSES: tuple[Keys, ...] = (_same, _alike, _one_word_off)


def _any_of(passes: Iterable[Keys]) -> Keys:
    def keys(folded: str) -> Iterator[str]:
        for number, one in enumerate(passes):
            yield from (f"{number} {key}" for key in one(folded) if key)

    return keys


def _keyed(
    kind: VocabularyKind, keys: Keys, only: Collection[int] | None
) -> Iterable[tuple[int, int]]:
    wanted: set[int] | None = None
    if only is not None:
        wanted = {hash(key) for one in names(kind, only) for key in set(keys(one.name)) if key}
    for one in names(kind):
        for key in set(keys(one.name)):
            if key and (wanted is None or hash(key) in wanted):
                yield hash(key), one.key


def _paired(keyed: Iterable[tuple[int, int]], only: Collection[int] | None) -> Iterator[Pair]:
    for _, of_key in groupby(sorted(set(keyed)), key=lambda one: one[0]):
        block = [pk for _, pk in of_key]
        if 1 < len(block) <= LARGEST:
            for pair in combinations(block, 2):
                if only is None or pair[0] in only or pair[1] in only:
                    yield pair


def names(kind: VocabularyKind, keys: Collection[int] | None = None) -> Iterator[_Named]:
    """Every folded name of every entry that is none's shell, or of these."""
    model = MODELS[kind]
    for pk, name in _own_names(model, keys):
        yield _Named(pk, fold(name))
    if kind in NAMES:
        others = NAMES[kind]._default_manager
        rows = others.filter(**{f"{kind}__merged_into__isnull": True})
        if keys is not None:
            rows = rows.filter(**{f"{kind}__in": keys})
        for pk, folded in rows.values_list(kind, "folded").iterator(chunk_size=2_000):
            yield _Named(pk, folded)


def _own_names(model: type[Model], keys: Collection[int] | None) -> Iterator[tuple[int, str]]:
    rows = model._default_manager.filter(merged_into__isnull=True).order_by("pk")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    yield from rows.values_list("pk", "name").iterator(chunk_size=2_000)
