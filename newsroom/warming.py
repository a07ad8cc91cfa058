"""What a server does before its first request."""

import gc

from django.urls import get_resolver


def warm_up() -> None:
    """Load what requests need, and let the garbage collector pass it by from then on: it stays for
    as long as the process, and to go through it takes as long as to draw a large page."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
