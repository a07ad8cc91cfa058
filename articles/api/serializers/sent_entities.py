"""Places, people, organisations, tags, sections and authors as they are sent to be written."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from articles.api.serializers.sent_fields import (
    KeyField,
    NumberField,
    PartialDateField,
    TextField,
    optional_text,
)
from articles.api.writing.fields import StrictSerializer
from articles.api.writing.sight import Sight
from articles.models import (
    CommentPolicy,
    DatePrecision,
    EntityName,
    Organisation,
    OrganisationName,
    PersonName,
    Place,
    PlaceKind,
    PlaceName,
    Position,
)
from articles.vocabulary import finding, outside_ids
from articles.vocabulary.saving import Belongings

MOST_ROWS = 100
"""Other names, or positions, that an entry can be given at once."""

_EXACTNESS = list(DatePrecision)
_ROWS = ("names", "positions")


class SentEntrySerializer(StrictSerializer):
    """What every entry has. A field that is left out has its default, of a PATCH its present
    value; a slug that is left out stays, or is made from the name of what is new."""

    references: ClassVar[Mapping[str, type[Model]]] = {}
    """The fields that name another entry, and of which kind."""

    name = TextField(max_length=200)
    slug = TextField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="The last part of its page's address; the former one goes on leading there.",
    )

    def fill(self, entry: Model, sight: Sight) -> Belongings:
        """Give ``entry`` what was sent, in memory. Returns the rows that it is to have.

        Raises ``ValidationError`` for what names no entry within ``sight``.
        """
        sent = dict(self.validated_data)
        rows = {name: sent.pop(name, None) for name in _ROWS}
        sent |= _named(self.references, {"": sent}, sight).get("", {})
        for name, value in sent.items():
            setattr(entry, name, value)
        return Belongings(
            names=None if rows["names"] is None else self._names(rows["names"]),
            positions=None if rows["positions"] is None else _positions(rows["positions"], sight),
        )

    def _names(self, sent: list[dict[str, Any]]) -> list[EntityName]:
        raise NotImplementedError


class SentNameSerializer(StrictSerializer):
    """Another name, spelling or script."""

    name = TextField(max_length=200)
    language = optional_text(35, "A BCP 47 tag; empty if unknown.")
    is_preferred = serializers.BooleanField(
        default=False, help_text="Shown in this language instead of the entry's own name."
    )
    is_common_word = serializers.BooleanField(
        default=False, help_text="An ordinary word too: copy is linked by it with more reason only."
    )


def _rows(row: type[StrictSerializer], help_text: str) -> Any:
    """A field of rows that are sent as a whole."""
    return row(
        many=True,
        required=False,
        default=list,
        max_length=MOST_ROWS,  # type: ignore[call-arg]  # of the list
        help_text=help_text,
    )


class SentEntitySerializer(SentEntrySerializer):
    """What copy may call by other names."""

    name_model: ClassVar[type[EntityName]]

    description = optional_text()
    is_reviewed = serializers.BooleanField(default=True)
    wikidata_id = optional_text(500, "The number of its item, Q1362, or the item's address.")
    names = _rows(SentNameSerializer, "All other names; those that are there already stay.")

    def validate_wikidata_id(self, value: str) -> str:
        return outside_ids.number_at_wikidata(value)

    def _names(self, sent: list[dict[str, Any]]) -> list[EntityName]:
        return [self.name_model(**name) for name in sent]


class SentPlaceSerializer(SentEntitySerializer):
    name_model = PlaceName
    references = {"parent": Place}

    kind = serializers.ChoiceField(PlaceKind.choices, default=PlaceKind.TOWN)
    parent = KeyField(  # type: ignore[assignment]
        required=False, allow_null=True, default=None, help_text="The next larger place."
    )
    latitude = NumberField(
        required=False, allow_null=True, default=None, min_value=-90, max_value=90
    )
    longitude = NumberField(
        required=False, allow_null=True, default=None, min_value=-180, max_value=180
    )
    country_code = optional_text(2, "ISO 3166-1 alpha-2, such as PK.")
    iso_code = optional_text(10, "ISO 3166, of a country or division: PK, PK-BA.")
    geonames_id = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=2**31 - 1
    )
    population = serializers.IntegerField(
        default=0, min_value=0, max_value=2**63 - 1, help_text="0 when it is not known."
    )
    is_common_word = serializers.BooleanField(
        default=False, help_text="The name is an ordinary word or a person's name too."
    )


class SentPositionSerializer(StrictSerializer):
    """A title somebody held; a date of which less is known is read as its first day."""

    title = TextField(max_length=200)
    organisation = KeyField(required=False, allow_null=True, default=None)
    place = KeyField(required=False, allow_null=True, default=None)
    started_on = PartialDateField(
        required=False, allow_null=True, allow_blank=True, default=None, max_length=20
    )
    start_precision = serializers.ChoiceField(
        DatePrecision.choices, required=False, help_text="As exact as the date, if not given."
    )
    ended_on = PartialDateField(
        required=False, allow_null=True, allow_blank=True, default=None, max_length=20
    )
    end_precision = serializers.ChoiceField(
        DatePrecision.choices, required=False, help_text="As exact as the date, if not given."
    )
    source = optional_text(500, "Where this is stated.")  # type: ignore[assignment]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for date, precision in (("started_on", "start_precision"), ("ended_on", "end_precision")):
            day, exactness = attrs.get(date) or (None, DatePrecision.DAY)
            given = attrs.get(precision, exactness)
            if day and _EXACTNESS.index(given) > _EXACTNESS.index(exactness):
                raise ValidationError({precision: [f"The date says no {given}."]})
            attrs[date], attrs[precision] = day, given if day else DatePrecision.DAY
        return attrs


class SentPersonSerializer(SentEntitySerializer):
    name_model = PersonName

    positions = _rows(
        SentPositionSerializer, "All that the person held; those that are there already stay."
    )


class SentOrganisationSerializer(SentEntitySerializer):
    name_model = OrganisationName
    references = {"place": Place}

    kind = optional_text(60, "What it is, in a word or two: political party, bank.")
    place = KeyField(required=False, allow_null=True, default=None, help_text="Where it is based.")


class SentTagSerializer(SentEntrySerializer):
    name = TextField(max_length=100)
    slug = TextField(required=False, allow_blank=True, max_length=100)
    description = optional_text()


class SentSectionSerializer(SentEntrySerializer):
    name = TextField(max_length=100)
    slug = TextField(required=False, allow_blank=True, max_length=100)
    description = optional_text()
    order = serializers.IntegerField(
        default=0, min_value=0, max_value=32_767, help_text="The smallest is shown first."
    )
    comment_policy = serializers.ChoiceField(CommentPolicy.choices, default=CommentPolicy.OPEN)


class SentAuthorSerializer(SentEntrySerializer):
    biography = optional_text()


class SentMergeSerializer(StrictSerializer):
    """What an entry becomes part of."""

    into = KeyField(help_text="The entry that stays: its id or slug.")
    reason = optional_text(300, "For the log of merges; readers do not see it.")


def _positions(sent: list[dict[str, Any]], sight: Sight) -> list[Position]:
    rows = {f"positions.{number}.": dict(row) for number, row in enumerate(sent)}
    others_of = _named({"organisation": Organisation, "place": Place}, rows, sight)
    for where, others in others_of.items():
        rows[where] |= others
    return [Position(**row) for row in rows.values()]


def _named(
    references: Mapping[str, type[Model]], rows: Mapping[str, Mapping[str, Any]], sight: Sight
) -> dict[str, dict[str, Model]]:
    """The entries that the fields ``references`` of ``rows`` name, by the path of the row and the
    field. Three queries for each field. Raises ``ValidationError`` for those that name none."""
    found: dict[str, dict[str, Model]] = {}
    faults: dict[str, list[str]] = {}
    for field, model in references.items():
        asked = {where: key for where, row in rows.items() if (key := row.get(field)) is not None}
        there = finding.find(model, set(asked.values()), sight) if asked else {}
        for where, key in asked.items():
            if key in there:
                found.setdefault(where, {})[field] = finding.current(there[key])
            else:
                faults[f"{where}{field}"] = [f"There is no {model._meta.verbose_name} “{key}”."]
    if faults:
        raise ValidationError(faults)
    return found
