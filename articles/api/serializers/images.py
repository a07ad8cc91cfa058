"""Pictures, with what whoever reuses them must know."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from articles.api.links import Links
from articles.models import Image

IMAGE_COLUMNS = (
    "id", "file", "width", "height", "alt_text", "is_decorative", "caption", "credit", "rights",
    "focal_x", "focal_y",
)  # fmt: skip


def image_answer(row: Mapping[str, Any], links: Links, prefix: str = "") -> dict[str, Any]:
    """The answer for the picture in ``row``, whose columns begin with ``prefix``."""
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
        "rights": row[f"{prefix}rights"],
        "focal_point": {"x": row[f"{prefix}focal_x"], "y": row[f"{prefix}focal_y"]},
    }


class FocalPointSerializer(serializers.Serializer[Any]):
    """What must stay in sight when the picture is cropped, from 0 to 1."""

    x = serializers.FloatField(help_text="0 is the left edge, 1 the right one.")
    y = serializers.FloatField(help_text="0 is the top edge, 1 the bottom one.")


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
    rights = serializers.CharField(help_text="Licence, terms of use.")
    focal_point = FocalPointSerializer()

    def to_representation(self, instance: Image) -> dict[str, Any]:
        row = {column: getattr(instance, column) for column in IMAGE_COLUMNS}
        return image_answer(row | {"file": instance.file.name}, self.context["links"])
