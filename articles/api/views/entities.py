"""Places, people, organisations, tags, sections and authors: each a list and its objects."""

from django.db.models import Prefetch, QuerySet
from rest_framework.generics import GenericAPIView

from articles.api.filters import NameFilter, OrganisationFilter, PersonFilter, PlaceFilter
from articles.api.pagination import Order
from articles.api.serializers.entities import (
    AuthorSerializer,
    OrganisationSerializer,
    PersonSerializer,
    PlaceSerializer,
    SectionSerializer,
    TagSerializer,
)
from articles.api.views.base import DetailEndpoint, ListEndpoint
from articles.api.visibility import public_entities
from articles.models import (
    Author,
    Containment,
    ListingKind,
    Organisation,
    Person,
    Place,
    Position,
    Section,
    Tag,
)

BY_SLUG = Order(("slug",))
"""Alphabetical, and on an index."""


class _Places(GenericAPIView[Place]):
    serializer_class = PlaceSerializer
    modified = "updated_at"

    def get_queryset(self) -> QuerySet[Place]:
        containment = Containment.objects.select_related("outer")
        return (
            Place.objects.current()
            .select_related("parent")
            .prefetch_related("names", Prefetch("contained", containment))
        )


class PlaceList(_Places, ListEndpoint):
    """The gazetteer: every place that the archive knows."""

    scope = "places"
    order = BY_SLUG
    filterset_class = PlaceFilter


class PlaceDetail(_Places, DetailEndpoint):
    """One place."""

    parameter = "place"


class _People(GenericAPIView[Person]):
    serializer_class = PersonSerializer
    modified = "updated_at"

    def get_queryset(self) -> QuerySet[Person]:
        positions = Position.objects.select_related("organisation", "place")
        return public_entities(Person.objects.all(), ListingKind.PERSON).prefetch_related(
            "names", Prefetch("positions", positions)
        )


class PersonList(_People, ListEndpoint):
    """Everybody whom a public article names."""

    scope = "people"
    order = BY_SLUG
    filterset_class = PersonFilter


class PersonDetail(_People, DetailEndpoint):
    """One person, with the positions held."""

    parameter = "person"


class _Organisations(GenericAPIView[Organisation]):
    serializer_class = OrganisationSerializer
    modified = "updated_at"

    def get_queryset(self) -> QuerySet[Organisation]:
        return (
            public_entities(Organisation.objects.all(), ListingKind.ORGANISATION)
            .select_related("place")
            .prefetch_related("names")
        )


class OrganisationList(_Organisations, ListEndpoint):
    """Every organisation that a public article names."""

    scope = "organisations"
    order = BY_SLUG
    filterset_class = OrganisationFilter


class OrganisationDetail(_Organisations, DetailEndpoint):
    """One organisation."""

    parameter = "organisation"


class _Tags(GenericAPIView[Tag]):
    serializer_class = TagSerializer

    def get_queryset(self) -> QuerySet[Tag]:
        return public_entities(Tag.objects.all(), ListingKind.TAG)


class TagList(_Tags, ListEndpoint):
    """Every tag that a public article carries."""

    scope = "tags"
    order = BY_SLUG
    filterset_class = NameFilter


class TagDetail(_Tags, DetailEndpoint):
    """One tag."""

    parameter = "tag"


class _Sections(GenericAPIView[Section]):
    serializer_class = SectionSerializer
    queryset = Section.objects.all()


class SectionList(_Sections, ListEndpoint):
    """The parts of the paper, in their order."""

    scope = "sections"
    order = Order(("order", "id"))


class SectionDetail(_Sections, DetailEndpoint):
    """One section."""

    parameter = "section"


class _Authors(GenericAPIView[Author]):
    serializer_class = AuthorSerializer

    def get_queryset(self) -> QuerySet[Author]:
        return public_entities(Author.objects.all(), ListingKind.AUTHOR)


class AuthorList(_Authors, ListEndpoint):
    """Everybody who has a public article under their name."""

    scope = "authors"
    order = BY_SLUG
    filterset_class = NameFilter


class AuthorDetail(_Authors, DetailEndpoint):
    """One author."""

    parameter = "author"
