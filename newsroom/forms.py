"""The commonest widgets, drawn by functions: an article's page has three hundred of them, and a
template for each took longer than everything else on it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.templatetags.static import static
from django.utils.translation import gettext

Context = Mapping[str, Any]


class FormRenderer(DjangoTemplates):
    """Django's, but for the templates in ``DRAWN``: these are never looked for."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)


def attributes(values: Mapping[str, Any]) -> str:
    """The attributes of a tag, each after a space: True is one without a value, False none."""
    return "".join(
        [
            f" {name}" if value is True else f' {name}="{_text(value)}"'
            for name, value in values.items()
            if value is not False
        ]
    )


def _text(value: Any) -> str:
    """``value`` as HTML, which it may be already."""
    if type(value) is str:
        return escape(value)
    return str(value.__html__() if hasattr(value, "__html__") else escape(str(value)))


def _input(context: Context) -> str:
    widget = context["widget"]
    shown = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return (
        f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{shown}'
        f"{attributes(widget['attrs'])}>"
    )


def _textarea(context: Context) -> str:
    widget = context["widget"]
    start = f'<textarea name="{_text(widget["name"])}"{attributes(widget["attrs"])}>'
    return f"{start}\n{_text(widget['value'] or '')}</textarea>"


def _select(context: Context) -> str:
    widget = context["widget"]
    lines = [f'<select name="{_text(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            lines.append(f'<optgroup label="{_text(group)}">')
        lines += [
            f'<option value="{_text(option["value"])}"{attributes(option["attrs"])}>'
            f"{_text(option['label'])}</option>"
            for option in options
        ]
        if group:
            lines.append("</optgroup>")
    lines.append("</select>")
    return "\n".join(lines)


def _several(context: Context) -> str:
    return "".join([_input({"widget": part}) for part in context["widget"]["subwidgets"]])


def _date(context: Context) -> str:
    return f'<p class="date">\n{_input(context)}\n</p>'


def _date_and_time(context: Context) -> str:
    day, hour = (_input({"widget": part}) for part in context["widget"]["subwidgets"])
    return (
        f'<p class="datetime">\n{_text(context["date_label"])} {day}<br>\n'
        f"{_text(context['time_label'])} {hour}\n</p>"
    )


def _label(context: Context) -> str:
    label = _text(context["label"])
    if not context["use_tag"]:
        return label
    tag = context["tag"]
    return f"<{tag}{attributes(context['attrs'] or {})}>{label}</{tag}>"


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    key = f' id="{_text(errors.field_id)}_error"' if errors.field_id else ""
    items = "".join([f"<li>{_text(error)}</li>" for error in errors])
    return f'<ul class="{_text(context["error_class"])}"{key}>{items}</ul>'


def _related(context: Context) -> str:
    """A choice among rows, with the buttons to change, add, delete or look at one."""
    limited = context["model_has_limit_choices_to"]
    model = "" if limited else f' data-model-ref="{_text(context["model_name"])}"'
    buttons = "" if context["is_hidden"] else "".join(_buttons(context))
    inside = f"{context['rendered_widget']}\n{buttons}"
    return f'<div class="related-widget-wrapper"{model}>\n{inside}\n</div>'


def _buttons(context: Context) -> Iterator[str]:
    model = {"model": context["model"]}
    if context["can_change_related"]:
        address = f"{context['change_related_template_url']}?{context['url_params']}"
        yield _button(context, "change", address, gettext("Change selected %(model)s") % model)
    if context["can_add_related"]:
        address = f"{context['add_related_url']}?{context['url_params']}"
        yield _button(context, "add", address, gettext("Add another %(model)s") % model)
    if context["can_delete_related"]:
        address = f"{context['delete_related_template_url']}?{context['url_params']}"
        yield _button(context, "delete", address, gettext("Delete selected %(model)s") % model)
    if context["can_view_related"]:
        address = f"{context['change_related_template_url']}?{context['view_related_url_params']}"
        yield _button(context, "view", address, gettext("View selected %(model)s") % model)


def _button(context: Context, verb: str, address: str, title: str) -> str:
    """``address`` of a chosen row is a pattern that a script fills in; to look at one needs no
    window of its own."""
    leads_to = f' data-href-template="{escape(address)}"'
    if verb == "add":
        leads_to = f' data-popup="yes" href="{escape(address)}"'
    elif verb != "view":
        leads_to += ' data-popup="yes"'
    return (
        f'<a class="related-widget-wrapper-link {verb}-related" id="{verb}_id_{context["name"]}"'
        f'{leads_to} title="{escape(title)}">{_icon(verb)}</a>'
    )


@cache
def _icon(verb: str) -> str:
    source = static(f"admin/img/icon-{verb}link.svg")
    return f'<img src="{source}" alt="" width="24" height="24">'


_WIDGETS = "django/forms/widgets/"
DRAWN: dict[str, Callable[[Context], str]] = {
    **{
        f"{_WIDGETS}{kind}.html": _input
        for kind in ("checkbox", "date", "email", "file", "hidden", "number", "text", "time", "url")
    },
    **{
        f"{_WIDGETS}{kind}.html": _several
        for kind in ("multiple_hidden", "splitdatetime", "splithiddendatetime")
    },
    f"{_WIDGETS}select.html": _select,
    f"{_WIDGETS}textarea.html": _textarea,
    "admin/widgets/date.html": _date,
    "admin/widgets/split_datetime.html": _date_and_time,
    "admin/widgets/related_widget_wrapper.html": _related,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
    "django/forms/label.html": _label,
}
