"""Places, people, organisations, tags, sections and authors: each a list and its objects."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework.generics import GenericAPIView

from articles.api.filters import NameFilter, OrganisationFilter, PersonFilter, PlaceFilter
from articles.api.pagination import Order, Orders
from articles.api.serializers.entities import (
    AuthorSerializer,
    OrganisationSerializer,
    PersonSerializer,
    PlaceSerializer,
    SectionSerializer,
    TagSerializer,
)
from articles.api.serializers.sent_entities import (
    SentAuthorSerializer,
    SentOrganisationSerializer,
    SentPersonSerializer,
    SentPlaceSerializer,
    SentSectionSerializer,
    SentTagSerializer,
)
from articles.api.views.base import DetailEndpoint, ListEndpoint
from articles.api.writing.entities import (
    EntryChange,
    EntryCreation,
    EntryMerge,
    EntryWriting,
    describe_entry,
)
from articles.api.writing.sight import readable
from articles.models import (
    Author,
    Containment,
    Organisation,
    Person,
    Place,
    Position,
    Section,
    Tag,
)

# Each is on an index. Slugs are alphabetical whatever the case and accents of a name.
BY_SLUG = {"slug": Order(("slug",)), "-slug": Order(("slug",), descending=True)}
BY_NAME = {"name": Order(("name", "id")), "-name": Order(("name", "id"), descending=True)}
BY_UPDATE = {
    "updated": Order(("updated_at", "id")),
    "-updated": Order(("updated_at", "id"), descending=True),
}
OF_ENTITIES = Orders(BY_SLUG | BY_NAME | BY_UPDATE)
OF_PLACES = Orders(
    {**OF_ENTITIES.named, "nearest": Order(("haversine", "id"))}, of_parameter={"nearest": "near"}
)
OF_NAMES = Orders(BY_SLUG | BY_NAME)
OF_SECTIONS = Orders({"order": Order(("order", "id"))} | BY_SLUG | BY_NAME)


class _Entries(EntryWriting, GenericAPIView[Any]):
    """What readers find: all, or of some kinds those that a public article stands under; and what
    a key is shown besides."""

    def get_queryset(self) -> QuerySet[Any]:
        is_list = isinstance(self, ListEndpoint)
        return readable(self.request, self.everything(), is_list=is_list)


class _Places(_Entries):
    model, sent, endpoint = Place, SentPlaceSerializer, "place"
    serializer_class = PlaceSerializer
    modified = "updated_at"

    def everything(self) -> QuerySet[Place]:
        containment = Containment.objects.select_related("outer")
        return (
            Place.objects.current()
            .select_related("parent")
            .prefetch_related("names", Prefetch("contained", containment))
        )


@describe_entry
class PlaceList(_Places, EntryCreation, ListEndpoint):
    """The gazetteer: every place that the archive knows."""

    scope = "places"
    orders = OF_PLACES
    filterset_class = PlaceFilter


@describe_entry
class PlaceDetail(_Places, EntryChange, DetailEndpoint):
    """One place."""

    parameter = "place"


@describe_entry
class PlaceMerge(_Places, EntryMerge):
    """One of these that becomes part of another."""


class _People(_Entries):
    model, sent, endpoint = Person, SentPersonSerializer, "person"
    serializer_class = PersonSerializer
    modified = "updated_at"

    def everything(self) -> QuerySet[Person]:
        positions = Position.objects.select_related("organisation", "place")
        return Person.objects.current().prefetch_related("names", Prefetch("positions", positions))


@describe_entry
class PersonList(_People, EntryCreation, ListEndpoint):
    """Everybody whom a public article names."""

    scope = "people"
    orders = OF_ENTITIES
    filterset_class = PersonFilter


@describe_entry
class PersonDetail(_People, EntryChange, DetailEndpoint):
    """One person, with the positions held."""

    parameter = "person"


@describe_entry
class PersonMerge(_People, EntryMerge):
    """One of these that becomes part of another."""


class _Organisations(_Entries):
    model, sent, endpoint = Organisation, SentOrganisationSerializer, "organisation"
    serializer_class = OrganisationSerializer
    modified = "updated_at"

    def everything(self) -> QuerySet[Organisation]:
        return Organisation.objects.current().select_related("place").prefetch_related("names")


@describe_entry
class OrganisationList(_Organisations, EntryCreation, ListEndpoint):
    """Every organisation that a public article names."""

    scope = "organisations"
    orders = OF_ENTITIES
    filterset_class = OrganisationFilter


@describe_entry
class OrganisationDetail(_Organisations, EntryChange, DetailEndpoint):
    """One organisation."""

    parameter = "organisation"


@describe_entry
class OrganisationMerge(_Organisations, EntryMerge):
    """One of these that becomes part of another."""


class _Tags(_Entries):
    model, sent, endpoint = Tag, SentTagSerializer, "tag"
    serializer_class = TagSerializer

    def everything(self) -> QuerySet[Tag]:
        return Tag.objects.current()


@describe_entry
class TagList(_Tags, EntryCreation, ListEndpoint):
    """Every tag that a public article carries."""

    scope = "tags"
    orders = OF_NAMES
    filterset_class = NameFilter


@describe_entry
class TagDetail(_Tags, EntryChange, DetailEndpoint):
    """One tag."""

    parameter = "tag"


@describe_entry
class TagMerge(_Tags, EntryMerge):
    """One of these that becomes part of another."""


class _Sections(_Entries):
    model, sent, endpoint = Section, SentSectionSerializer, "section"
    serializer_class = SectionSerializer

    def everything(self) -> QuerySet[Section]:
        return Section.objects.all()


@describe_entry
class SectionList(_Sections, EntryCreation, ListEndpoint):
    """The parts of the paper, in their order."""

    scope = "sections"
    orders = OF_SECTIONS
    filterset_class = NameFilter


@describe_entry
class SectionDetail(_Sections, EntryChange, DetailEndpoint):
    """One section."""

    parameter = "section"


class _Authors(_Entries):
    model, sent, endpoint = Author, SentAuthorSerializer, "author"
    serializer_class = AuthorSerializer

    def everything(self) -> QuerySet[Author]:
        return Author.objects.all()


@describe_entry
class AuthorList(_Authors, EntryCreation, ListEndpoint):
    """Everybody who has a public article under their name."""

    scope = "authors"
    orders = OF_NAMES
    filterset_class = NameFilter


@describe_entry
class AuthorDetail(_Authors, EntryChange, DetailEndpoint):
    """One author."""

    parameter = "author"
