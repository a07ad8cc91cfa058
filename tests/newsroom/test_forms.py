"""What functions draw of a form is what Django's templates would have drawn."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminSplitDateTime,
    RelatedFieldWidgetWrapper,
)
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.safestring import mark_safe

from articles.models import Article
from newsroom.forms import DRAWN, FormRenderer

SPOILT = "<b>\"it’s\" & 'so'</b>"


class Everything(forms.Form):
    text = forms.CharField(max_length=9, label=SPOILT, widget=forms.TextInput({"dir": "auto"}))
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    several = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput, choices=[("a", "A"), (SPOILT, "B")]
    )
    copy = forms.CharField(widget=forms.Textarea({"rows": 3}), label=mark_safe("<i>Copy</i>"))
    number = forms.IntegerField(min_value=1, max_value=10_000)
    address = forms.EmailField(disabled=True, required=False)
    site = forms.URLField(assume_scheme="https")
    day = forms.DateField()
    hour = forms.TimeField()
    moment = forms.SplitDateTimeField()
    hidden_moment = forms.SplitDateTimeField(widget=forms.SplitHiddenDateTimeWidget)
    is_it = forms.BooleanField()
    file = forms.FileField(widget=forms.FileInput)
    one = forms.ChoiceField(choices=[("", "-"), ("a", SPOILT), ("Group", [("b", "B"), (3, "C")])])
    admin_day = forms.DateField(widget=AdminDateWidget)
    admin_moment = forms.SplitDateTimeField(widget=AdminSplitDateTime)
    some = forms.MultipleChoiceField(choices=[("a", "A"), (SPOILT, "B")], required=False)


FILLED = {
    "text": SPOILT,
    "key": 3,
    "several": ["a", SPOILT],
    "copy": f"\n{SPOILT}\n",
    "number": 2_000,
    "day": date(2026, 2, 1),
    "moment": datetime(2026, 2, 1, 14, 5, tzinfo=UTC),
    "hidden_moment": datetime(2026, 2, 1, 14, 5, tzinfo=UTC),
    "is_it": True,
    "one": 3,
    "some": [SPOILT],
}


def drawn(renderer: DjangoTemplates, **kwargs: Any) -> list[str]:
    form = Everything(renderer=renderer, prefix="p", error_class=ErrorList, **kwargs)
    parts = [
        part
        for field in form
        for part in (field, field.label_tag(), field.errors, field.as_hidden())
    ]
    return [re.sub(r"\s*\n\s*", "\n", str(part)).replace("\n<br>", "<br>") for part in parts]


@pytest.mark.parametrize(
    "given", [{}, {"initial": FILLED}, {"data": {}}, {"data": {"p-text": SPOILT, "p-one": "?"}}]
)
def test_a_form_is_drawn_as_by_django(given: dict[str, Any]) -> None:
    assert drawn(FormRenderer(), **given) == drawn(DjangoTemplates(), **given)


@pytest.mark.parametrize("rights", [(), ("add",), ("add", "change", "delete", "view")])
@pytest.mark.parametrize("name", ["section", "updates"])
def test_a_choice_among_rows_has_its_buttons(name: str, rights: tuple[str, ...]) -> None:
    relation: Any = Article._meta.get_field(name).remote_field
    widget: Any = RelatedFieldWidgetWrapper(
        forms.Select(choices=[("1", SPOILT)]),
        relation,
        admin.site,
        **{f"can_{verb}_related": verb in rights for verb in ("add", "change", "delete", "view")},
    )
    ours, theirs = (
        re.sub(r"\s+", " ", widget._render(widget.template_name, context, renderer))
        for renderer in (FormRenderer(), DjangoTemplates())
        for context in [widget.get_context("name", "1", {"id": "id_name"})]
    )
    assert ours == theirs


def test_every_function_stands_for_a_template() -> None:
    for name in DRAWN:
        assert DjangoTemplates().get_template(name)
