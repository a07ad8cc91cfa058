"""``If-Match``: a client changes only what it has seen (RFC 9110, 13.1.1)."""

from collections.abc import Callable

from django.utils.http import parse_etags

from articles.api.etags import of_plain_content
from articles.api.writing.refusals import PreconditionFailed

ANY = "*"


def require_match(header: str | None, present: Callable[[], str | None]) -> None:
    """Raise ``PreconditionFailed`` unless ``header`` allows the write.

    ``present`` gives the tag that a GET answers now, None where it finds nothing; it is called
    only where ``header``, the value of If-Match, names tags. A weak one never matches.
    """
    if header is None or header.strip() == ANY:
        return
    tag = present()
    if tag is None or tag not in map(of_plain_content, parse_etags(header)):
        raise PreconditionFailed(
            "It is no longer what If-Match says. Get it again, look at what has changed, and "
            "send the change with the new ETag."
        )
