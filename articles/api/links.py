"""The absolute addresses that answers carry, of the API and of the public pages."""

from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import quote, urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles.models import Image

Reference = dict[str, Any]

_IMAGE_FILES = Image.file.field.storage


class Links:
    """Addresses as the sender of ``request`` can use them.

    A site in service has one address, ``SITE_URL``, whatever stands in front of it; a local one
    is where it was asked. ``zone`` is the one in which times are told.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.zone = timezone.get_current_timezone()

    @cached_property
    def origin(self) -> str:
        """Scheme and host. Read when an address is made, for the schema is made without any."""
        if settings.NAMED_HOSTS:
            return str(settings.SITE_URL)
        return self._request.build_absolute_uri("/").removesuffix("/")

    def page(self, path: str) -> str:
        """The public page at ``path``, which may hold letters of any script."""
        return self.origin + quote(path, safe="/?=&#%:@!$'()*+,;~")

    def endpoint(self, name: str, key: int | str) -> str:
        """One object of a list of the API: ``endpoint("place", 7)``."""
        return f"{self.origin}{_list_path(name)}{key}/"

    def articles(self, query: str) -> str:
        """The list of articles that ``query``, already encoded, asks for."""
        return f"{self.origin}{_list_path('article')}?{query}"

    def reference(self, kind: str, pk: int, name: str, slug: str) -> Reference:
        """How an answer refers to an entity; ``kind`` names its page and its endpoint."""
        return _reference(self.origin, kind, pk, name, slug).copy()

    def image_file(self, name: str) -> str:
        """The picture stored under ``name``."""
        return urljoin(f"{self.origin}/", _IMAGE_FILES.url(name))


@cache
def _list_path(name: str) -> str:
    return reverse(f"api:{name}-list")


# An entity stands in many articles of a page, and in those of the next.
@lru_cache(maxsize=5_000)
def _reference(origin: str, kind: str, pk: int, name: str, slug: str) -> Reference:
    return {
        "id": pk,
        "url": f"{origin}{_list_path(kind)}{pk}/",
        "html_url": origin + reverse(f"articles:{kind}", args=[slug]),
        "name": name,
        "slug": slug,
    }
