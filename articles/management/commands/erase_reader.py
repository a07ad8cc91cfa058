from argparse import ArgumentParser
from typing import Any

from articles.comments.privacy import data
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Removes what is kept under a reader's e-mail address, as the page on privacy does: "
        "comments stay and become anonymous, choices of mail and mail are deleted. It cannot be "
        "undone, and can be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        removed = data.remove(email)
        self.stdout.write(
            f"Made anonymous: comments {removed.comments:,}, error reports "
            f"{removed.error_reports:,}. Deleted: mails {removed.mails:,}."
        )
