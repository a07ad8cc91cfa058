"""Turns the first mention of each entity in a body into a quiet link."""

import html
from collections.abc import Iterable
from typing import NamedTuple

from articles.text.wrapping import Wrapping, wrap


class LinkTarget(NamedTuple):
    """Words that shall be a link: the paragraph's id, the characters of its text before them."""

    paragraph: str
    start: int
    quote: str
    address: str


def link_mentions(body: str, targets: Iterable[LinkTarget]) -> str:
    """``body`` with a link around the words of each target, where ``wrap`` finds them."""
    return wrap(
        body,
        (
            Wrapping(
                target.paragraph,
                target.start,
                target.quote,
                f'<a class="mention" href="{html.escape(target.address)}">',
                "</a>",
            )
            for target in targets
        ),
    )
