from typing import Any

from articles import listings
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Puts right which articles stand in which list, and how many in each month. The site stays "
        "in service. Needed after a change of TIME_ZONE."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = self._progress if self.stderr.isatty() else None
        done = listings.rebuild(progress)
        self.stdout.write(f"The lists of {done:,} articles are right.")

    def _progress(self, done: int) -> None:
        self.stderr.write(f"\r{done:,} articles", ending="")
