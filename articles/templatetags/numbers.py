"""Numbers as people read them."""

from django import template

register = template.Library()


@register.filter
def number(value: int) -> str:
    """With the thousands parted: 12,345."""
    return f"{value:,}"
