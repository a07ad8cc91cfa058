"""People: their names and the positions they held, each date as precise as it is known."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from articles.admin.base import NONE, DeskInline
from articles.admin.entities.asking import AskingForm
from articles.admin.entities.entity import EntityAdmin, EntityForm, NameInline
from articles.admin.partial_dates import PartialDateField
from articles.models import ListingKind, Person, PersonName, Position
from articles.vocabulary.doubts import Doubt, doubts_of_position
from articles.vocabulary.positions import end_fault


class PositionForm(AskingForm):
    started = PartialDateField(label="from")
    ended = PartialDateField(label="to")

    class Meta:
        model = Position
        fields = ["title", "organisation", "place", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.instance
        self.initial["started"] = (position.started_on, position.start_precision)
        self.initial["ended"] = (position.ended_on, position.end_precision)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        position = self.instance
        if "started" in data:
            position.started_on, position.start_precision = data["started"]
        if "ended" in data:
            position.ended_on, position.end_precision = data["ended"]
        if fault := end_fault(position):
            self.add_error("ended", fault)
        return data

    def doubts(self) -> Iterator[Doubt]:
        return doubts_of_position(self.instance)


class PositionInline(DeskInline[Position]):
    model = Position
    form = PositionForm
    extra = 1  # so that one can be added without scripts
    template = "admin/edit_inline/stacked.html"  # a row of a table has no room for all of it
    fieldsets = [
        (None, {"fields": [("title", "organisation", "place"), ("started", "ended", "source")]})
    ]
    autocomplete_fields = ["organisation", "place"]


class PersonNameInline(NameInline[PersonName]):
    model = PersonName


@admin.register(Person)
class PersonAdmin(EntityAdmin[Person]):
    form = EntityForm
    listing, parameter = ListingKind.PERSON, "person"
    list_display = ["name", "article_count", "position", "is_reviewed"]
    list_filter = ["is_reviewed"]
    fields = ["name", "description", "slug", "is_reviewed", "wikidata_id"]
    inlines = [PositionInline, PersonNameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        newest = Position.objects.filter(person=OuterRef("pk")).values("title")[:1]
        return super().get_queryset(request).annotate(newest_position=Subquery(newest))

    def detail(self, row: Person) -> str:
        return getattr(row, "newest_position", None) or ""

    @admin.display(description="position")
    def position(self, person: Person) -> str:
        """The last one that is known."""
        return getattr(person, "newest_position", None) or NONE
