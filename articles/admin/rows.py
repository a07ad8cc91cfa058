"""The rows of a list at the desk, as Django's admin has them: but what is the same for a whole
column is found out once, and not for each of its cells."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any, NamedTuple

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import DateField, ForeignKey, Model, TimeField


class Cell(NamedTuple):
    """What stands in a row and a column; ``address`` is empty unless it leads to the row's page."""

    tag: str
    css: str
    text: Any
    address: str
    chosen: Any
    """What a popup hands back when this row is chosen; None where there is no popup."""


def rows(changelist: ChangeList) -> Iterator[list[Cell]]:
    """The cells of each row on the page, nothing of which is edited there."""
    columns = _columns(changelist)
    key = changelist.to_field or changelist.pk_attname
    way_back: str | None = None
    for row in changelist.result_list:
        address = changelist.url_for_result(row)
        if way_back is None:
            way_back = _way_back(changelist, address)
        chosen = row.serializable_value(key) if changelist.is_popup else None
        yield [column.cell(row, address + way_back, chosen) for column in columns]


def _columns(changelist: ChangeList) -> list["_Column"]:
    links = [
        name for name in changelist.list_display if name in (changelist.list_display_links or ())
    ]
    return [
        _Column(changelist, name, is_link=name in links, is_heading=name in links[:1])
        for name in changelist.list_display
    ]


def _way_back(changelist: ChangeList, address: str) -> str:
    """What is added to ``address`` for its page to lead back to the list as it is."""
    context: Any = {"preserved_filters": changelist.preserved_filters, "opts": changelist.opts}
    return str(add_preserved_filters(context, address)).removeprefix(address)


class _Column:
    def __init__(
        self, changelist: ChangeList, name: Any, *, is_link: bool, is_heading: bool
    ) -> None:
        self.admin = changelist.model_admin
        self.name = name
        self.method = _method(changelist, name)
        self.is_link = is_link
        self.tag = "th" if is_heading else "td"
        self.css = "action-checkbox" if name == "action_checkbox" else f"field-{name}"
        self.empty = self.admin.get_empty_value_display()

    def cell(self, row: Model, address: str, chosen: Any) -> Cell:
        try:
            text, is_short = self._shown(row)
        except ObjectDoesNotExist:
            text, is_short = self.empty, False
        css = f"{self.css} nowrap" if is_short else self.css
        return Cell(self.tag, css, text, address if self.is_link else "", chosen)

    def _shown(self, row: Model) -> tuple[Any, bool]:
        """What is shown of ``row``, and whether it has to stay on one line."""
        field: Any = None
        source: Any = self.method
        if self.method:
            value = self.method(row)
        else:
            field, source, value = lookup_field(self.name, row, self.admin)
        empty = getattr(source, "empty_value_display", self.empty)
        if isinstance(value, str) and not value.strip():
            value = ""
        if field is None or field.auto_created:
            is_boolean = getattr(source, "boolean", False)
            return display_for_value(value, empty, is_boolean), isinstance(value, date | time)
        if isinstance(field, ForeignKey):
            related = getattr(row, field.name)
            return (empty if related is None else related), True
        shown = display_for_field(value, field, empty, avoid_link=self.is_link)
        return shown, isinstance(field, DateField | TimeField)


def _method(changelist: ChangeList, name: str) -> Callable[[Any], Any] | None:
    """The method of the page's that reads a column, unless the model has a field of its name."""
    try:
        changelist.lookup_opts.get_field(name)
    except FieldDoesNotExist:
        return getattr(changelist.model_admin, name, None) if name != "__str__" else None
    return None
