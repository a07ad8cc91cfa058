"""Bylines: people of the newsroom or outside it, desks, agencies."""

from django.contrib import admin

from articles.admin.entities.named import NamedAdmin
from articles.models import Author, ListingKind


@admin.register(Author)
class AuthorAdmin(NamedAdmin[Author]):
    listing, parameter = ListingKind.AUTHOR, "author"
    list_display = ["name", "article_count", "slug", "user"]
    list_select_related = ["user"]
    autocomplete_fields = ["user"]
    fields = ["name", "slug", "biography", "user"]
