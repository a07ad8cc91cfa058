"""Numbers as people read them."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.formats import number_format

register = template.Library()


@register.filter
def number(value: int) -> str:
    """With the thousands parted: 12,345."""
    return f"{value:,}"


def grouped(value: int) -> str:
    """With the thousands parted as the site's language does; kept in memory, for Django looks up
    for each number how."""
    return _grouped(value, settings.LANGUAGE_CODE)


@lru_cache(maxsize=20_000, typed=True)
def _grouped(value: int, language: str) -> str:
    return number_format(value, force_grouping=True)
