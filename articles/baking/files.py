"""Which file is the page at an address, and as what a web server gives it out."""

INDEX = "index.html"
FEED = "index.xml"

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

_LONGEST_NAME = 255 - len(".br")
"""Bytes; more has no name in a file system of Linux."""
_LONGEST_PATH = 1_000
"""Bytes; about what an object's key may have."""


def file_of(address: str) -> str | None:
    """The path of the file below the site's root; None where it would be too long for one.

    ``/2026/`` is ``2026/index.html``, ``/2026/02/?page=2`` is ``2026/02/page-2.html``, a feed is an
    ``index.xml`` and what has a name of its own, such as ``/robots.txt``, keeps it.
    """
    path, _, query = address.partition("?")
    name = path.removeprefix("/")
    if query:
        name += f"{query.replace('=', '-')}.html"
    elif path.endswith("/feed/"):
        name += FEED
    elif path.endswith("/"):
        name += INDEX
    encoded = name.encode()
    is_long = len(encoded) > _LONGEST_PATH or max(map(len, encoded.split(b"/"))) > _LONGEST_NAME
    return None if is_long else name


def type_of(address: str) -> str:
    """The Content-Type that the configuration in ``deploy/nginx`` gives the file of an address."""
    path = address.partition("?")[0]
    if path.endswith("/feed/"):
        return ATOM
    if path.endswith(".xml"):
        return XML
    if path.endswith(".txt"):
        return TEXT
    return HTML
