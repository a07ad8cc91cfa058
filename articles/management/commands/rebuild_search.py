from typing import Any

from articles import search
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Builds the search index anew from the articles, oldest first. The site stays in service; "
        "a search finds only what is done already."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = self._progress if self.stderr.isatty() else None
        done = search.rebuild(progress)
        self.stdout.write(f"{done:,} articles are in the search index.")

    def _progress(self, done: int) -> None:
        self.stderr.write(f"\r{done:,} articles", ending="")
