"""The forms of "New from copy": the copy itself, and the article as it was read from it."""

import base64
import hashlib
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from articles.admin.article.from_copy.entries import EntityField
from articles.admin.choices import KnownAutocomplete
from articles.importing.intake import LARGEST
from articles.importing.normalise import FIRST_YEAR, day_in
from articles.importing.records import ImportFault, Options
from articles.models import (
    Article,
    Mention,
    Organisation,
    Person,
    Place,
    Section,
    Tag,
    Tagging,
)
from articles.models.language import language_tag

PASTED = "pasted copy"
MOMENT = "%Y-%m-%dT%H:%M"


class Copy(NamedTuple):
    """Copy as it came, and what it is called."""

    content: bytes
    name: str


class CopyForm(forms.Form):
    """The copy, pasted or in a file, and what the editor says about it.

    ``given`` is the copy of a valid form. A file does not come back with the page, so what was in
    it travels in ``original``; it counts for as long as the text on the page is still the file's,
    by ``original_digest``.
    """

    given: Copy | None = None

    copy = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "dir": "auto", "placeholder": "ISLAMABAD, Feb 1 (Agency) — …"}
        ),
    )
    file = forms.FileField(required=False, allow_empty_file=True)
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        error_messages={"invalid": "Write a year such as 1998."},
    )
    source = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "an agency, or an address"}),
    )
    item = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    original = forms.CharField(required=False, widget=forms.HiddenInput)
    original_name = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    original_digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        last = timezone.localdate().year + 1
        if year is not None and year > last:
            raise forms.ValidationError(f"The archive takes what is of {FIRST_YEAR} to {last}.")
        return year

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        try:
            day_in(source)
        except ImportFault as fault:
            raise forms.ValidationError(f"{fault}.".capitalize()) from fault
        return source

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self.given = self._given()
            if self.given is None:
                self.add_error("copy", "Paste the copy here, or choose a file.")
        return data

    def _given(self) -> Copy | None:
        """The copy: a new file, else what is pasted, or the file that it came from."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if file is not None:
            return Copy(file.read(LARGEST + 1), str(file.name or ""))
        pasted = _lines(self.cleaned_data.get("copy", ""))
        original = _unpacked(self.cleaned_data.get("original", ""))
        if original is not None and digest(pasted) == self.cleaned_data.get("original_digest"):
            return Copy(original, self.cleaned_data.get("original_name") or PASTED)
        return Copy(pasted.encode(), PASTED) if pasted.strip() else None

    def options(self) -> Options:
        source = self.cleaned_data["source"]
        return Options(year=self.cleaned_data["year"], source=source, source_date=day_in(source))


def digest(text: str) -> str:
    """By which a file's text is known again, however a browser sends its line ends."""
    return hashlib.sha256(_lines(text).encode()).hexdigest()


def packed(content: bytes) -> str:
    """``content`` as it travels in a field of the page."""
    return base64.b64encode(zlib.compress(content)).decode()


def _unpacked(words: str) -> bytes | None:
    try:
        # What it opens to is bounded, whatever somebody put there.
        return zlib.decompressobj().decompress(base64.b64decode(words), LARGEST + 1) or None
    except (ValueError, zlib.error):
        return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class ReadForm(forms.Form):
    """The article that was read, for the editor to change."""

    headline = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "headline"}),
        error_messages={"required": "An article needs a headline."},
    )
    summary = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    dateline_place = EntityField(
        Place.objects.select_related("parent"),
        required=False,
        label="Filed from",
        widget=KnownAutocomplete(Article._meta.get_field("dateline_place"), admin.site),
    )
    dateline_date = forms.DateField(
        required=False,
        label="On",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    dateline_text = forms.CharField(
        required=False,
        max_length=200,
        label="As printed",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    published_at = forms.DateTimeField(
        required=False,
        label="Publication (now, if empty)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    embargo_until = forms.DateTimeField(
        required=False,
        label="Embargo until",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    language = forms.CharField(
        max_length=35,
        validators=[language_tag],
        widget=forms.TextInput(attrs={"list": "languages", "size": 6}),
    )
    section = forms.ModelChoiceField(Section.objects.all(), required=False, empty_label="none")
    authors = forms.CharField(
        required=False,
        label="By",
        widget=forms.TextInput(attrs={"dir": "auto", "placeholder": "name; name"}),
    )

    def __init__(self, values: Mapping[str, str], place: Place | None) -> None:
        """``values`` are what the fields hold; ``place`` is the dateline's, if it is known."""
        super().__init__(values)
        self.filed_from = place
        field = self.fields["dateline_place"]
        assert isinstance(field, EntityField)
        field.known = place

    def clean_authors(self) -> tuple[str, ...]:
        names = (name.strip() for name in self.cleaned_data["authors"].split(";"))
        return tuple(name for name in names if name)


def _several(model: type[Any], row: type[Any], field: str) -> forms.ModelMultipleChoiceField:  # type: ignore[type-arg]
    return forms.ModelMultipleChoiceField(
        model.objects.all(),
        required=False,
        widget=AutocompleteSelectMultiple(row._meta.get_field(field), admin.site),
    )


class AddedForm(forms.Form):
    """What the copy names and the machine did not find."""

    class Media:
        js = [forms.Script("js/admin-choices.js", defer=True)]

    added_places = _several(Place, Mention, "place")
    added_people = _several(Person, Mention, "person")
    added_organisations = _several(Organisation, Mention, "organisation")
    added_tags = _several(Tag, Tagging, "tag")
