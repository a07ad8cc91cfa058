"""A place to bake a site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.baking.baker import Outcome, bake
from articles.baking.site import Site, site_in
from articles.models import Section
from tests.baking.archive import fill


class Baked:
    """A site that is baked into a folder of its own, by one process."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @property
    def public(self) -> Path:
        """Where its files are."""
        return self.home / "site" / "public"

    @contextmanager
    def site(self, *, anew: bool = False) -> Iterator[Site]:
        with site_in(self.home, anew=anew) as site:
            yield site

    def bake(self, *, anew: bool = False, most: int | None = None) -> Outcome:
        with self.site(anew=anew) as site:
            return bake(site, most=most)

    def content(self, name: str) -> str:
        return (self.public / name).read_text()

    def pages(self) -> dict[str, int]:
        """Every page's file, with the moment it was written."""
        return {
            str(file.relative_to(self.public)): file.stat().st_mtime_ns
            for file in self.public.rglob("*")
            if file.suffix in {".html", ".xml", ".txt"}
        }

    def changed_by(self, change: Callable[[], object]) -> set[str]:
        """The files that are new, others or gone after a change and another baking."""
        before = self.pages()
        change()
        self.bake()
        after = self.pages()
        return {name for name in before | after if before.get(name) != after.get(name)}


@pytest.fixture
def baked(tmp_path: Path) -> Baked:
    return Baked(tmp_path / "baked")


@pytest.fixture
def archive(db: None) -> Section:
    return fill()
