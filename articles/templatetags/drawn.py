"""Parts of the desk's pages that Jinja draws."""

from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.template import engines
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from articles.admin.rows import rows

register = template.Library()


@register.simple_tag
def drawn(name: str, **context: Any) -> SafeString:
    """``templates/desk/<name>.html`` with ``context`` and nothing else."""
    return mark_safe(engines["desk"].get_template(f"{name}.html").render(context))


@register.simple_tag
def results(changelist: ChangeList) -> SafeString:
    """The table of what a list has found, as Django's ``result_list``."""
    headers = list(result_headers(changelist))
    return drawn("results", headers=headers, rows=list(rows(changelist)))


@register.simple_tag
def list_filter(changelist: ChangeList, spec: Any) -> SafeString:
    """A filter of a list, as Django's ``admin_list_filter``, from whatever engine draws it."""
    context = {"title": spec.title, "choices": list(spec.choices(changelist)), "spec": spec}
    return mark_safe(get_template(spec.template).render(context))
