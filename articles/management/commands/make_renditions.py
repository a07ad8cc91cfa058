import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.management.base import ArchiveCommand
from articles.models import Image
from articles.pictures.backlog import catch_up, waiting


class Command(ArchiveCommand):
    help = (
        "Makes the smaller copies of images that pages show, in AVIF, WebP and JPEG or PNG, where "
        "there are none yet, and takes out of older files where and with what they were taken. "
        "Can be stopped and run again at any time. Exit status 1 when an image failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--missing", action="store_true", help="of images that have none (the default)"
        )
        which.add_argument(
            "--all", action="store_true", help="of every image, where a file is gone from its place"
        )
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="begin behind the image of this id"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        images = Image.objects.all() if options["all"] else waiting()
        total = images.filter(pk__gt=options["after"]).count()
        failed = 0
        console = Console(stderr=True)
        with Progress(
            TextColumn("drawing"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=total < 2 or not sys.stderr.isatty(),
        ) as progress:
            for seen in progress.track(catch_up(images, after=options["after"]), total=total):
                if seen.fault:
                    failed += 1
                    self.stderr.write(f"image {seen.key}: {seen.fault}")
        done = total - failed
        summary = f"{done:,} image{' has its' if done == 1 else 's have their'} renditions"
        if failed:
            raise CommandError(f"{summary}; {failed:,} failed.")
        if options["verbosity"]:
            self.stdout.write(f"{summary}.")
