import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.baking.baker import BakingError, Outcome, Step, bake
from articles.baking.pictures import want_sweep
from articles.baking.site import BAKED, Site, UnderWayError, home_of_bucket, site_in
from articles.baking.stores import Bucket
from articles.management.base import ArchiveCommand

_BETWEEN_LOOKS = 2
"""Seconds."""
_PATIENCE = 30
"""Seconds in which the worker ends what it makes."""


class Command(ArchiveCommand):
    help = (
        "Writes the public pages, feeds, sitemaps, pictures and assets as files that a web server "
        "can serve: all of them at first, later what has changed. Goes on where it was stopped. "
        "Readers get whole files, and a site that was made anew when it is complete."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            metavar="PLACE",
            default="",
            help=f"a folder, or s3://key:secret@bucket/prefix?region=… (default: {BAKED} in the "
            "data folder)",
        )
        parser.add_argument(
            "--processes",
            type=_number,
            default=os.cpu_count() or 1,
            metavar="N",
            help="how many work at once (default: one for each processor)",
        )
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--all", action="store_true", help="make the whole site anew")
        how.add_argument(
            "--watch", action="store_true", help="keep it fresh until interrupted (Ctrl-C)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with _site(options["to"], anew=options["all"]) as site:
                self._bake(site, options)
        except UnderWayError:
            raise CommandError(
                "Another process is baking there; this one leaves it to it."
            ) from None
        except BakingError as error:
            raise CommandError(f"{error} Nothing was baked.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. The same command goes on there.") from None

    def _bake(self, site: Site, options: dict[str, Any]) -> None:
        site.manifest.want_failed()
        with site.manifest.transaction():
            want_sweep(site.manifest, timezone.now())
        outcome = self._once(site, options["processes"])
        self._tell(outcome)
        while options["watch"]:
            time.sleep(_BETWEEN_LOOKS)
            outcome = self._once(site, options["processes"])
            if outcome.done:
                self._tell(outcome)
        if outcome.failed:
            raise CommandError(f"{_pages(outcome.failed)} failed; the others are baked.")

    def _once(self, site: Site, processes: int) -> Outcome:
        progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        with progress:
            task = progress.add_task("baking", total=None)

            def tell(step: Step) -> None:
                progress.update(task, completed=step.done, total=step.total)

            return bake(site, processes=processes, tell=tell)

    def _tell(self, outcome: Outcome) -> None:
        for failure in outcome.failures:
            self.stderr.write(f"{failure.page.address}: {failure.why}")
        self.stdout.write(
            f"{_pages(outcome.written)} written, {outcome.unchanged:,} unchanged, "
            f"{outcome.removed:,} gone, {outcome.left:,} left to the application."
        )
        if outcome.headers_are_new:
            self.stdout.write("The headers of pages are new: have nginx reload its configuration.")


def _site(place: str, *, anew: bool) -> AbstractContextManager[Site]:
    """The site at the place that ``--to`` names."""
    if not place.startswith("s3:"):
        home = Path(place).resolve() if place else Path(settings.DATA_DIR) / BAKED
        return site_in(home, anew=anew, patience=_PATIENCE)
    try:
        Bucket(place)
    except ValueError:
        raise CommandError(
            "--to takes a folder or s3://key:secret@bucket/prefix?region=… or &endpoint=…"
        ) from None
    return site_in(home_of_bucket(place), place, anew=anew, patience=_PATIENCE)


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number:,} pages"


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise ArgumentTypeError("a number from 1 to 64 is needed")
    return int(text)
