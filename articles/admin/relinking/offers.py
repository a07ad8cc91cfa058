"""What leads from the page of an entry to the articles that have its names."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.base import editor
from articles.admin.link import Link
from articles.linking import About
from articles.models import EntityKind, EntityName, Organisation, Person, Place
from articles.relinking import runs, unlinked


def find_in_archive(request: HttpRequest, row: Model) -> Link | None:
    """The tool of a place, person or organisation; none for the shell of a merged one."""
    if not isinstance(row, Place | Person | Organisation) or row.merged_into_id is not None:
        return None
    if not runs.may_link_archive(editor(request)):
        return None
    return Link("Find in the archive", address_of(row))


def address_of(entity: Model, *names: str) -> str:
    """Where it is seen what ``names`` would link, or all names of the entity."""
    address = reverse("admin:articles_linkingrun_find", args=[entity._meta.model_name, entity.pk])
    return f"{address}?{urlencode([('name', name) for name in names])}" if names else address


def offer_to_link(request: HttpRequest, form: Any, formsets: Any, *, is_new: bool) -> None:
    """After an entity was saved with names that it did not have: say how many articles have them
    and are not linked, and lead there. A name that it no longer has is looked for too."""
    entity = form.instance
    if not runs.may_link_archive(editor(request)):
        return
    names = list(_changed_names(form, formsets, is_new=is_new))
    if not names:
        return
    about = About(EntityKind(str(entity._meta.model_name)), entity.pk)
    number, is_exact = unlinked(about, names)
    if number:
        several = "1 article has" if number == 1 else f"{number:,} articles have"
        messages.info(
            request,
            format_html(
                '{}{} {} and {} not linked to it. <a href="{}">Look at them</a>',
                "" if is_exact else "More than ",
                several,
                "this name" if len(names) == 1 else "one of these names",
                "is" if number == 1 else "are",
                address_of(entity, *names),
            ),
        )


def _changed_names(form: Any, formsets: Any, *, is_new: bool) -> dict[str, None]:
    names: dict[str, None] = {}
    if is_new or "name" in form.changed_data:
        names |= _before_and_after(form)
    for formset in formsets:
        if issubclass(formset.model, EntityName):
            for row in formset.forms:
                if "name" in row.changed_data or row in formset.deleted_forms:
                    names |= _before_and_after(row)
    return names


def _before_and_after(form: Any) -> dict[str, None]:
    both = (form.cleaned_data.get("name"), form.initial.get("name"))
    return {name: None for name in both if name}
