"""Which of several places, or people, of one name is meant.

Decided by evidence in the copy, never by a guess: what stays unsure is a suggestion that says
who else it might be.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from articles.linking.known import Known, KnownPerson, KnownPlace
from articles.linking.positions import Then
from articles.models import EntityKind, PlaceKind
from articles.text.folding import fold

# Smaller places are linked only when the copy speaks of their country, or of no other.
_LARGE = 100_000
# So many times larger than its namesakes is the one that is meant when nothing is said.
_FAR_LARGER = 10

_RANKS = {
    PlaceKind.CONTINENT: 4,
    PlaceKind.REGION: 4,
    PlaceKind.COUNTRY: 4,
    PlaceKind.TERRITORY: 3,
    PlaceKind.DIVISION: 3,
    PlaceKind.CITY: 2,
}
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY, PlaceKind.DIVISION})
_SETTLEMENTS = frozenset({PlaceKind.CITY, PlaceKind.TOWN})
_KINDS_OF_NOUN = {
    "province": (PlaceKind.DIVISION,),
    "state": (PlaceKind.DIVISION,),
    "region": (PlaceKind.DIVISION, PlaceKind.REGION),
    "division": (PlaceKind.DIVISION, PlaceKind.DISTRICT),
    "district": (PlaceKind.DISTRICT, PlaceKind.DIVISION),
    "county": (PlaceKind.DISTRICT, PlaceKind.DIVISION),
    "city": (PlaceKind.CITY, PlaceKind.TOWN),
    "town": (PlaceKind.TOWN, PlaceKind.CITY),
}

#: Why a name by itself does not prove what it names.
COMMON_WORD = "The name is also an ordinary word or a person’s name."

#: What the dateline names weighs more than what the text does.
FILED_FROM = 2

Chosen = TypeVar("Chosen")


class Verdict(NamedTuple, Generic[Chosen]):
    """The likeliest; ``reason`` says why it is only that, and is empty when it is certain.

    ``candidates`` are all that might be meant, the likeliest first.
    """

    chosen: Chosen
    reason: str = ""
    candidates: tuple[Chosen, ...] = ()


@dataclass(slots=True)
class Evidence:
    """The places that the copy certainly speaks of, with all that they lie in.

    A number says how much each counts (see ``FILED_FROM``).
    """

    weights: dict[KnownPlace, int] = field(default_factory=dict)

    def add(self, place: KnownPlace, weight: int = 1) -> None:
        for known in (place, *place.containers):
            if known.kind not in {PlaceKind.CONTINENT, PlaceKind.REGION}:
                self.weights[known] = max(weight, self.weights.get(known, 0))

    def __contains__(self, place: KnownPlace) -> bool:
        """Whether anything at all speaks for ``place``."""
        return self.support(place) != (0, 0)

    def support(self, place: KnownPlace) -> tuple[int, int]:
        """How near and how weighty the evidence for ``place`` is: the same province counts more
        than the same country."""
        for nearness, known in enumerate((place, *place.containers)):
            if known in self.weights:
                return (len(place.containers) + 1 - nearness, self.weights[known])
        return (0, 0)


class Surroundings(NamedTuple):
    """What stands beside a place's name."""

    noun: str = ""  # "province", "districts"
    inside: frozenset[KnownPlace] = frozenset()  # "Hyderabad, India"; "India's Hyderabad"
    is_located: bool = False  # "in Reading"
    is_listed: bool = False  # "Oxford and Reading"
    begins_sentence: bool = False
    is_dateline: bool = False


def is_plain(candidates: Sequence[KnownPlace]) -> bool:
    """Whether the name by itself says which place it is, so that it is evidence for others."""
    if len(candidates) != 1 or candidates[0].is_common_word:
        return False
    place = candidates[0]
    return _RANKS.get(PlaceKind(place.kind), 0) > 2 or place.population >= _LARGE


def choose_place(
    candidates: Sequence[KnownPlace], evidence: Evidence, near: Surroundings
) -> Verdict[KnownPlace]:
    """The place that is meant among ``candidates``, of which there is at least one."""
    chosen, reason = _choose_place(candidates, evidence, near)
    if not reason:
        return Verdict(chosen)
    others = sorted(
        (place for place in candidates if place != chosen),
        key=lambda place: (evidence.support(place), place.population),
        reverse=True,
    )
    return Verdict(chosen, reason, (chosen, *others))


def _choose_place(
    candidates: Sequence[KnownPlace], evidence: Evidence, near: Surroundings
) -> tuple[KnownPlace, str]:
    beside = [place for place in candidates if near.inside & {*place.containers}]
    if beside:
        candidates = beside
    if near.noun:
        kinds = _KINDS_OF_NOUN.get(near.noun.removesuffix("s"), ())
        candidates = [place for place in candidates if place.kind in kinds] or candidates
    best = max(evidence.support(place) for place in candidates)
    supported = [place for place in candidates if evidence.support(place) == best]
    chosen = _most_prominent(supported, near)
    if _is_outdone(chosen, supported, near):
        return chosen, f"May be {_listed(supported)}."
    if beside or near.is_dateline:
        return chosen, ""
    if chosen.is_common_word and not (best > (0, 0) and _is_named(chosen, evidence, near)):
        return chosen, COMMON_WORD
    is_small = _RANKS.get(PlaceKind(chosen.kind), 0) <= 2 and chosen.population < _LARGE
    if best == (0, 0) and evidence.weights and is_small:
        return chosen, f"Nothing else in the copy points to {_whereabouts(chosen)}."
    return chosen, ""


