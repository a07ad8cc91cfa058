"""Makes one page after another: renders it, and puts it into its file if it is another now."""

import logging
import mimetypes
import re
from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.utils import timezone

from articles.baking.addresses import onward
from articles.baking.files import file_of, type_of
from articles.baking.headers import Expected
from articles.baking.manifest import Made, Page, State
from articles.baking.pictures import bring
from articles.baking.rendering import render
from articles.baking.stores import Store
from articles.page_store.application import CACHING
from articles.page_store.asking import Asked
from newsroom.services import FOR_EVER

logger = logging.getLogger(__name__)

_DIGEST_SIZE = 16
_GONE = {301, 302, 404, 410}
_PAUSE = timedelta(minutes=10)
"""After which a page that failed is tried again."""
# Addresses have no quotes and no spaces, in attributes nor in the sets of srcset.
_MEDIA = re.compile(rb"/media/([\w.%/-]+)")
_REMEMBERED = 50_000
"""Pictures of which a process knows that they are there."""


class Oven:
    """Makes pages of a site in this process."""

    def __init__(self, store: Store, expected: Expected) -> None:
        self._store = store
        self._expected = expected
        self._pictures: set[bytes] = set()

    def make(self, pages: Sequence[Page]) -> list[Made]:
        """What becomes of each of these pages. A page that fails holds up no other."""
        return [self._made(page) for page in pages]

    def _made(self, page: Page) -> Made:
        try:
            asked = render(page.address)
            if asked.status_code == 200:
                return self._kept(page, asked)
            if asked.status_code in _GONE:
                self._remove(page)
                return Made(page, None)
            why = f"the site answers {asked.status_code}"
        except Exception as error:
            logger.exception("Could not bake %s.", page.address)
            why = f"{type(error).__name__}: {error}"
        return Made(page, State.FAILED, page.digest, timezone.now() + _PAUSE, why=why)

    def _kept(self, page: Page, asked: Asked) -> Made:
        name = file_of(page.address)
        shown = asked.collected
        ways = tuple(onward(page.address, asked.body))
        is_file = asked.is_keepable and self._expected.is_sent(page.address, asked.headers)
        if name is None or not is_file:
            self._remove(page)
            return Made(page, State.LEFT, None, shown.until, shown.things, ways)
        digest = blake2b(asked.body, digest_size=_DIGEST_SIZE).digest()
        self._copy_pictures(asked.body)
        if digest != page.digest:
            self._store.write(name, asked.body, type_of(page.address), CACHING)
        return Made(page, State.BAKED, digest, shown.until, shown.things, ways)

    def _remove(self, page: Page) -> None:
        # Whether or not one is noted: it may have been written before a crash, and never noted.
        if (name := file_of(page.address)) is not None:
            self._store.remove(name)

    def _copy_pictures(self, body: bytes) -> None:
        """Bring the pictures along that a page shows."""
        for name in set(_MEDIA.findall(body)) - self._pictures:
            bring(self._store, unquote(name.decode()))
            if len(self._pictures) < _REMEMBERED:
                self._pictures.add(name)


def copy_assets(store: Store) -> None:
    """Bring the style sheets, scripts and fonts along, as ``collectstatic`` has gathered them."""
    root = Path(settings.STATIC_ROOT)
    for source in root.rglob("*"):
        if source.is_file():
            kind = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
            store.copy(f"static/{source.relative_to(root).as_posix()}", source, kind, FOR_EVER)
