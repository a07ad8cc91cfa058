"""What was done at the desk to one row: the audit log in place of the admin's own."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.models import AuditEntry

SHOWN = 200
"""The newest entries about one row; the audit log has the others."""

Message = str | list[dict[str, Any]]


def in_words(message: Message) -> str:
    """What a form changed, as Django's admin lists it, in one line: ``name, slug; added other name
    “Kwetta”``. Empty when it changed nothing."""
    if isinstance(message, str):
        return message
    return "; ".join(part for change in message for part in _parts(change))


def trail(request: HttpRequest, row: Model) -> HttpResponse:
    """Who did what to ``row``, newest first. Whoever may see the row may see it."""
    options = row._meta
    entries = AuditEntry.objects.filter(kind=options.model_name, object_id=row.pk)
    return TemplateResponse(
        request,
        "admin/object_history.html",
        {
            **admin.site.each_context(request),
            "title": "History",
            "subtitle": str(row),
            "opts": options,
            "object": row,
            "entries": entries.order_by("-id")[:SHOWN],
        },
    )


def _parts(change: dict[str, Any]) -> Iterator[str]:
    for verb, what in change.items():
        fields = _fields(what.get("fields", ()))
        if "name" not in what:
            if fields:
                yield fields
            continue
        of_it = f": {fields}" if fields else ""
        yield f"{verb} {what['name']} “{what['object']}”{of_it}"


def _fields(names: Iterable[str]) -> str:
    return ", ".join(str(name) for name in names)
