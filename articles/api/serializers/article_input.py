"""What is sent to write an article, under the names that it is answered with."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.writing import StrictSerializer
from articles.api.writing.fields import ListField
from articles.api.writing.references import LONGEST, ReferenceField
from articles.importing.normalise import FIRST_YEAR, day_in
from articles.importing.records import ImportFault
from articles.models import Article, CommentPolicy, MentionRole
from articles.models.language import language_tag
from articles.text.characters import printable

LONGEST_TEXT = 1024 * 1024
"""Characters of a body or of raw copy; no article is longer."""

_MOST = 200
_MOST_NAMES = 500


def _any_of(*forms: dict[str, Any]) -> dict[str, Any]:
    keys: dict[str, Any] = {"id": {"type": "integer"}, "slug": {"type": "string"}}
    return {"oneOf": [*forms, {"type": "object", "additionalProperties": True, "properties": keys}]}


_ID, _SLUG = {"type": "integer", "minimum": 1}, {"type": "string"}


@extend_schema_field(_any_of(_ID, _SLUG))
class _Known(ReferenceField):
    """An entry that the archive has."""


@extend_schema_field(_any_of(_ID))
class _KnownImage(ReferenceField):
    """A picture that the archive has."""

    def __init__(self, **options: Any) -> None:
        super().__init__(keys=("id",), **options)


@extend_schema_field(_any_of(_ID, _SLUG))
class _KnownOrNew(ReferenceField):
    """An entry that the archive has, or the name of one that may be new."""

    def __init__(self, **options: Any) -> None:
        super().__init__(keys=("id", "slug", "name"), **options)


class _Line(serializers.CharField):
    """A line of text without what cannot be printed."""

    def to_internal_value(self, data: Any) -> str:
        return " ".join(printable(super().to_internal_value(data)).split())


def _longest(column: str) -> int | None:
    return getattr(Article._meta.get_field(column), "max_length", None)


class DatelineInput(StrictSerializer):
    """Where and when it was filed; what is left out stays as it is."""

    place = _Known(required=False, allow_null=True)
    text = _Line(required=False, allow_blank=True, max_length=_longest("dateline_text"))
    date = serializers.DateField(required=False, allow_null=True)
    year_is_guess = serializers.BooleanField(required=False)


class NameInput(serializers.Serializer[Any]):
    """A place or an organisation that the article names, as answers have it; its id or slug does
    where it is but mentioned."""

    id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    slug = _Line(required=False, max_length=LONGEST)
    role = serializers.ChoiceField(MentionRole.choices, required=False)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, int | str) and not isinstance(data, bool):
            data = {"slug" if isinstance(data, str) else "id": data}
        return super().to_internal_value(data)

    def validate(self, attrs: Any) -> Any:
        if not {"id", "slug"} & attrs.keys():
            raise serializers.ValidationError("Give its “id” or “slug”.")
        return attrs


class PersonNameInput(NameInput):
    """Somebody whom the article names."""

    title = _Line(required=False, allow_blank=True, max_length=200)


def _names(one: type[NameInput]) -> Any:
    return one(
        many=True,
        required=False,
        max_length=_MOST_NAMES,  # type: ignore[call-arg]  # of the list
    )


class RecordInput(StrictSerializer):
    """What every change may say of itself, for the record."""

    reason = _Line(
        required=False,
        allow_blank=True,
        max_length=400,
        help_text="Why, for the record; of a public article readers see it too.",
    )


class ArticleInput(RecordInput):
    """The fields of an article that can be written."""

    headline = _Line(max_length=_longest("headline"))
    slug = _Line(
        required=False,
        allow_blank=True,
        max_length=_longest("slug"),
        help_text="Made from the headline when it is empty.",
    )
    summary = serializers.CharField(
        required=False, allow_blank=True, max_length=10_000, help_text="Made when it is empty."
    )
    body = serializers.CharField(
        required=False,
        allow_blank=True,
        trim_whitespace=False,
        max_length=LONGEST_TEXT,
        help_text="HTML, which is cleaned; paragraphs keep the ids that they have.",
    )
    dateline = DatelineInput(required=False)
    language = serializers.CharField(
        required=False, max_length=35, validators=[language_tag], help_text="A BCP 47 tag."
    )
    section = _Known(required=False, allow_null=True)
    authors = ListField(child=_KnownOrNew(), required=False, max_length=_MOST)
    tags = ListField(child=_KnownOrNew(), required=False, max_length=_MOST)
    places = _names(NameInput)
    people = _names(PersonNameInput)
    organisations = _names(NameInput)
    image = _KnownImage(required=False, allow_null=True)
    published_at = serializers.DateTimeField(required=False, allow_null=True)
    embargo_until = serializers.DateTimeField(required=False, allow_null=True)
    comment_policy = serializers.ChoiceField(CommentPolicy.choices, required=False)
    source = _Line(  # type: ignore[assignment]
        required=False, allow_blank=True, max_length=_longest("source")
    )
    source_id = _Line(required=False, allow_blank=True, max_length=_longest("source_id"))
    updates = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="The id of the earlier article that this one brings up to date.",
    )
    minor = serializers.BooleanField(
        required=False, help_text="A trifle, folded away in the public history."
    )


class CopyInput(StrictSerializer):
    """Raw copy, of which an article is made as *New from copy* does at the desk."""

    copy = serializers.CharField(trim_whitespace=False, max_length=LONGEST_TEXT)
    source = _Line(  # type: ignore[assignment]
        required=False, allow_blank=True, max_length=_longest("source")
    )
    year = serializers.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=9999, help_text="Of a dateline without one."
    )

    def validate_source(self, value: str) -> str:
        """A source that states an impossible date would be refused further on by no name."""
        try:
            day_in(value)
        except ImportFault as fault:
            raise serializers.ValidationError(f"It {fault}.") from fault
        return value
