"""Filters of the desk's lists that cost no scan of a table, neither to be drawn nor to be used."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import BigIntegerField, F, ForeignKey, Model, QuerySet, Value
from django.http import HttpRequest
from django.utils.dates import MONTHS_3
from django.utils.timezone import localtime

from articles.models.distinct import distinct
from articles.search.asking.periods import Period, read_period


class Link(NamedTuple):
    """A choice of a filter: what it says, where it leads, whether it is the present one, and how
    many rows it leads to, if that is known."""

    display: str
    query_string: str
    selected: bool = False
    rows: str = ""


class ValueFilter(admin.SimpleListFilter):
    """The values that an indexed text column has."""

    model: type[Model]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        values = distinct(self.model, str(self.parameter_name))
        return [(value, self.label(value)) for value in values]

    def label(self, value: str) -> str:
        return value

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(**{str(self.parameter_name): value}) if value else queryset


class PeriodFilter(admin.ListFilter):
    """From years to months to days, one parameter: ``date=2024``, ``2024-05`` or ``2024-05-17``."""

    title = "date"
    template = "admin/period_filter.html"
    parameter_name = "date"
    column: str

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.period: Period | None = None
        self._rows = self.rows(request, model_admin)
        if text := params.pop(self.parameter_name, [""])[-1]:
            try:
                self.period = read_period(text)
            except ValueError as error:
                raise IncorrectLookupParameters(str(error)) from error
            self.used_parameters[self.parameter_name] = text

    def rows(self, request: HttpRequest, model_admin: Any) -> QuerySet[Any]:
        """Those between whose first and last the dates lie, along an index of ``column``."""
        rows: QuerySet[Any] = model_admin.get_queryset(request)
        return rows

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter_name]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.period is None:
            return queryset
        return queryset.filter(
            **{f"{self.column}__gte": self.period.start, f"{self.column}__lt": self.period.end}
        )

    def months(self) -> Mapping[int, int | None]:
        """The months (YYYYMM) there are, newest first, with how many rows each has if that is
        known. Here: all from the first row to the last."""
        ends = [
            moment
            for order in (F(self.column).asc(), F(self.column).desc())
            for moment in self._rows.order_by(order).values_list(self.column, flat=True)[:1]
        ]
        if not ends:
            return {}
        first, last = (localtime(moment) for moment in ends)
        span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return {month // 12 * 100 + month % 12 + 1: None for month in reversed(span)}

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """The way up, then what is below: one dictionary for the template."""
        text = self.period.text if self.period else ""

        def link(display: str, value: str, count: int | None = None) -> Link:
            address = changelist.get_query_string({self.parameter_name: value or None})
            return Link(display, address, value == text, "" if count is None else f"{count:,}")

        year, month = text[:4], text[5:7]
        above = [link("All dates", "")]
        if year:
            above.append(link(year, year))
        if month:
            above.append(link(str(MONTHS_3[int(month)]).capitalize(), text[:7]))
        yield {"above": above, "below": list(self._below(link, year, month))}

    def _below(self, link: Any, year: str, month: str) -> Iterator[Link]:
        if month:
            assert self.period is not None
            first, after = read_period(f"{year}-{month}").start, read_period(f"{year}-{month}").end
            for day in range(1, (after - first).days + 1):
                yield link(str(day), f"{year}-{month}-{day:02}")
            return
        months = self.months()
        if year:
            for number, count in sorted(months.items()):
                if number // 100 == int(year):
                    name = str(MONTHS_3[number % 100]).capitalize()
                    yield link(name, f"{year}-{number % 100:02}", count)
            return
        years: dict[int, int | None] = {}
        for number, count in months.items():
            so_far = years.get(number // 100, 0)
            years[number // 100] = None if count is None or so_far is None else so_far + count
        for number, count in years.items():
            yield link(f"{number:04}", f"{number:04}", count)


class Choice(NamedTuple):
    """A field of a ``FormFilter`` that is filled in by typing: the foreign key whose autocomplete
    it borrows, and the column that names what is chosen."""

    field: "ForeignKey[Any, Any]"
    name: str = "name"

    @property
    def model(self) -> type[Model]:
        model: type[Model] = self.field.remote_field.model
        return model


class FormFilter(admin.ListFilter):
    """A small form beside the list; each of its fields is a parameter of the list's address, and
    a filter of the queryset by the same name."""

    template = "admin/form_filter.html"
    choose: Mapping[str, Choice] = {}
    labels: Mapping[str, str] = {}
    """What the fields are called that are not called by their names."""
    typed: Sequence[str] = ()
    """Fields that are typed in full."""
    picked: Mapping[str, Callable[[], list[str]]] = {}
    """Fields with a few values, and what reads these."""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        given = {name: params.pop(name)[-1].strip() for name in self.names() if name in params}
        self.form = self._form(given, model_admin.admin_site)
        if not self.form.is_valid():
            raise IncorrectLookupParameters(self.form.errors.as_text())
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        self.used_parameters = dict.fromkeys(self.chosen)
        self._name_choices()

    @classmethod
    def names(cls) -> list[str]:
        return [*cls.choose, *cls.typed, *cls.picked]

    @classmethod
    def media(cls, site: admin.AdminSite) -> forms.Media:
        """What its fields need in the page's head."""
        fields = (choice.field for choice in cls.choose.values())
        return sum((ChosenSelect(field, site).media for field in fields), forms.Media())

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.names())

    def choices(self, changelist: Any) -> Iterator[dict[str, str]]:
        """The list's other parameters, which the form sends along."""
        for name, values in changelist.filter_params.items():
            if name not in self.names():
                for value in values:
                    yield {"name": name, "value": value}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**self.chosen) if self.chosen else queryset

    def _form(self, given: dict[str, str], site: admin.AdminSite) -> forms.Form:
        fields: dict[str, forms.Field] = {
            name: forms.IntegerField(
                required=False,
                widget=ChosenSelect(choice.field, site),
                min_value=1,
                max_value=BigIntegerField.MAX_BIGINT,
            )
            for name, choice in self.choose.items()
        }
        for name in self.typed:
            fields[name] = forms.CharField(required=False, max_length=200)
        for name, read in self.picked.items():
            values = [("", "-"), *((value, value) for value in read())]
            fields[name] = forms.ChoiceField(required=False, choices=values)
        for name, label in self.labels.items():
            fields[name].label = label
        form = type("Form", (forms.Form,), fields)(given, auto_id="filter_%s")
        assert isinstance(form, forms.Form)
        return form

    def _name_choices(self) -> None:
        """What the chosen ones are called, all in one query."""
        asked = [
            choice.model._default_manager.filter(pk=self.chosen[name])
            .order_by()
            .values_list(Value(name), choice.name)
            for name, choice in self.choose.items()
            if name in self.chosen
        ]
        if asked:
            named = dict(asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0])
            for name, label in named.items():
                self.form.fields[name].widget.label = label


class ChosenSelect(AutocompleteSelect):
    """An autocomplete whose one chosen row somebody else has looked up: its ``label``."""

    label = "unknown"

    def optgroups(
        self, name: str, value: Iterable[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        options = [self.create_option(name, "", "", False, 0)]
        options += [
            self.create_option(name, chosen, self.label, True, 1) for chosen in value if chosen
        ]
        return [(None, options, 0)]
