"""Addresses of the public pages."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def page_address(name: str, *arguments: str | int) -> str:
    """The address of a page: ``page_address("place", "quetta")``, ``page_address("year", 1935)``.

    Kept in memory, for a page may hold dozens and ``reverse`` is slow.
    """
    return reverse(f"articles:{name}", args=arguments)
