"""A date of which perhaps only the year is known, typed and shown as one text."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.models import DatePrecision
from articles.text.partial_dates import parse_partial

PartialDate = tuple[date | None, str]

_LENGTHS: dict[str, int] = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}


class PartialDateField(forms.CharField):
    """``1998``, ``1998-03`` or ``1998-03-05``; its value is the date and its precision."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)
        self.widget.attrs |= {"size": 10, "placeholder": "1998-03-05"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        day, precision = value
        return day.isoformat()[: _LENGTHS[precision]] if day else ""

    def clean(self, value: Any) -> Any:
        try:
            return parse_partial(super().clean(value))
        except ValueError as error:
            raise ValidationError(
                "This is not a date. Write 1998, 1998-03 or 1998-03-05."
            ) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or "").strip())
