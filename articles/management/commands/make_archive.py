import sys
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError
from rich.console import Console
from rich.progress import Progress

from articles.management.base import ArchiveCommand
from articles.models import Article
from articles.synthetic.archive import SyntheticArchive


class Command(ArchiveCommand):
    help = "Fills an empty archive with synthetic articles, the same ones for the same seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args: Any, **options: Any) -> None:
        articles: int = options["articles"]
        if articles < 1:
            raise CommandError(f"--articles: {articles} is no number of articles; 1 is the least")
        if Article.objects.exists():
            raise CommandError(
                "this archive has articles; make a synthetic one in a database of its own, for "
                "example with NEWSROOM_DATA=var/synthetic"
            )
        started = monotonic()
        console = Console(stderr=True)
        with Progress(console=console, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("making articles", total=articles)
            try:
                SyntheticArchive(articles, options["seed"]).make(
                    lambda done: progress.update(task, completed=done)
                )
            except OperationalError as error:
                raise CommandError(
                    f"nothing was made: {error}; stop the site and whatever else uses this "
                    "archive, and try again"
                ) from error
        seconds = monotonic() - started
        self.stdout.write(
            f"{articles:,} articles in {seconds:.1f} s ({articles / seconds:,.0f} a second)"
        )
