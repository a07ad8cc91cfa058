"""What the templates of the public pages can use: the environment of ``templates/public/``."""

from typing import Any

from django.conf import settings
from django.template.defaultfilters import capfirst, linebreaks_filter, pluralize
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from articles.comments.avatar import avatar
from articles.pages.pictures import IN_TEXT, card_of, whole_of
from articles.templatetags.moments import day, imprecise, minute, short_day, written
from articles.templatetags.numbers import grouped
from articles.text.language import direction


def environment(**options: Any) -> Environment:
    """Jinja's environment with ``options`` from Django's backend, which always escapes.

    A name that a view does not give is an error, not an empty string: a page with a hole in it
    would be noticed by readers first.
    """
    strict = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    made = Environment(**options | strict)  # noqa: S701 (it is on)
    made.globals |= {
        "avatar": avatar,
        "card_of": card_of,
        "in_text": IN_TEXT,
        "language_code": settings.LANGUAGE_CODE,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "url": reverse,
        "whole_of": whole_of,
    }
    made.filters |= {
        "capfirst": capfirst,
        "date": written,
        "day": day,
        "direction": direction,
        "imprecise": imprecise,
        "linebreaks": linebreaks_filter,
        "minute": minute,
        "number": grouped,
        "pluralize": pluralize,
        "short_day": short_day,
        "static": static,  # of a file that a template names, called when Jinja compiles it
    }
    return made
