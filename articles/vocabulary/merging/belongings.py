"""What belongs to an entry: every row of another table, or of its own, that points to it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Model, QuerySet

from articles.models import (
    Article,
    FormerSlug,
    Mention,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
    Position,
    Tag,
    Tagging,
    TagSuggestion,
    VocabularyKind,
)
from articles.vocabulary.kinds import Mergeable, kind_of

COUNTED = 10_000
"""Nothing is counted further."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows of ``model`` that point to an entry by ``column``. Two of them that have the same in
    all columns of ``alike`` are doubles once they point to one entry, and ``is_few`` says that no
    entry has many; ``called`` is what editors call one and several, None for what they need not
    know of.
    """

    model: type[Model]
    column: str
    called: tuple[str, str] | None = None
    alike: tuple[str, ...] = ()
    is_few: bool = False

    def of(self, kind: VocabularyKind, key: int) -> QuerySet[Model]:
        rows = self.model._default_manager.filter(**{self.column: key})
        return rows.filter(kind=kind) if self.model is FormerSlug else rows


_NAME = ("name", "language")
_MENTION = ("article", "role")
_HELD = ("title", "organisation", "place", "started_on", "start_precision", "ended_on",
         "end_precision")  # fmt: skip
_FORMER_SLUGS = Belonging(FormerSlug, "key")

BELONGINGS: dict[VocabularyKind, tuple[Belonging, ...]] = {
    VocabularyKind.PLACE: (
        Belonging(Mention, "place", ("mention", "mentions"), _MENTION),
        Belonging(Article, "dateline_place", ("dateline", "datelines")),
        Belonging(PlaceName, "place", ("name", "names"), _NAME),
        Belonging(Place, "parent", ("place in it", "places in it")),
        Belonging(Position, "place", ("position", "positions")),
        Belonging(Organisation, "place", ("organisation based there", "organisations based there")),
        Belonging(Place, "merged_into"),
        _FORMER_SLUGS,
    ),
    VocabularyKind.PERSON: (
        Belonging(Mention, "person", ("mention", "mentions"), _MENTION),
        Belonging(PersonName, "person", ("name", "names"), _NAME),
        Belonging(Position, "person", ("position", "positions"), _HELD, is_few=True),
        Belonging(Person, "merged_into"),
        _FORMER_SLUGS,
    ),
    VocabularyKind.ORGANISATION: (
        Belonging(Mention, "organisation", ("mention", "mentions"), _MENTION),
        Belonging(OrganisationName, "organisation", ("name", "names"), _NAME),
        Belonging(Position, "organisation", ("position", "positions")),
        Belonging(Organisation, "merged_into"),
        _FORMER_SLUGS,
    ),
    VocabularyKind.TAG: (
        Belonging(Tagging, "tag", ("article", "articles"), ("content_object",)),
        Belonging(TagSuggestion, "tag", ("suggestion", "suggestions"), ("article",)),
        Belonging(Tag, "merged_into"),
        _FORMER_SLUGS,
    ),
}


class Share(NamedTuple):
    """How many of something an entry has; ``is_exact`` is false where there are more."""

    called: str
    number: int
    is_exact: bool


def shares(entry: Mergeable) -> list[Share]:
    """What a merge would move from ``entry``, as far as there is any: a query for each sort."""
    kind = kind_of(entry)
    found = []
    for belonging in BELONGINGS[kind]:
        if belonging.called:
            rows = belonging.of(kind, entry.pk).order_by()
            if number := rows.values("pk")[: COUNTED + 1].count():
                called = belonging.called[number != 1]
                found.append(Share(called, min(number, COUNTED), number <= COUNTED))
    return found
