"""Autocomplete fields that do not ask the database for what the form's row has brought along.

Django looks each chosen entity up when it draws a row and again when it checks it, so that a form
with fifty mentions would cost a hundred queries.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model


class KnownChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows, of which ``known``, the present one, is at hand."""

    known: Model | None = None

    def to_python(self, value: Any) -> Model | None:
        if self.known is not None and str(value) == str(self.known.pk):
            return self.known
        return super().to_python(value)


class KnownAutocomplete(AutocompleteSelect):
    """The widget of a ``KnownChoiceField``."""

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        field = self.choices.field
        if field.known is None or list(value) != [str(field.known.pk)]:
            return super().optgroups(name, value, attr)
        label = field.label_from_instance(field.known)
        options = [
            self.create_option(name, "", "", False, 0),
            self.create_option(name, field.known.pk, label, True, 1),
        ]
        return [(None, options[self.is_required :], 0)]


class KnownRows(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows whose ids are not looked up again, each by itself, when they come back."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        key = form.instance._meta.pk.name
        field = form.fields.get(key)
        if form.instance.pk and isinstance(field, forms.ModelChoiceField):
            known = KnownChoiceField(
                field.queryset,
                initial=form.instance.pk,
                required=False,
                widget=forms.HiddenInput,
            )
            known.known = form.instance
            form.fields[key] = known


class KnownChoicesForm(forms.ModelForm):  # type: ignore[type-arg]
    """The form of a row that was read with ``select_related`` of its autocomplete fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, KnownChoiceField) and self._has_read(name):
                field.known = getattr(self.instance, name)

    def limit(self, name: str, offered: Sequence[str]) -> None:
        """Offer only these choices of the field ``name``, and what the row has now."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        present = getattr(self.instance, name)
        field.choices = [
            (value, label)
            for value, label in self.instance._meta.get_field(name).choices
            if value in offered or (self.instance.pk and value == present)
        ]

    def _has_read(self, name: str) -> bool:
        relation = self.instance._meta.get_field(name)
        return bool(relation.is_cached(self.instance))

    def _post_clean(self) -> None:
        # A row that nobody touched costs no query to be found right again.
        if self.instance.pk and not self.has_changed():
            return
        super()._post_clean()  # type: ignore[misc]
