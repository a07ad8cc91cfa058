from typing import Any

from articles.management.base import ArchiveCommand
from articles.models import VocabularyKind
from articles.vocabulary import duplicates


class Command(ArchiveCommand):
    help = (
        "Looks through all places, people, organisations and tags for those that may be one. What "
        "it finds waits at the desk under Merges, Duplicates; nothing is merged."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        duplicates.find_all(self._report)

    def _report(self, kind: VocabularyKind, number: int) -> None:
        pairs = "1 pair" if number == 1 else f"{number:,} pairs"
        self.stdout.write(f"{kind.label}: {pairs} that may be one")
