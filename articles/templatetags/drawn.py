"""Parts of the desk's pages that Jinja draws."""

from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def drawn(name: str, **context: Any) -> SafeString:
    """``templates/desk/<name>.html`` with ``context`` and nothing else."""
    return mark_safe(engines["desk"].get_template(f"{name}.html").render(context))
