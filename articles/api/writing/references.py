"""What the fields of a write refer to: entries of the vocabulary, by id, slug or new name."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from rest_framework import serializers

from articles.api.parameters import by_key
from articles.api.writing.fields import MOST_TOLD
from articles.api.writing.sight import Sight
from articles.text.slugs import slugify
from articles.vocabulary import finding, saving

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
    model: type[Entry],
    field: str,
    references: Sequence[Mapping[str, Any]],
    sight: Sight,
    by: User | None = None,
) -> list[Entry]:
    """The entry that each of ``references`` means; what was merged is what it was merged into. Some
    queries, whatever their number, and some for each new one.

    An id or a slug is one of those within ``sight``. A name is that of any, since it is said
    already; new ones are added to the archive for the account ``by``. Raises ValidationError for
    ``field``, and PermissionDenied when ``by`` may not add any.
    """
    keys = [_key(reference) for reference in references]
    pairs = list(zip(references, keys, strict=True))
    seen = finding.find(model, {key for one, key in pairs if "name" not in one}, sight)
    named = dict(finding.find(model, {key for one, key in pairs if "name" in one}))
    found: list[Entry] = []
    missing: list[str] = []
    for reference, key in pairs:
        entry = (named if "name" in reference else seen).get(key)
        if entry is None and "name" in reference and by is not None:
            entry = named[key] = _made(model, field, reference["name"], by)
        if entry is None:
            missing.append(f"There is no {model._meta.verbose_name} “{key}”.")
        else:
            found.append(finding.current(entry))
    if missing:
        raise ValidationError({field: missing[:MOST_TOLD]})
    return found


def find_one(
    model: type[Entry], field: str, reference: Mapping[str, Any] | None, sight: Sight
) -> Entry | None:
    """The entry that ``reference`` means, None for none. Raises ValidationError for ``field``."""
    return find(model, field, [reference], sight)[0] if reference is not None else None


def _key(reference: Mapping[str, Any]) -> Key:
    """What a reference is found by."""
    if "name" in reference:
        return slugify(reference["name"]) or str(reference["name"])
    if "slug" in reference:
        return next(iter(by_key(reference["slug"]).values()))
    key: int = reference["id"]
    return key


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
