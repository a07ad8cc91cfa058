"""Forms that do not ask the database for what their row has brought along, and overwrite nothing
that their editor did not touch.

Django looks each chosen entity up when it draws a row and again when it checks it, so that a form
with fifty mentions would cost a hundred queries. And it writes every field of a form, also those
that somebody else has changed since the form was opened.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model
from django.utils.functional import cached_property


class KnownChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows, of which ``known``, the present one, is at hand.

    What was merged into another by the time that it is sent stands for that other.
    """

    known: Model | None = None

    def to_python(self, value: Any) -> Model | None:
        if self.known is not None and str(value) == str(self.known.pk):
            return self.known
        chosen = super().to_python(value)
        return getattr(chosen, "merged_into", None) or chosen


class CurrentChoicesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several choices among rows, of which those that were merged by the time that they are sent
    stand for what they were merged into."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        current = {row.merged_into_id or row.pk for row in chosen}
        if current == {row.pk for row in chosen}:
            return chosen
        return chosen.model._default_manager.filter(pk__in=current)


class KnownAutocomplete(AutocompleteSelect):
    """The widget of a ``KnownChoiceField``."""

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        field = self.choices.field
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        if list(value) != [""]:
            if field.known is None or list(value) != [str(field.known.pk)]:
                return super().optgroups(name, value, attr)
            label = field.label_from_instance(field.known)
            options.append(self.create_option(name, field.known.pk, label, True, 1))
        return [(None, options, 0)]


class KnownAutocompleteMultiple(AutocompleteSelectMultiple):
    """Several choices, of which the present ones are at hand as instances."""

    known: Sequence[Model] = ()

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        if {str(row.pk) for row in self.known} != set(value):
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance
        options = [
            self.create_option(name, row.pk, label(row), True, order)
            for order, row in enumerate(self.known)
        ]
        return [(None, options, 0)]


class KnownRows(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows whose ids are not looked up again, each by itself, when they come back; and of which
    those that are gone by then, deleted or found no more, are passed over."""

    @cached_property
    def empty_form(self) -> Any:
        """Made once, where Django makes one for whoever asks, five times a page."""
        return super().empty_form

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "delete"
        key = form.instance._meta.pk.name
        field = form.fields.get(key)
        was_there = self.is_bound and index is not None and index < self.initial_form_count()
        if was_there and not form.instance.pk:
            form.is_gone = form.empty_permitted = True
            form.fields[key] = forms.CharField(required=False, widget=forms.HiddenInput)
            return
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
    """The form of a row that was read with ``select_related`` of its autocomplete fields.

    It carries, hidden, what each field held when it was opened, and so knows what its editor
    changed: the other fields keep what the row holds by now.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_gone = False
        self.shared = self.shared_fields() if self.instance.pk else []
        for name in self.shared:
            self.fields[name].show_hidden_initial = True
        for name, field in self.fields.items():
            if isinstance(field, KnownChoiceField) and self._has_read(name):
                field.known = getattr(self.instance, name)

    def shared_fields(self) -> list[str]:
        """The fields that hold what the row is, whoever edits it."""
        columns = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in columns]

    def has_changed(self) -> bool:
        return not self.is_gone and super().has_changed()

    def full_clean(self) -> None:
        untouched = [name for name in self.shared if self.is_bound and self._is_untouched(name)]
        for name in untouched:
            self.fields[name].disabled = True  # its value is then the row's, whatever was sent
        super().full_clean()
        for name in untouched:
            self.fields[name].disabled = False

    def _is_untouched(self, name: str) -> bool:
        return name not in self.changed_data

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
