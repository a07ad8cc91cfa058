"""Organisations and what else they are called."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.entities.entity import EntityAdmin, EntityForm, NameInline
from articles.admin.filters import Choice, FormFilter
from articles.models import ListingKind, Organisation, OrganisationName


class OrganisationNameInline(NameInline[OrganisationName]):
    model = OrganisationName


class PlaceFilter(FormFilter):
    title = "place"
    choose = {"place": Choice(Organisation._meta.get_field("place"))}


@admin.register(Organisation)
class OrganisationAdmin(EntityAdmin[Organisation]):
    form = EntityForm
    listing, parameter = ListingKind.ORGANISATION, "organisation"
    list_display = ["name", "article_count", "kind", "place", "is_reviewed"]
    list_filter = ["is_reviewed", PlaceFilter]
    list_select_related = ["place"]
    autocomplete_fields = ["place"]
    fields = ["name", "kind", "place", "description", "slug", "is_reviewed", "wikidata_id"]
    inlines = [OrganisationNameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return super().get_queryset(request).select_related("place")

    def detail(self, row: Organisation) -> str:
        return ", ".join(filter(None, (row.kind, row.place.name if row.place else "")))
