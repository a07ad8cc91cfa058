from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from articles.comments.privacy import data
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Writes all that is kept under a reader's e-mail address, as JSON: the copy that the "
        "reader gets from the page on privacy."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        if not data.is_known(email):
            raise CommandError("Nothing is kept under this e-mail address.")
        for piece in data.copy(email):
            self.stdout.write(piece, ending="")
