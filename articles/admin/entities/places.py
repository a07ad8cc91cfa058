"""Places: where they are, what they lie in, what else they are called."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles import vocabulary
from articles.admin.entities.entity import EntityAdmin, EntityForm, NameInline
from articles.admin.filters import Choice, FormFilter
from articles.models import ListingKind, Place, PlaceName
from articles.vocabulary.doubts import Doubt, doubts_of_place
from articles.vocabulary.outside_ids import code_faults, country_fault, number_at_geonames

_WHERE = {"latitude", "longitude", "parent", "kind", "country_code"}
_CODES = {"kind", "country_code", "iso_code"}


class GeonamesField(forms.IntegerField):
    """The number of a place at GeoNames, which may come with its whole address."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value and number_at_geonames(str(value).strip()))


_DEGREES = "Write degrees with a point, such as 30.18; south and west are negative."
_LATITUDE = "Latitude is between -90 and 90 degrees."
_LONGITUDE = "Longitude is between -180 and 180 degrees."


class PlaceForm(EntityForm):
    geonames_id = GeonamesField(
        label="GeoNames",
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="The number of the place at GeoNames, or the address of its page there.",
    )
    population = forms.IntegerField(
        required=False, min_value=0, help_text="Empty when it is not known."
    )

    class Meta:
        error_messages = {
            "latitude": {"invalid": _DEGREES, "min_value": _LATITUDE, "max_value": _LATITUDE},
            "longitude": {"invalid": _DEGREES, "min_value": _LONGITUDE, "max_value": _LONGITUDE},
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parent = data.get("parent")
        if self.instance.pk and "parent" in self.changed_data:
            vocabulary.containers(self.instance, parent)
        return data

    def clean_population(self) -> int:
        return self.cleaned_data["population"] or 0

    def doubts(self) -> Iterator[Doubt]:
        yield from super().doubts()
        if _WHERE & set(self.changed_data):
            yield from doubts_of_place(self.instance)

    def _post_clean(self) -> None:
        super()._post_clean()
        if _CODES & set(self.changed_data):
            for column, fault in code_faults(self.instance):
                self.add_error(column, fault)
            if "country_code" not in self.errors and (fault := country_fault(self.instance)):
                self.add_error("country_code", fault)


class PlaceNameInline(NameInline[PlaceName]):
    model = PlaceName


class InsideFilter(FormFilter):
    """The places inside one, at any depth."""

    title = "what they lie in"
    choose = {"containers": Choice(Place._meta.get_field("parent"))}
    labels = {"containers": "Inside"}


@admin.register(Place)
class PlaceAdmin(EntityAdmin[Place]):
    form = PlaceForm
    listing, parameter = ListingKind.PLACE, "place"
    list_display = [
        "name",
        "article_count",
        "kind",
        "parent",
        "country_code",
        "on_map",
        "is_reviewed",
    ]
    list_filter = ["kind", "is_reviewed", InsideFilter]
    list_select_related = ["parent"]
    then_by = ("-population", "name", "pk")
    autocomplete_fields = ["parent"]
    inlines = [PlaceNameInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "parent", "description", "slug"]}),
        ("On the map", {"fields": [("latitude", "longitude")]}),
        (
            "For matching and for machines",
            {
                "fields": [
                    "is_reviewed",
                    "is_common_word",
                    "population",
                    ("country_code", "iso_code"),
                    ("geonames_id", "wikidata_id"),
                ]
            },
        ),
    ]

    @admin.display(description="on the map", boolean=True)
    def on_map(self, place: Place) -> bool:
        return place.latitude is not None

    def detail(self, row: Place) -> str:
        where = (row.get_kind_display(), row.parent.name if row.parent else "", row.country_code)
        return ", ".join(filter(None, where))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Place]:
        return super().get_queryset(request).select_related("parent")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        vocabulary.put_in_place(form.instance)
