from typing import Any

from django.core.management.base import BaseCommand

from articles.sample.load import load


class Command(BaseCommand):
    help = "Fills an empty archive with the sample archive; does nothing to one with articles."

    def handle(self, *args: Any, **options: Any) -> None:
        if load(lambda line: self.stdout.write(f"Sample archive: {line}")):
            self.stdout.write(self.style.SUCCESS("The sample archive is loaded."))
