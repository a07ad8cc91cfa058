"""Images as they are sent: a file with what is said of it, or what is said of it anew."""

from typing import Any

from rest_framework import serializers

from articles.api.serializers.sent_fields import NumberField, optional_text
from articles.api.writing.fields import StrictSerializer


def _share(help_text: str) -> NumberField:
    return NumberField(required=False, default=0.5, min_value=0, max_value=1, help_text=help_text)


class ImageWordsSerializer(StrictSerializer):
    """What is said of a picture; what is left out is taken from the file, or stays."""

    alt_text = optional_text(500, "What it shows, for those who cannot see it.")
    is_decorative = serializers.BooleanField(
        default=False, help_text="It says nothing that the text does not."
    )
    caption = optional_text()
    credit = optional_text(200, "Photographer and agency.")
    credit_url = serializers.URLField(
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
        help_text="The photographer's own page.",
    )
    rights = optional_text(500, "Licence, terms of use.")
    may_be_reused = serializers.BooleanField(default=False)


class SentImageSerializer(ImageWordsSerializer):
    """A picture that is added."""

    file = serializers.FileField(
        allow_empty_file=True, help_text="JPEG, PNG, WebP, GIF or AVIF of at most 30 MB."
    )
    focal_x = _share("What must stay in sight when it is cropped: 0 is the left edge, 1 the right.")
    focal_y = _share("0 is the top edge, 1 the bottom one.")


class SentFocalPointSerializer(StrictSerializer):
    """What must stay in sight when the picture is cropped."""

    x = NumberField(min_value=0, max_value=1, help_text="0 is the left edge, 1 the right one.")
    y = NumberField(min_value=0, max_value=1, help_text="0 is the top edge, 1 the bottom one.")


def _middle() -> dict[str, float]:
    return {"x": 0.5, "y": 0.5}


class ChangedImageSerializer(ImageWordsSerializer):
    """What is said of a picture that is there."""

    focal_point = SentFocalPointSerializer(required=False, default=_middle)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        point = attrs.pop("focal_point", {})
        return attrs | {f"focal_{axis}": share for axis, share in point.items()}
