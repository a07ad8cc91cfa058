"""Characters that no page, feed or database takes: controls, lone surrogates, noncharacters."""

_KEPT = {"\t", "\n", "\r"}
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_NOT_IN_XML = (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
# A vertical tab or a form feed parts words as a space does.
_REPLACED = {
    code: " " if chr(code).isspace() else None
    for code in (*_CONTROLS, *_NOT_IN_XML)
    if chr(code) not in _KEPT
}


def printable(text: str) -> str:
    """``text`` without them, the white ones made spaces; tabs and line ends stay."""
    return text if text.isprintable() else text.translate(_REPLACED)
