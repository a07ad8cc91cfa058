"""Keeps the site fresh that is baked in the data folder, a bounded part at a time."""

from pathlib import Path

from django.conf import settings

from articles.baking.baker import bake
from articles.baking.site import BAKED, UnderWayError, is_served, served_site

_MOST = 200
"""Pages that are made at a time."""


def keep_fresh() -> bool:
    """Make some of the pages anew that have changed; whether there are more.

    Nothing where no site is baked, and where the command ``bake`` is at this one. A site that is
    made anew beside it is left to that command.
    """
    home = Path(settings.DATA_DIR) / BAKED
    if not is_served(home):
        return False
    try:
        with served_site(home) as site:
            return bake(site, most=_MOST).has_more
    except UnderWayError:
        return False
