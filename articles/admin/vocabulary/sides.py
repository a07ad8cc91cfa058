"""What is shown of an entry beside another, so that an editor can tell whether they are one."""

from dataclasses import dataclass

from django.urls import reverse

from articles.listings import Listing
from articles.models import Article, Entity, ListingKind, Person, Place, Position, VocabularyKind
from articles.text.partial_dates import format_partial
from articles.vocabulary.kinds import LISTS, Mergeable, kind_of
from articles.vocabulary.merging import Share, shares
from articles.vocabulary.outside_ids import OutsideId, outside_ids

NEWEST = 3
NAMES = 30
POSITIONS = 10

# Where to look for articles first.
_MAIN: dict[VocabularyKind, tuple[ListingKind, ...]] = {
    **LISTS,
    VocabularyKind.PLACE: (ListingKind.PLACE_ITSELF, ListingKind.DATELINE_ITSELF),
}


@dataclass(frozen=True, slots=True)
class Side:
    """An entry with all that it is known by, the newest articles and what hangs on it."""

    entry: Mergeable
    kind: VocabularyKind
    about: str
    names: list[tuple[str, str]]
    ids: list[OutsideId]
    positions: list[str]
    shares: list[Share]
    articles: list[Article]

    @property
    def address(self) -> str:
        """Its page at the desk."""
        return address_of(self.entry)


def side(entry: Mergeable) -> Side:
    """Some ten queries, however much hangs on the entry."""
    kind = kind_of(entry)
    is_entity = isinstance(entry, Entity)
    names = entry.names.order_by("language", "name")[:NAMES] if is_entity else []
    held = entry.positions.all()[:POSITIONS] if isinstance(entry, Person) else []
    articles = [article for one in _MAIN[kind] for article in Listing(one, entry.pk).newest(NEWEST)]
    return Side(
        entry=entry,
        kind=kind,
        about=_about(entry),
        names=[(name.name, name.language) for name in names],
        ids=outside_ids(entry) if is_entity else [],
        positions=[_position(position) for position in held],
        shares=shares(entry),
        articles=list({article.pk: article for article in articles}.values())[:NEWEST],
    )


def address_of(entry: Mergeable) -> str:
    return reverse(f"admin:articles_{kind_of(entry)}_change", args=[entry.pk])


def _about(entry: Mergeable) -> str:
    """In a few words what it is, and where."""
    if isinstance(entry, Place):
        chain = [str(place) for place in reversed(Place.objects.chain(entry))]
        where = ", ".join([entry.get_kind_display(), *chain])
        if entry.latitude is None or entry.longitude is None:
            return where
        return f"{where} ({entry.latitude:.2f}, {entry.longitude:.2f})"
    return entry.description[:200]


def _position(position: Position) -> str:
    start = _date(position.started_on, position.start_precision)
    end = _date(position.ended_on, position.end_precision)
    if not start and not end:
        return position.title
    return f"{position.title}, {start or '?'} to {end or 'now or unknown'}"


def _date(day: object, precision: str) -> str:
    return format_partial(day, precision) if day else ""  # type: ignore[arg-type]
