"""What an article is about, gathered from its mentions: the rail, the map, links in the body."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.safestring import SafeString

from articles.freshness import shows_each
from articles.listings import Listed
from articles.models import (
    Article,
    EntityKind,
    EntityName,
    ListingKind,
    Mention,
    MentionRole,
    OrganisationName,
    PersonName,
    PlaceKind,
    PlaceName,
    Subject,
)
from articles.models.page_address import page_address
from articles.models.prepared import PreparedRows
from articles.pages.linked_body import LinkTarget
from articles.pages.maps.drawing import Spot, draw
from articles.pages.maps.svg import svg

_MOST_ON_MAP = 24
# A map wide enough to show these shows nothing else.
_TOO_LARGE = frozenset({PlaceKind.CONTINENT, PlaceKind.REGION})
# The middle of one of these is nowhere in particular: shown only where nothing smaller is.
_LARGE = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY, PlaceKind.DIVISION})


_LISTS: dict[str, ListingKind] = {
    EntityKind.PLACE: ListingKind.PLACE_ITSELF,
    EntityKind.PERSON: ListingKind.PERSON,
    EntityKind.ORGANISATION: ListingKind.ORGANISATION,
}


_SUBJECTS: dict[str, Subject] = {
    EntityKind.PLACE: Subject.PLACE,
    EntityKind.PERSON: Subject.PERSON,
    EntityKind.ORGANISATION: Subject.ORGANISATION,
}


class MentionRow(NamedTuple):
    """The columns of a mention that a page needs; the last are names in the page's language."""

    kind: str
    role: str
    title: str
    quote: str
    paragraph: str
    start: int
    place_id: int | None = None
    place_name: str = ""
    place_slug: str = ""
    place_kind: str = ""
    latitude: float | None = None
    longitude: float | None = None
    parent_id: int | None = None
    parent_name: str | None = None
    person_id: int | None = None
    person_name: str = ""
    person_slug: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_slug: str = ""
    local_place: str | None = None
    local_parent: str | None = None
    local_person: str | None = None
    local_organisation: str | None = None


_COLUMNS = (
    "kind", "role", "title", "quote", "paragraph", "start",
    "place", "place__name", "place__slug", "place__kind", "place__latitude", "place__longitude",
    "place__parent", "place__parent__name",
    "person", "person__name", "person__slug",
    "organisation", "organisation__name", "organisation__slug",
)  # fmt: skip


class Appearing(NamedTuple):
    """Somebody or something in the story; ``note`` is a place's parent or a person's title.

    ``language`` is the name's where it is not the site's.
    """

    name: str
    address: str
    note: str
    language: str = ""


class Story(NamedTuple):
    """Each place, person and organisation once, what the article is about first.

    The place that a report was only filed from is on the map but not among ``places``.
    """

    places: list[Appearing]
    people: list[Appearing]
    organisations: list[Appearing]
    spots: list[Spot]
    large_spots: list[Spot]
    targets: list[LinkTarget]
    names: dict[Listed, str]
    """What each is called, by the list that the article stands in for it."""

    @property
    def map(self) -> SafeString | str:
        spots = (self.spots or self.large_spots)[:_MOST_ON_MAP]
        return _map(*spots) if spots else ""


_mentions = PreparedRows(
    int,
    lambda article_id: (
        Mention.objects.shown().filter(article=article_id).order_by("id").values_list(*_COLUMNS)
    ),
)


def _local_name(model: type[EntityName], entity: str, reference: str, *tags: str) -> Subquery:
    """The preferred name, or else the first, in one of the languages."""
    names = model._default_manager.filter(**{entity: OuterRef(reference)}, language__in=tags)
    return Subquery(names.order_by("-is_preferred", "pk").values("name")[:1])


_mentions_with_local_names = PreparedRows(
    (int, str, str),
    lambda article_id, *tags: (
        Mention.objects.shown()
        .filter(article=article_id)
        .order_by("id")
        .values_list(
            *_COLUMNS,
            _local_name(PlaceName, "place", "place", *tags),
            _local_name(PlaceName, "place", "place__parent", *tags),
            _local_name(PersonName, "person", "person", *tags),
            _local_name(OrganisationName, "organisation", "organisation", *tags),
        )
    ),
)


def story_of(article: Article) -> Story:
    """The story of an article, in one query whatever it mentions."""
    for subject in _SUBJECTS.values():
        shows_each(subject, ())
    return gather(_rows(article), article.language)


def _rows(article: Article) -> Iterator[MentionRow]:
    primary = _primary(article.language)
    is_ours = primary == _primary(settings.LANGUAGE_CODE)
    rows: list[tuple[Any, ...]] = (
        _mentions(article.pk)
        if is_ours
        else _mentions_with_local_names(article.pk, article.language, primary)
    )
    return (MentionRow(*row) for row in rows)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def gather(rows: Iterable[MentionRow], language: str = "") -> Story:
    """The story that mentions tell, given in the order in which readers meet them; ``language``
    is that of their local names."""
    story = Story([], [], [], [], [], [], {})
    listed: set[tuple[str, int | None]] = set()
    linked: set[str] = set()
    mapped: set[int | None] = set()
    for row in sorted(rows, key=_prominence):
        if row.kind == EntityKind.PLACE:
            key, appearing, into = row.place_id, _place(row, language), story.places
        elif row.kind == EntityKind.PERSON:
            address = page_address("person", row.person_slug)
            appearing = _called(row.person_name, row.local_person, address, row.title, language)
            key, into = row.person_id, story.people
        else:
            address = page_address("organisation", row.organisation_slug)
            appearing = _called(
                row.organisation_name, row.local_organisation, address, "", language
            )
            key, into = row.organisation_id, story.organisations
        shows_each(_SUBJECTS[row.kind], [one for one in (key, row.parent_id) if one])
        story.names[_LISTS[row.kind], key or 0] = appearing.name
        if row.role != MentionRole.FILED_FROM and (row.kind, key) not in listed:
            listed.add((row.kind, key))
            into.append(appearing)
        if row.paragraph and appearing.address not in linked:
            linked.add(appearing.address)
            story.targets.append(LinkTarget(row.paragraph, row.start, row.quote, appearing.address))
        if (
            row.latitude is not None
            and row.longitude is not None
            and row.place_kind not in _TOO_LARGE
            and key not in mapped
        ):
            mapped.add(key)
            spots = story.large_spots if row.place_kind in _LARGE else story.spots
            spots.append(Spot(row.place_name, appearing.address, row.latitude, row.longitude))
    return story


@lru_cache(maxsize=500)
def _map(*spots: Spot) -> SafeString:
    # Kept in memory, for the same few places are in the news again and again.
    return svg(draw(spots), "Map of the places in this story")


def _place(row: MentionRow, language: str) -> Appearing:
    parent = row.parent_name or ""
    if row.local_place and row.local_parent:
        parent = row.local_parent
    address = page_address("place", row.place_slug)
    return _called(row.place_name, row.local_place, address, parent, language)


def _called(name: str, local: str | None, address: str, note: str, language: str) -> Appearing:
    return Appearing(local or name, address, note, language if local else "")


def _prominence(row: MentionRow) -> bool:
    return row.role != MentionRole.ABOUT
