"""What of a text XML can hold: for feeds and sitemaps, which are XML, though no page is."""

import re

# Outside the characters of https://www.w3.org/TR/xml/#charsets, escaped or not.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    """``text`` without the control characters and non-characters that XML 1.0 has no form for."""
    return _IMPOSSIBLE.sub("", text)
