"""What Jinja draws of the desk: the environment of ``templates/desk/``, the parts of a page that
are there dozens of times. Django's templates have the page round them (see ``drawn``)."""

from functools import cache
from typing import Any

from django.contrib.admin.templatetags.admin_modify import cell_count
from django.template.defaultfilters import capfirst, iriencode, striptags
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Jinja's environment with ``options`` from Django's backend, which always escapes."""
    strict = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    made = Environment(**options | strict)  # noqa: S701 (it is on)
    made.install_gettext_callables(gettext, ngettext)  # type: ignore[attr-defined]
    made.globals |= {"static": cache(static), "url": reverse}
    made.filters |= {
        "capfirst": capfirst,
        "cell_count": cell_count,
        "iriencode": iriencode,
        "striptags": striptags,
    }
    return made
