"""A link from one page of the desk to another."""

from typing import NamedTuple


class Link(NamedTuple):
    """What a tool is called, and the page it is on."""

    label: str
    address: str
