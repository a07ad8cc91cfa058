"""The archive's own vocabulary of subjects."""

from collections.abc import Iterator

from django.contrib import admin

from articles.admin.entities.named import NamedAdmin, SluggedForm
from articles.models import ListingKind, Tag
from articles.vocabulary.doubts import Doubt, doubts_of_tag


class TagForm(SluggedForm):
    def doubts(self) -> Iterator[Doubt]:
        if "name" in self.changed_data:
            yield from doubts_of_tag(self.instance)


@admin.register(Tag)
class TagAdmin(NamedAdmin[Tag]):
    form = TagForm
    listing, parameter = ListingKind.TAG, "tag"
    list_display = ["name", "article_count", "slug"]
    fields = ["name", "slug", "description"]
