"""Organisations and what else they are called."""

from django.contrib import admin

from articles.admin.entities import EntityAdmin, NameInline
from articles.models import Organisation, OrganisationName


class OrganisationNameInline(NameInline[OrganisationName]):
    model = OrganisationName


@admin.register(Organisation)
class OrganisationAdmin(EntityAdmin[Organisation]):
    list_display = ["name", "kind", "place", "is_reviewed"]
    list_filter = ["is_reviewed"]
    list_select_related = ["place"]
    autocomplete_fields = ["place"]
    fields = ["name", "kind", "place", "description", "slug", "is_reviewed", "wikidata_id"]
    inlines = [OrganisationNameInline]
