"""The parts of the paper."""

from django.contrib import admin

from articles.admin.entities.named import NamedAdmin
from articles.models import ListingKind, Section


@admin.register(Section)
class SectionAdmin(NamedAdmin[Section]):
    listing, parameter = ListingKind.SECTION, "section"
    list_display = ["name", "article_count", "slug", "order"]
    ordering = ["order", "name"]
    fields = ["name", "slug", "description", "order", "comment_policy"]
