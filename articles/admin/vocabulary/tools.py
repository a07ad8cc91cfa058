"""What leads from the page of an entry to the pages that heal the vocabulary."""

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from articles.admin.link import Link
from articles.models import Organisation, Person, Place, Tag
from articles.vocabulary.kinds import Mergeable, kind_of

PERMISSION = "articles.merge_entities"


def may_merge(request: HttpRequest) -> bool:
    return request.user.has_perm(PERMISSION)


def merge_tool(request: HttpRequest, row: Model) -> Link | None:
    """Merge it with another; none for what has been merged."""
    if not isinstance(row, Mergeable) or row.merged_into_id is not None or not may_merge(request):
        return None
    return Link("Merge with another", merge_address(row))


def divide_tool(request: HttpRequest, row: Model) -> Link | None:
    """Make two of it."""
    if not isinstance(row, Place | Person | Organisation) or not may_merge(request):
        return None
    if row.merged_into_id is not None:
        return None
    return Link("Make two of it", reverse(f"{_OF}_divide", args=[kind_of(row), row.pk]))


def merge_address(row: Place | Person | Organisation | Tag) -> str:
    return reverse(f"{_OF}_with", args=[kind_of(row), row.pk])


_OF = "admin:articles_merge"
