"""The forms in which an image gets its words and its focal point."""

from typing import Any

from django import forms

from articles.admin.choices import KnownChoicesForm
from articles.models import Image
from articles.pictures import CleanPicture, clean
from articles.pictures.uploading import UNDESCRIBED

WORDS = ("alt_text", "caption", "credit", "credit_url", "rights")
CHOICES = ("is_decorative", "may_be_reused")
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"


def _share(help_text: str) -> forms.FloatField:
    """How far across or down a picture, as a number from 0 to 1."""
    return forms.FloatField(min_value=0, max_value=1, initial=0.5, help_text=help_text)


class ImageForm(KnownChoicesForm):
    """The words of an image, of which none goes without alternative text by oversight."""

    credit_url = forms.URLField(
        label="Link of the credit",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="The photographer’s own page.",
    )

    focal_x = _share("0 is the left edge, 1 the right one.")
    focal_y = _share("0 is the top edge, 1 the bottom one.")

    class Meta:
        model = Image
        fields = [
            "alt_text", "is_decorative", "caption", "credit", "credit_url", "rights",
            "may_be_reused", "focal_x", "focal_y",
        ]  # fmt: skip
        widgets = {
            "alt_text": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "caption": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "credit": forms.TextInput(attrs={"dir": "auto"}),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("is_decorative") and not data.get("alt_text", "").strip():
            self.add_error("alt_text", UNDESCRIBED)
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The fields have the limits of the table's constraint, whose check takes three queries."""
        return {*super()._get_validation_exclusions(), "focal_x", "focal_y"}  # type: ignore[misc]


class NewImageForm(ImageForm):
    """The same with the file. What is left empty is taken from the file, or from the image that is
    of the same file already, which the form is of from then on."""

    upload = forms.FileField(
        label="Picture",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text="JPEG, PNG, WebP, GIF or AVIF of at most 30 MB. Caption and credit are read from "
        "it; where and with what it was taken is not kept.",
        error_messages={"required": "Choose a file."},
        # Its own check has words on what to do.
        allow_empty_file=True,
    )

    # Set on the image's page, where it can be seen.
    focal_x = focal_y = None  # type: ignore[assignment]

    picture: CleanPicture | None = None
    is_known = False

    def clean_upload(self) -> Any:
        self.picture = clean(self.cleaned_data["upload"])
        present = Image.objects.filter(sha256=self.picture.sha256).order_by("pk").first()
        if present:
            self.instance, self.is_known = present, True
        return self.cleaned_data["upload"]

    def clean(self) -> dict[str, Any]:
        if self.picture:
            self._fill_in(self.picture)
        return super().clean()

    def _fill_in(self, picture: CleanPicture) -> None:
        """What the image has goes before what was typed, and that before what the file says."""
        data = self.cleaned_data
        for name in WORDS:
            has = getattr(self.instance, name) if self.is_known else ""
            if name not in self.errors:
                data[name] = has or data.get(name) or getattr(picture.words, name)
        if self.is_known:
            data |= {name: getattr(self.instance, name) for name in CHOICES}
