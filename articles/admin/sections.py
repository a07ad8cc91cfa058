"""The parts of the paper."""

from django.contrib import admin

from articles.admin.entities import NamedAdmin
from articles.models import Section


@admin.register(Section)
class SectionAdmin(NamedAdmin[Section]):
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
    fields = ["name", "slug", "description", "order"]
