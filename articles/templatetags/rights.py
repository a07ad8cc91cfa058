"""What somebody at the desk may do that stands behind a link, and not behind an article."""

from django import template

from articles.editing.rules import Viewer
from articles.importing import intake

register = template.Library()


@register.filter
def may_bring_in(user: Viewer) -> bool:
    """Whether "New from copy" is open to ``user``."""
    return intake.may_bring_in(user)
