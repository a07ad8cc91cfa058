"""What articles are listed under: places, people, organisations, tags, sections, authors."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.links import Reference
from articles.api.serializers.references import (
    ListedSerializer,
    NameSerializer,
    ReferenceSerializer,
)
from articles.models import (
    Author,
    DatePrecision,
    Organisation,
    Person,
    Place,
    Position,
    Section,
    Tag,
)


class PlaceSerializer(ListedSerializer):
    """A place of the gazetteer, with what it lies in."""

    endpoint = "place"

    names = NameSerializer(many=True)
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]
    within = serializers.SerializerMethodField(
        help_text="Every place that it lies in, the largest first."
    )

    class Meta:
        model = Place
        fields = [
            "id",
            "url",
            "html_url",
            "name",
            "slug",
            "kind",
            "description",
            "names",
            "parent",
            "within",
            "latitude",
            "longitude",
            "population",
            "country_code",
            "iso_code",
            "geonames_id",
            "wikidata_id",
            "is_common_word",
            "is_reviewed",
            "updated_at",
            "articles_url",
        ]

    @extend_schema_field(ReferenceSerializer(allow_null=True))
    def get_parent(self, place: Place) -> Reference | None:
        return self.reference("place", place.parent)

    @extend_schema_field(ReferenceSerializer(many=True))
    def get_within(self, place: Place) -> list[Reference | None]:
        chain = sorted(place.contained.all(), key=lambda line: line.depth, reverse=True)
        return [self.reference("place", line.outer) for line in chain]


class PositionSerializer(serializers.Serializer[Position]):
    """A title somebody held; a date is known as precisely as is said beside it."""

    title = serializers.CharField()
    organisation = ReferenceSerializer(allow_null=True)
    place = ReferenceSerializer(allow_null=True)
    started_on = serializers.DateField(allow_null=True)
    start_precision = serializers.ChoiceField(DatePrecision.choices)
    ended_on = serializers.DateField(allow_null=True)
    end_precision = serializers.ChoiceField(DatePrecision.choices)
    source = serializers.CharField()  # type: ignore[assignment]


class PersonSerializer(ListedSerializer):
    """Somebody the archive writes about."""

    endpoint = "person"

    names = NameSerializer(many=True)
    positions = serializers.SerializerMethodField(help_text="The latest first.")

    class Meta:
        model = Person
        fields = [
            "id",
            "url",
            "html_url",
            "name",
            "slug",
            "description",
            "names",
            "positions",
            "wikidata_id",
            "is_reviewed",
            "updated_at",
            "articles_url",
        ]

    @extend_schema_field(PositionSerializer(many=True))
    def get_positions(self, person: Person) -> list[dict[str, Any]]:
        return [
            {
                "title": position.title,
                "organisation": self.reference("organisation", position.organisation),
                "place": self.reference("place", position.place),
                "started_on": position.started_on,
                "start_precision": position.start_precision,
                "ended_on": position.ended_on,
                "end_precision": position.end_precision,
                "source": position.source,
            }
            for position in person.positions.all()
        ]


class OrganisationSerializer(ListedSerializer):
    """A party, an agency, a company, an armed group: whatever acts under one name."""

    endpoint = "organisation"

    names = NameSerializer(many=True)
    place = serializers.SerializerMethodField(help_text="Where it is based.")

    class Meta:
        model = Organisation
        fields = [
            "id",
            "url",
            "html_url",
            "name",
            "slug",
            "kind",
            "description",
            "names",
            "place",
            "wikidata_id",
            "is_reviewed",
            "updated_at",
            "articles_url",
        ]

    @extend_schema_field(ReferenceSerializer(allow_null=True))
    def get_place(self, organisation: Organisation) -> Reference | None:
        return self.reference("place", organisation.place)


class TagSerializer(ListedSerializer):
    """A subject of the archive's own vocabulary."""

    endpoint = "tag"

    class Meta:
        model = Tag
        fields = ["id", "url", "html_url", "name", "slug", "description", "articles_url"]


class SectionSerializer(ListedSerializer):
    """A part of the paper."""

    endpoint = "section"

    class Meta:
        model = Section
        fields = [
            "id",
            "url",
            "html_url",
            "name",
            "slug",
            "description",
            "order",
            "comment_policy",
            "articles_url",
        ]


class AuthorSerializer(ListedSerializer):
    """A byline: somebody of the newsroom or outside it, a desk or an agency."""

    endpoint = "author"

    class Meta:
        model = Author
        fields = ["id", "url", "html_url", "name", "slug", "biography", "articles_url"]
