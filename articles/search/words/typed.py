"""Parts what a person types into the search box: words, phrases, field words and operators.

A field word is the name of a field with what is to be in it, ``place:quetta``: one value, or
several between bars of which any will do; a comma begins another that must be met as well. What
only looks like one, such as ``http://…``, ``10:30`` or ``place:`` alone, is a word.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from articles.search.words.tokens import words

LONGEST_TEXT = 1_000

#: The one field whose words are searched for; the others narrow a search.
HEADLINE = "headline"
#: What dates are asked for by: the last two include the period that they name.
DATES = ("before", "after", "from", "to")

_NAMES = ("place", "dateline", "person", "organisation", "tag", "section", "author", "language")
_FIELDS = {
    **{name: name for name in (HEADLINE, *_NAMES, *DATES)},
    "intitle": HEADLINE,
    "organization": "organisation",
}

# Within how many words NEAR looks unless it says so, and at most.
USUAL_DISTANCE = 10
LONGEST_DISTANCE = 30

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')
# Marks of direction and other invisible characters, which come along with copied text.
_UNSEEN = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_VALUE = r'(?:"[^"]*"?|[^\s"|,]+)'
_ITEM = re.compile(
    rf"\(*(?P<without>-?)(?P<field>{'|'.join(_FIELDS)}):(?P<values>{_VALUE}(?:[|,]{_VALUE})*)"
    r'|(?P<minus>-?)"(?P<phrase>[^"]*)"?'
    r'|(?P<word>[^\s"]+)',
    re.IGNORECASE,
)
_VALUES = re.compile(rf"(?P<before>[|,]?)(?P<value>{_VALUE})")
_NEAR = re.compile(r"NEAR(?:/([0-9]{1,9}))?|AROUND\(([0-9]{1,9})\)")


class Operator(Enum):
    AND = auto()
    OR = auto()
    NEAR = auto()


_OPERATORS = {
    **dict.fromkeys(("OR", "|", "||"), Operator.OR),
    **dict.fromkeys(("AND", "&", "&&"), Operator.AND),
}


class Value(NamedTuple):
    """A word or, in quotes, several."""

    text: str
    is_quoted: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.is_quoted else self.text


class Item(NamedTuple):
    """One piece of what was typed, ``text``: an operator, or ``values`` of which any will do, in
    a ``field`` if it has one. ``distance`` is that of the operator NEAR, in words."""

    text: str
    operator: Operator | None = None
    distance: int = 0
    field: str = ""
    values: tuple[Value, ...] = ()
    excluded: bool = False


def items(text: str) -> list[Item]:
    """The pieces of ``text`` with a word in them, and the operators; no more of it is read than
    ``LONGEST_TEXT``. Never raises."""
    clean = text[:LONGEST_TEXT].translate(_QUOTES | _UNSEEN)
    found = [
        item
        for match in _ITEM.finditer(clean)
        for item in _read(match)
        if item.operator or any(words(value.text) for value in item.values)
    ]
    if len(found) == 1 and found[0].operator:
        return [_word(found[0].text)]
    return found


def _read(match: re.Match[str]) -> Iterator[Item]:
    if match["field"]:
        yield from _field_words(match)
    elif match["phrase"] is not None:
        value = Value(match["phrase"], is_quoted=True)
        yield Item(match[0], values=(value,), excluded=bool(match["minus"]))
    else:
        yield _operator(match[0]) or _word(match[0])


def _field_words(match: re.Match[str]) -> Iterator[Item]:
    field = _FIELDS[match["field"].lower()]
    groups: list[list[str]] = [[]]
    for part in _VALUES.finditer(match["values"]):
        if part["before"] == ",":
            groups.append([])
        groups[-1].append(part["value"])
    found = False
    for group in groups:
        if values := tuple(value for text in group if (value := _value(text)).text):
            # As in parameters, a hyphen may also stand before the value.
            excluded = bool(match["without"]) or any(text.startswith("-") for text in group)
            text = f"{'-' * excluded}{field}:{'|'.join(map(str, values))}"
            yield Item(text, field=field, values=values, excluded=excluded)
            found = True
    if not found:
        yield _word(match[0])


def _value(text: str) -> Value:
    if text.startswith('"'):
        return Value(" ".join(text.strip('"').split()), is_quoted=True)
    return Value(text.rstrip("()").lstrip("()-"))


def _operator(text: str) -> Item | None:
    if operator := _OPERATORS.get(text):
        return Item(text, operator)
    if near := _NEAR.fullmatch(text):
        distance = int(near[1] or near[2] or USUAL_DISTANCE)
        return Item(text, Operator.NEAR, min(distance, LONGEST_DISTANCE))
    return None


def _word(text: str) -> Item:
    return Item(text, values=(Value(text),), excluded=text.startswith("-"))
