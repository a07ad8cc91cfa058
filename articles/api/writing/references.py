"""What the fields of a write refer to: entries of the vocabulary, by id, slug or new name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q
from rest_framework import serializers

from articles.api.parameters import by_key
from articles.api.writing.fields import MOST_TOLD
from articles.text.slugs import slugify
from articles.vocabulary import saving

Entry = TypeVar("Entry", bound=Model)
Key = int | str

LONGEST = 200
"""Characters of a slug or a name; no entry's are more."""

_FORMS = {
    "id": "an id, 7 or {“id”: 7}",
    "slug": "a slug, “quetta” or {“slug”: “quetta”}",
    "name": "a name, which may be new, {“name”: “Quetta”}",
}


class ReferenceField(serializers.Field[Any, Any, Any, Any]):
    """An id, a slug, or an object with one of ``keys``, such as the API answers; validated to an
    object with just the first of them that it has. A ``name`` is that of what may be new."""

    default_error_messages = {"form": "Give one of: {forms}."}

    def __init__(self, *, keys: Sequence[str] = ("id", "slug"), **options: Any) -> None:
        super().__init__(**options)
        self.keys = keys

    def to_internal_value(self, data: Any) -> dict[str, Key]:
        given = data
        if not isinstance(data, dict):
            given = {"slug" if isinstance(data, str) else "id": data}
        name = next((key for key in self.keys if key in given), "")
        if not name or not _is_of_form(name, given[name]):
            forms = (_FORMS[key] for key in self.keys)
            self.fail("form", forms="; ".join(forms))
        value = given[name]
        return {name: value if name == "id" else value.strip()}

    def to_representation(self, value: Any) -> Any:
        return value


def find(
    model: type[Entry], field: str, references: Sequence[Mapping[str, Any]], by: User | None = None
) -> list[Entry]:
    """The entry that each of ``references`` means; what was merged is what it was merged into. One
    query, whatever their number, and some for each new one.

    New names are added to the archive for the account ``by``. Raises ValidationError for
    ``field``, and PermissionDenied when ``by`` may not add any.
    """
    conditions = [_condition(reference) for reference in references]
    rows = _rows(model, conditions)
    found: list[Entry] = []
    missing: list[str] = []
    for reference, (column, value) in zip(references, conditions, strict=True):
        entry = rows.get((column, value))
        if entry is None and "name" in reference and by is not None:
            entry = rows[column, value] = _made(model, field, reference["name"], by)
        if entry is None:
            missing.append(f"There is no {model._meta.verbose_name} “{value}”.")
        else:
            found.append(entry)
    if missing:
        raise ValidationError({field: missing[:MOST_TOLD]})
    return found


def find_one(model: type[Entry], field: str, reference: Mapping[str, Any] | None) -> Entry | None:
    """The entry that ``reference`` means, None for none. Raises ValidationError for ``field``."""
    return find(model, field, [reference])[0] if reference is not None else None


def _rows(
    model: type[Entry], conditions: Iterable[tuple[str, Any]]
) -> dict[tuple[str, Any], Entry]:
    """The rows by each column and value that they are asked for by."""
    wanted: dict[str, set[Any]] = {}
    for column, value in conditions:
        wanted.setdefault(column, set()).add(value)
    if not wanted:
        return {}
    condition = Q()
    for column, values in wanted.items():
        condition |= Q((f"{column}__in", values))
    rows = model._default_manager.filter(condition)
    if any(field.name == "merged_into" for field in model._meta.fields):
        rows = rows.select_related("merged_into")
    return {
        (column, getattr(row, column)): getattr(row, "merged_into", None) or row
        for row in rows
        for column in wanted
    }


def _condition(reference: Mapping[str, Any]) -> tuple[str, Any]:
    """The column that a reference is looked up in, and its value there."""
    if "name" in reference:
        return "slug", slugify(reference["name"]) or reference["name"]
    if "slug" in reference:
        column, value = next(iter(by_key(reference["slug"]).items()))
        return column, value
    return "pk", reference["id"]


def _made(model: type[Entry], field: str, name: str, by: User) -> Entry:
    kind = model._meta.verbose_name
    if not by.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}"):
        raise PermissionDenied(f"{by.get_username()} may not add the {kind} “{name}”.")
    entry = model(name=name)
    try:
        saving.save(entry, by=by, is_meant=True)
    except ValidationError as refused:
        raise ValidationError({field: refused.messages}) from refused
    return entry


def _is_of_form(name: str, value: Any) -> bool:
    if name == "id":
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST and value.isprintable()
