"""Two editors saved the same article: the second sees both versions and chooses, field by field.

The page sends the whole form back, with what the article holds by now as what it began with, and
for each field that differs which of the two values it shall have. If a third save came between,
the second editor is asked again.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.timezone import localtime

from articles.editing import sessions
from articles.editing.differences import Piece, compare
from articles.models import Article
from articles.text.body import clean, identify, plain_text

THEIRS, MINE = "theirs", "mine"
_CHOICE = "choice-"
_NOT_SENT_BACK = ("csrfmiddlewaretoken", "based_on")

Pairs = list[tuple[str, str]]


class Difference(NamedTuple):
    """A field of which the two editors have different values.

    ``choice`` is the value to take when only one of them changed it, "" when both did.
    """

    name: str
    label: str
    choice: str
    theirs: list[Piece]
    mine: list[Piece]


def page(request: HttpRequest, form: Any) -> HttpResponse:
    """The page that asks; ``form`` is the article's, bound and without errors but overtaken."""
    present = Article.objects.select_related(
        "section", "dateline_place", "lead_image", "assigned_to", "updates"
    ).get(pk=form.instance.pk)
    theirs = type(form)(instance=present)
    differing = [name for name in form.shared_fields() if _differs(form, theirs, name)]
    context = {
        **admin.site.each_context(request),
        "title": "Two versions",
        "subtitle": str(present),
        "opts": Article._meta,
        "original": present,
        "later": sessions.later_save(present, form.cleaned_data["based_on"]),
        "differences": [_difference(form, theirs, present, name) for name in differing],
        "sent_back": [
            *_posted(form),
            ("based_on", str(present.revision)),
            *(
                (f"initial-{name}", value)
                for field in form.shared_fields()
                for name, value in _pairs(theirs, field)
            ),
            *(
                (f"{THEIRS}-{name}", value)
                for field in differing
                for name, value in _pairs(theirs, field)
            ),
        ],
    }
    return TemplateResponse(request, "admin/articles/article/conflict.html", context, status=409)


def resolved(data: QueryDict) -> QueryDict:
    """The form's data after the choices that stand in it."""
    choices = {
        key.removeprefix(_CHOICE): value for key, value in data.items() if key.startswith(_CHOICE)
    }
    if not choices:
        return data
    chosen = data.copy()
    for name, choice in choices.items():
        if choice != THEIRS:
            continue
        for part in (name, f"{name}_0", f"{name}_1"):
            chosen.pop(part, None)
            if f"{THEIRS}-{part}" in data:
                chosen.setlist(part, data.getlist(f"{THEIRS}-{part}"))
    for key in data:
        if key.startswith((_CHOICE, f"{THEIRS}-")):
            del chosen[key]
    return chosen


def _differs(form: Any, theirs: Any, name: str) -> bool:
    """Whether what this editor sent is not what the article holds."""
    sent = form[name].data if name in form.changed_data else _initial(form, name)
    return bool(form.fields[name].has_changed(_python(form, name, _raw(theirs, name)), sent))


def _difference(form: Any, theirs: Any, present: Article, name: str) -> Difference:
    field = form.fields[name]
    they_changed = field.has_changed(_python(form, name, _initial(form, name)), _raw(theirs, name))
    i_changed = name in form.changed_data
    choice = "" if they_changed and i_changed else THEIRS if they_changed else MINE
    mine = form.cleaned_data[name] if i_changed else _python(form, name, _initial(form, name))
    held = list(present.tags.all()) if name == "tags" else getattr(present, name)
    pieces = compare(_shown(name, held), _shown(name, mine))
    return Difference(
        name=name,
        label=str(form[name].label),
        choice=choice,
        theirs=[piece for piece in pieces if piece.kind != "added"],
        mine=[piece for piece in pieces if piece.kind != "removed"],
    )


def _initial(form: Any, name: str) -> Any:
    """What the field held when the page was opened, as the browser sends it back."""
    bound = form[name]
    return bound.field.hidden_widget().value_from_datadict(
        form.data, form.files, bound.html_initial_name
    )


def _python(form: Any, name: str, raw: Any) -> Any:
    try:
        return form.fields[name].to_python(raw)
    except forms.ValidationError:
        return None


def _raw(form: Any, name: str) -> Any:
    """What an unbound form has in a field, as a browser would send it."""
    value, widget = form[name].value(), form.fields[name].hidden_widget()
    if isinstance(widget, forms.MultiWidget):
        return [
            part.format_value(piece) or ""
            for part, piece in zip(widget.widgets, widget.decompress(value) or (), strict=False)
        ]
    if isinstance(widget, forms.MultipleHiddenInput):
        return [str(each) for each in value or []]
    return widget.format_value(value) or ""


def _pairs(form: Any, name: str) -> Pairs:
    """The same, by the names that its inputs have."""
    raw = _raw(form, name)
    if isinstance(form.fields[name].hidden_widget(), forms.MultiWidget):
        return [(f"{name}_{order}", str(part)) for order, part in enumerate(raw)]
    return [(name, str(each)) for each in (raw if isinstance(raw, list) else [raw])]


def _posted(form: Any) -> Iterator[tuple[str, str]]:
    began = tuple(f"initial-{name}" for name in form.shared_fields())
    for name, values in form.data.lists():
        if name in _NOT_SENT_BACK or name in began or name.removesuffix("_0") in began:
            continue
        if name.removesuffix("_1") not in began:
            yield from ((name, value) for value in values)


def _shown(name: str, value: Any) -> str:
    """A value as the two editors compare it."""
    if name == "body":
        return plain_text(identify(clean(value or "")))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        return ", ".join(sorted(str(each) for each in value))
    if isinstance(value, Model):
        return str(value)
    return "" if value is None else str(value)
