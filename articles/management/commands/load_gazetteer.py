from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from articles.gazetteer.load import load
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = "Adds the packaged places, with coordinates and hierarchy. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "countries",
            nargs="*",
            metavar="CC",
            help="ISO 3166 codes of countries, such as PK AF; all when none is given",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["countries"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded.added} places added, {loaded.present} already there.")
