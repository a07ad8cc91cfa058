"""Pictures, with what whoever reuses them must know."""

from collections.abc import Mapping
from itertools import chain
from typing import Any, NamedTuple

from rest_framework import serializers

from articles.api.links import Links
from articles.models import Image
from articles.pictures.ladder import Rendition, card, whole

IMAGE_COLUMNS = (
    "id", "file", "width", "height", "alt_text", "is_decorative", "caption", "credit", "rights",
    "focal_x", "focal_y", "credit_url", "may_be_reused", "renditions",
)  # fmt: skip


class _Stored(NamedTuple):
    """What of an image's row its renditions are named by."""

    file: str
    width: int
    height: int
    renditions: Any


def image_answer(row: Mapping[str, Any], links: Links, prefix: str = "") -> dict[str, Any]:
    """The answer for the picture in ``row``, whose columns begin with ``prefix``."""
    stored = _Stored(*(row[f"{prefix}{column}"] for column in _Stored._fields))
    return {
        "id": row[f"{prefix}id"],
        "url": links.endpoint("image", row[f"{prefix}id"]),
        "file": links.image_file(row[f"{prefix}file"]),
        "width": row[f"{prefix}width"],
        "height": row[f"{prefix}height"],
        "alt_text": row[f"{prefix}alt_text"],
        "is_decorative": row[f"{prefix}is_decorative"],
        "caption": row[f"{prefix}caption"],
        "credit": row[f"{prefix}credit"],
        "credit_url": row[f"{prefix}credit_url"],
        "rights": row[f"{prefix}rights"],
        "may_be_reused": row[f"{prefix}may_be_reused"],
        "focal_point": {"x": row[f"{prefix}focal_x"], "y": row[f"{prefix}focal_y"]},
        "renditions": _answers(whole(stored), links),
        "cards": _answers(card(stored), links),
    }


def _answers(found: Mapping[str, list[Rendition]], links: Links) -> list[dict[str, Any]]:
    return [
        {
            "width": each.width,
            "height": each.height,
            "format": each.format,
            "url": links.image_file(each.name),
        }
        for each in chain.from_iterable(found.values())
    ]


class FocalPointSerializer(serializers.Serializer[Any]):
    """What must stay in sight when the picture is cropped, from 0 to 1."""

    x = serializers.FloatField(help_text="0 is the left edge, 1 the right one.")
    y = serializers.FloatField(help_text="0 is the top edge, 1 the bottom one.")


class RenditionSerializer(serializers.Serializer[Any]):
    """A smaller copy of the picture; what lies at its address never changes."""

    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")
    format = serializers.ChoiceField(["avif", "webp", "jpg", "png"])
    url = serializers.URLField()


class ImageSerializer(serializers.Serializer[Image]):
    """A picture; ``file`` is where it is."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Its address in the API.")
    file = serializers.URLField(help_text="The picture itself.")
    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")
    alt_text = serializers.CharField(help_text="What it shows, for those who cannot see it.")
    is_decorative = serializers.BooleanField(help_text="It says nothing that the text does not.")
    caption = serializers.CharField()
    credit = serializers.CharField(help_text="Photographer and agency.")
    credit_url = serializers.CharField(help_text="The photographer's own page, or empty.")
    rights = serializers.CharField(help_text="Licence, terms of use.")
    may_be_reused = serializers.BooleanField(
        help_text="Whoever takes over the article may take the picture with it."
    )
    focal_point = FocalPointSerializer()
    renditions = RenditionSerializer(
        many=True, help_text="Best format first, narrowest first; none before any is made."
    )
    cards = RenditionSerializer(many=True, help_text="The same, cut to 3:2 round the focal point.")

    def to_representation(self, instance: Image) -> dict[str, Any]:
        row = {column: getattr(instance, column) for column in IMAGE_COLUMNS}
        return image_answer(row | {"file": instance.file.name}, self.context["links"])
