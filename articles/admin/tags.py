"""The archive's own vocabulary of subjects."""

from django.contrib import admin

from articles.admin.entities import NamedAdmin
from articles.models import Tag


@admin.register(Tag)
class TagAdmin(NamedAdmin[Tag]):
    list_display = ["name", "slug"]
    fields = ["name", "slug", "description"]
