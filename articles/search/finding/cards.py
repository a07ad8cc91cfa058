"""What a search names, to be shown above what it finds: a place, a person, an organisation, a tag,
a section or an author, by any of its names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.models import Containment, Organisation, Place, Position
from articles.search.asking.criteria import Criteria, Order
from articles.search.finding.names import Named, bearing
from articles.search.words.query import Query, Term

MOST = 3
_LONGEST_NAME = 10  # words


@dataclass(frozen=True, slots=True)
class Card:
    """Something that is named, and the search for what is about it instead of what has its name.

    ``note`` tells it from others of its name: the office of a person, where a place lies; empty
    where nothing is known. ``place`` is set for a place.
    """

    named: Named
    criteria: Criteria
    note: str = ""
    place: Place | None = None


def cards(criteria: Criteria) -> list[Card]:
    """What the words of ``criteria`` name, all of them or else those in quotes or the first ones;
    everybody who has the name, three at most, the most written about first.

    What is asked for already is left out, and that of which no more may be asked for. Two queries
    without a match, and else some for each kind.
    """
    texts = _texts(criteria.query)
    by_text = bearing([text for alternatives in texts for text in alternatives]) if texts else {}
    for alternatives in texts:
        if found := [one for text in alternatives for one in by_text.get(text, ())]:
            is_all = alternatives is texts[0]
            return _cards(criteria, list(dict.fromkeys(found)), is_all=is_all)
    return []


def _texts(query: Query) -> list[list[str]]:
    """What may be a name, folded, the likeliest first: all words, then each phrase, then the first
    words, as many as may be. Empty when there are no words that all must be there."""
    terms: list[Term] = []
    for group in query.groups:
        if len(group) != 1 or group[0].is_prefix or group[0].in_headline:
            break
        terms += group
    if not terms:
        return []
    first = [word for term in terms for word in term.words][:_LONGEST_NAME]
    phrases = [" ".join(term.words) for term in terms if len(term.words) > 1]
    leading = [[" ".join(first[:count])] for count in range(len(first), 0, -1)]
    is_all = len(terms) == len(query.groups) and not query.excluded
    return [leading[0] if is_all else [], phrases, *leading]


def _cards(criteria: Criteria, found: Sequence[Named], *, is_all: bool) -> list[Card]:
    asked = {
        (one.parameter, choice.key)
        for one in criteria.filters
        if not one.excluded
        for choice in one.choices
    }
    shown = [
        one
        for one in found
        if (one.parameter, one.choice.key) not in asked and criteria.takes(one.parameter)
    ][:MOST]
    keys = {parameter: _keys(shown, parameter) for parameter in ("place", "person", "organisation")}
    places = Place.objects.in_bulk(keys["place"]) if keys["place"] else {}
    notes = {
        "place": _where(places),
        "person": _offices(keys["person"]),
        "organisation": _sorts(keys["organisation"]),
    }
    # The words are what it is called; with other words beside them all must still be there.
    rest = replace(criteria, q="", order=_without_words(criteria.order)) if is_all else criteria
    return [
        Card(
            one,
            rest.narrowed(one.parameter, one.choice),
            notes.get(one.parameter, {}).get(int(one.choice.key), ""),
            places.get(int(one.choice.key)) if one.parameter == "place" else None,
        )
        for one in shown
    ]


def _keys(shown: Sequence[Named], parameter: str) -> list[int]:
    return [int(one.choice.key) for one in shown if one.parameter == parameter]


def _without_words(order: Order) -> Order:
    return Order.NEWEST if order == Order.RELEVANCE else order


def _where(places: Mapping[int, Place]) -> dict[int, str]:
    """What and where each place is, from the nearest on: City in Balochistan, Pakistan."""
    if not places:
        return {}
    outer: dict[int, list[str]] = {}
    rows = Containment.objects.filter(inner__in=places).order_by("depth")
    for inner, name in rows.values_list("inner", "outer__name"):
        outer.setdefault(inner, []).append(name)
    return {
        key: " in ".join(filter(None, (_capital(place), ", ".join(outer.get(key, ())))))
        for key, place in places.items()
    }


def _capital(place: Place) -> str:
    kind = place.get_kind_display()
    return kind[:1].upper() + kind[1:]


def _offices(people: Collection[int]) -> dict[int, str]:
    """The office that each began last, and whether it is over."""
    if not people:
        return {}
    offices: dict[int, str] = {}
    rows = Position.objects.filter(person__in=people)  # the latest first
    for person, title, ended_on in rows.values_list("person", "title", "ended_on"):
        offices.setdefault(person, f"{title}, until {ended_on.year}" if ended_on else title)
    return offices


def _sorts(organisations: Collection[int]) -> dict[int, str]:
    """What each organisation is, and where."""
    if not organisations:
        return {}
    rows = Organisation.objects.filter(pk__in=organisations)
    return {
        pk: ", ".join(filter(None, (kind[:1].upper() + kind[1:], place)))
        for pk, kind, place in rows.values_list("pk", "kind", "place__name")
    }
