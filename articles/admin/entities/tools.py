"""What else can be done with an entry of the vocabulary: the links at the top of its page."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest

from articles.admin.link import Link
from articles.admin.relinking.offers import find_in_archive
from articles.admin.vocabulary.tools import divide_tool, merge_tool

Tool = Callable[[HttpRequest, Model], Link | None]
"""Given who asks and the stored entry; None where it is not for them, or not for such an entry."""

TOOLS: tuple[Tool, ...] = (find_in_archive, merge_tool, divide_tool)
"""Every tool, in the order of their links."""


def tools_for(request: HttpRequest, row: Model) -> list[Link]:
    """The tools that whoever asks may use on ``row``."""
    return [link for tool in TOOLS if (link := tool(request, row))]
