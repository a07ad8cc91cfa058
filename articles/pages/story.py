"""What an article is about, gathered from its mentions: the rail, the map, links in the body."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.models import Article, EntityKind, Mention, MentionRole, PlaceKind
from articles.models.prepared import PreparedRows
from articles.pages.addresses import page_address
from articles.pages.linked_body import LinkTarget
from articles.pages.maps.drawing import Spot, draw
from articles.pages.maps.svg import svg

_MOST_ON_MAP = 24
# A map wide enough to show these shows nothing else.
_TOO_LARGE = frozenset({PlaceKind.CONTINENT, PlaceKind.REGION})
# The middle of one of these is nowhere in particular: shown only where nothing smaller is.
_LARGE = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY, PlaceKind.DIVISION})


class MentionRow(NamedTuple):
    """The columns of a mention that a page needs."""

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
    parent_name: str | None = None
    person_id: int | None = None
    person_name: str = ""
    person_slug: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_slug: str = ""


_COLUMNS = (
    "kind", "role", "title", "quote", "paragraph", "start",
    "place", "place__name", "place__slug", "place__kind", "place__latitude", "place__longitude",
    "place__parent__name",
    "person", "person__name", "person__slug",
    "organisation", "organisation__name", "organisation__slug",
)  # fmt: skip


class Appearing(NamedTuple):
    """Somebody or something in the story; ``note`` is a place's parent or a person's title."""

    name: str
    address: str
    note: str


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


def story_of(article: Article) -> Story:
    """The story of an article, in one query whatever it mentions."""
    return gather(MentionRow(*row) for row in _mentions(article.pk))


def gather(rows: Iterable[MentionRow]) -> Story:
    """The story that mentions tell, given in the order in which readers meet them."""
    story = Story([], [], [], [], [], [])
    listed: set[tuple[str, int | None]] = set()
    linked: set[str] = set()
    mapped: set[int | None] = set()
    for row in sorted(rows, key=_prominence):
        if row.kind == EntityKind.PLACE:
            key, appearing, into = row.place_id, _place(row), story.places
        elif row.kind == EntityKind.PERSON:
            address = page_address("person", row.person_slug)
            appearing = Appearing(row.person_name, address, row.title)
            key, into = row.person_id, story.people
        else:
            address = page_address("organisation", row.organisation_slug)
            appearing = Appearing(row.organisation_name, address, "")
            key, into = row.organisation_id, story.organisations
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
            spots.append(Spot(appearing.name, appearing.address, row.latitude, row.longitude))
    return story


@lru_cache(maxsize=500)
def _map(*spots: Spot) -> SafeString:
    # Kept in memory, for the same few places are in the news again and again.
    return svg(draw(spots), "Map of the places in this story")


def _place(row: MentionRow) -> Appearing:
    return Appearing(row.place_name, page_address("place", row.place_slug), row.parent_name or "")


def _prominence(row: MentionRow) -> bool:
    return row.role != MentionRole.ABOUT
