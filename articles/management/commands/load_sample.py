from typing import Any

from articles.management.base import ArchiveCommand
from articles.sample.load import load


class Command(ArchiveCommand):
    help = "Fills an empty archive with the sample archive; does nothing to one that is begun."

    def handle(self, *args: Any, **options: Any) -> None:
        if load(lambda line: self.stdout.write(f"Sample archive: {line}")):
            self.stdout.write(self.style.SUCCESS("The sample archive is loaded."))
