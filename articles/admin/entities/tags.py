"""The archive's own vocabulary of subjects."""

from django.contrib import admin

from articles.admin.entities.named import NamedAdmin
from articles.models import ListingKind, Tag


@admin.register(Tag)
class TagAdmin(NamedAdmin[Tag]):
    listing, parameter = ListingKind.TAG, "tag"
    list_display = ["name", "article_count", "slug"]
    fields = ["name", "slug", "description"]