def _is_named(place: KnownPlace, evidence: Evidence, near: Surroundings) -> bool:
    """Whether it is the place that an ordinary word names: it stands where places do, or is the
    country or the province that the copy was filed from."""
    is_filed_inside = place.kind in _WIDE and evidence.weights.get(place) == FILED_FROM
    return is_filed_inside or near.is_listed or (near.is_located and not near.begins_sentence)


def choose_person(
    candidates: Sequence[KnownPerson], title: str, day: date | None, named: Set[Known]
) -> Verdict[KnownPerson]:
    """The person who is meant: one of several only by a title that no other of them held on
    ``day``, or by an organisation or a place that is ``named`` in the copy."""
    if len(candidates) == 1:
        return Verdict(candidates[0])
    order = sorted(candidates, key=lambda each: -title_held(each, title, day))
    best, second = (title_held(person, title, day) for person in order[:2])
    if best > second and best > Then.NOT_YET:
        return Verdict(order[0])
    placed = [person for person in order if _is_placed(person, day, named)]
    elsewhere = [person for person in order if person not in placed and _belongs(person, day)]
    if len(placed) == 1 and len(elsewhere) == len(order) - 1:
        return Verdict(placed[0])
    return Verdict(order[0], f"May be {_listed(order)}.", tuple(order))


def title_held(person: KnownPerson, title: str, day: date | None) -> Then:
    """How surely somebody held the ``title`` that copy of ``day`` gives: a former title, before.

    A position that began later than that says nothing.
    """
    given = set(fold(title).split())
    is_former = not given.isdisjoint(_FORMER)
    then = Then.NOT_YET
    for position in person.positions:
        if given and _is_same_title(given - _FORMER, set(fold(position.title).split())):
            held = position.on(day)
            then = max(then, Then.HELD if is_former and held is Then.OVER else held)
    return then


_FORMER = frozenset({"former", "ex"})


def _is_same_title(given: set[str], held: set[str]) -> bool:
    return bool(held) and bool(given) and (held <= given or given <= held)


def _belongs(person: KnownPerson, day: date | None) -> set[tuple[EntityKind, int]]:
    """The organisations and places of the positions that somebody may have held by ``day``."""
    return {
        (kind, pk)
        for position in person.positions
        if position.on(day) is not Then.NOT_YET
        for kind, pk in (
            (EntityKind.ORGANISATION, position.organisation_id),
            (EntityKind.PLACE, position.place_id),
        )
        if pk is not None
    }


def _is_placed(person: KnownPerson, day: date | None, named: Set[Known]) -> bool:
    """Whether the copy names an organisation or a place of one of the person’s positions, or a
    place inside it."""
    belongs = _belongs(person, day)
    return bool(belongs) and any(
        (part.entity_kind, part.id) in belongs
        for known in named
        for part in (known, *(known.containers if isinstance(known, KnownPlace) else ()))
    )


def _most_prominent(places: Sequence[KnownPlace], near: Surroundings) -> KnownPlace:
    lending = [place for place in places if place.kind in _SETTLEMENTS]
    # A town lends its name to the district and the province it lies in.
    named_after = {
        above
        for town in lending
        for above in town.containers
        if above.kind != PlaceKind.COUNTRY and above in places
    }

    def prominence(place: KnownPlace) -> tuple[bool, bool, int, int, int]:
        rank = _RANKS.get(PlaceKind(place.kind), 0)
        is_filed_from = near.is_dateline and place in lending
        return is_filed_from, place not in named_after, rank, place.population, -place.id

    return max(places, key=prominence)


def _is_outdone(chosen: KnownPlace, places: Sequence[KnownPlace], near: Surroundings) -> bool:
    """Whether another of the places might as well be meant."""
    rank = _RANKS.get(PlaceKind(chosen.kind), 0)
    for other in places:
        if other is chosen or other in chosen.containers or chosen in other.containers:
            continue
        other_rank = _RANKS.get(PlaceKind(other.kind), 0)
        is_larger = not chosen.population or chosen.population >= other.population
        if rank > _RANKS[PlaceKind.CITY] and other_rank < rank and is_larger:
            continue
        if chosen.population < max(_LARGE, _FAR_LARGER * other.population):
            return True
    return False


def _whereabouts(place: KnownPlace) -> str:
    country = place.country
    return country.name if country and country is not place else place.name


def _listed(candidates: Iterable[KnownPlace | KnownPerson]) -> str:
    names = [str(candidate) for candidate in candidates]
    shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} others"]
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]
