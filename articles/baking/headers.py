"""What the application sends along with pages, so that a web server sends the same with files."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from articles.baking.files import HTML, type_of
from articles.page_store.application import CACHING
from newsroom import media
from newsroom.services import FOR_EVER

_OWN = {
    "cache-control",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "vary",
    "x-request-id",
}
"""What a server says by itself of a file, or of a request."""

SAMPLES = ("/", "/feed/", "/sitemap.xml", "/robots.txt")
"""A page of each type of content; the others of the type are sent with the same headers."""

Headers = dict[str, str]


def sent_along(headers: Iterable[tuple[str, str]]) -> Headers:
    """The headers that a server must be told to send with a page, by their names."""
    told = {name: value for name, value in headers if name.lower() not in _OWN}
    return dict(sorted({**told, "Cache-Control": CACHING}.items()))


class Expected:
    """The headers of each type of content, as the samples have them."""

    def __init__(self, by_type: Mapping[str, Headers]) -> None:
        self._by_type = dict(by_type)

    def is_sent(self, address: str, headers: Iterable[tuple[str, str]]) -> bool:
        """Whether a file at this address is sent with just these headers."""
        content_type = type_of(address)
        is_typed = {name.lower(): value for name, value in headers}
        return is_typed.get("content-type") == content_type and (
            self._by_type.get(content_type) == sent_along(headers)
        )

    def write(self, folder: Path) -> bool:
        """Write what nginx includes where it serves each type: ``headers-html.conf`` and so on;
        whether anything is new, of which nginx has to be told."""
        folder.mkdir(parents=True, exist_ok=True)
        of_pictures = {"Cache-Control": FOR_EVER, "Content-Security-Policy": media.POLICY}
        kinds = {_kind(content_type): headers for content_type, headers in self._by_type.items()}
        kinds["media"] = self._by_type[HTML] | of_pictures
        is_new = False
        for kind, headers in kinds.items():
            lines = [f"add_header {name} {json.dumps(value)};" for name, value in headers.items()]
            text = "\n".join(["# Written by manage.py bake.", *lines]) + "\n"
            file = folder / f"headers-{kind}.conf"
            if not file.exists() or file.read_text() != text:
                # By the process, for the worker may write it, too.
                beside = file.with_suffix(f".{os.getpid()}")
                beside.write_text(text)
                beside.replace(file)
                is_new = True
        return is_new


def _kind(content_type: str) -> str:
    """``html`` of text/html, ``atom`` of application/atom+xml."""
    return content_type.partition(";")[0].partition("/")[2].partition("+")[0]
