"""Makes filters and dates of the field words that a person types into the search box.

They mean what the parameters of the same names mean and become those, so that a search has one
address however it was asked. Nothing typed is an error: what cannot be read is searched for as
words, and a note says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.search.asking.called import Found, called
from articles.search.asking.criteria import FILTERS, MOST_VALUES, Criteria, Filter, Order, shown
from articles.search.asking.languages import language_called
from articles.search.asking.periods import beside, read_period
from articles.search.asking.vocabulary import ENTITIES, Choice
from articles.search.words import query
from articles.search.words.typed import DATES, LONGEST_TEXT, Item, Operator, items

_INSTEAD = "searched for the words instead."
# A date that is left out asks for what lies on its other side.
_OPPOSITES = {"from": "before", "to": "after", "before": "from", "after": "to"}
# Those that do not include the period they name: where the one that they mean lies from it.
_STEPS = {"before": -1, "after": 1}


class _UnreadError(ValueError):
    """Field words that cannot be met; the message is the beginning of a note."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Field words of one field that OR joins, by their numbers among what was typed; mostly one."""

    numbers: tuple[int, ...]
    field: str
    values: tuple[str, ...]
    excluded: bool


def with_field_words(criteria: Criteria) -> Criteria:
    """``criteria`` with the field words of their ``q`` among the filters and dates; ``q`` keeps the
    rest.

    Never raises. Costs one query if anything is named, and a bounded number more if a name is not
    found: see ``called``.
    """
    typed = items(criteria.q)
    notes: list[str] = []
    taken: set[int] = set()
    asked = list(_asked(typed, notes))
    found = _found(asked)
    for one in asked:
        try:
            criteria = _with(criteria, one, found)
            taken.update(one.numbers)
        except _UnreadError as reason:
            notes.append(f"{reason}; {_INSTEAD}")
    if len(criteria.q) > LONGEST_TEXT or query.read(criteria.q).is_cut:
        notes.append("This search is too long; part of it was left out.")
    if taken:
        rest = _rest(typed, taken)
        order = Order.NEWEST if not rest and criteria.order == Order.RELEVANCE else criteria.order
        criteria = replace(criteria, q=rest, order=order)
    return replace(criteria, notes=tuple(dict.fromkeys(notes)))


def _asked(typed: Sequence[Item], notes: list[str]) -> Iterator[_Asked]:
    """What the field words ask for; about those that no filter can meet it writes a note."""
    for numbers in _alternatives(typed):
        one_of = [typed[number] for number in numbers]
        field, excluded = one_of[0].field, one_of[0].excluded
        narrowing = [item for item in one_of if item.field in FILTERS or item.field in DATES]
        is_one_filter = field in FILTERS and all(item.field == field for item in one_of)
        if narrowing and (is_one_filter or len(one_of) == 1):
            values = tuple(value.text for item in one_of for value in item.values)
            yield _Asked(tuple(numbers), field, values, excluded)
        elif narrowing:
            text = shown(narrowing[0].text)
            notes.append(
                f"“{text}” cannot be one side of OR and something else the other; {_INSTEAD}"
            )


def _alternatives(typed: Sequence[Item]) -> list[list[int]]:
    """The numbers of what is no operator, together where OR joins them. What is left out stands
    alone."""
    groups: list[list[int]] = []
    joins = False
    for number, item in enumerate(typed):
        if item.operator:
            joins = item.operator == Operator.OR and bool(groups)
            continue
        if joins and not item.excluded and not typed[groups[-1][-1]].excluded:
            groups[-1].append(number)
        else:
            groups.append([number])
        joins = False
    return groups


def _found(asked: Sequence[_Asked]) -> Found:
    """What the values mean, by field."""
    values: dict[str, set[str]] = {}
    for one in asked:
        values.setdefault(one.field, set()).update(one.values)
    languages: dict[str, tuple[Choice, ...]] = {
        value: (language,)
        for value in values.get("language", ())
        if (language := language_called(value))
    }
    entities = {field: of_one for field, of_one in values.items() if field in ENTITIES}
    return {**called(entities), "language": languages}


def _with(criteria: Criteria, asked: _Asked, found: Found) -> Criteria:
    if asked.field in DATES:
        return _with_date(criteria, asked)
    known = found[asked.field]
    for value in asked.values:
        if value not in known:
            raise _UnreadError(f"There is no {asked.field} “{shown(value)}”")
    choices = tuple(dict.fromkeys(choice for value in asked.values for choice in known[value]))
    wanted = (
        [Filter(asked.field, (choice,), excluded=True) for choice in choices]
        if asked.excluded
        else [Filter(asked.field, choices)]
    )
    filters = list(dict.fromkeys((*criteria.filters, *wanted)))
    filters.sort(key=lambda one: FILTERS.index(one.parameter))
    if sum(len(one.choices) for one in filters if one.parameter == asked.field) > MOST_VALUES:
        raise _UnreadError(f"A search takes no more than {MOST_VALUES} values of {asked.field}")
    return replace(criteria, filters=tuple(filters))


def _with_date(criteria: Criteria, asked: _Asked) -> Criteria:
    """The narrower of the dates that there are and the one asked for."""
    field = _OPPOSITES[asked.field] if asked.excluded else asked.field
    text = f"{asked.field}:{shown('|'.join(asked.values))}"
    try:
        period = read_period("|".join(asked.values))
        period = beside(period, _STEPS[field]) if field in _STEPS else period
    except ValueError:
        raise _UnreadError(f"“{text}” has no date, such as 2020, 2020-05 or 2020-05-31") from None
    since, until = criteria.since, criteria.until
    if field in {"from", "after"}:
        since = max(since or period, period, key=lambda one: one.start)
    else:
        until = min(until or period, period, key=lambda one: one.end)
    if since and until and since.start >= until.end:
        raise _UnreadError(f"“{text}” and the other dates leave no time between them")
    return replace(criteria, since=since, until=until)


def _rest(typed: Sequence[Item], taken: set[int]) -> str:
    """What was typed without those taken, and without operators that lost one of their sides."""
    kept: list[str] = []
    operator = ""
    follows_kept = False
    for number, item in enumerate(typed):
        if item.operator:
            operator = item.text if follows_kept else ""
            continue
        follows_kept = number not in taken
        if follows_kept:
            kept += [operator, item.text] if operator else [item.text]
        operator = ""
    return " ".join(kept)
