import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.importing.normalise import FIRST_YEAR, day_in
from articles.importing.pipeline import run
from articles.importing.readers import READERS
from articles.importing.records import ImportFault, Options
from articles.importing.report import Outcome, Report, Result
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Imports articles from files: finds headline, dateline, date, places, people, "
        "organisations and tags in each. Running it again changes nothing. Exit status 1 when any "
        "item failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--format", choices=sorted(READERS), default="", help="recognised unless given"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="print what is found, write nothing"
        )
        state = parser.add_mutually_exclusive_group()
        state.add_argument("--publish", action="store_true", help="publish what is imported")
        state.add_argument("--draft", action="store_true", help="keep it as drafts (the default)")
        parser.add_argument(
            "--year", type=_year, help="the year of datelines that name none; overrules guesses"
        )
        parser.add_argument(
            "--source",
            default="",
            help="where the copy comes from, a name or an address; a date in it, such as "
            "2026-02-01 or /2026/02/01/, is the day of publication",
        )
        parser.add_argument(
            "--media-root", type=Path, metavar="DIR", help="where the copy's pictures lie"
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write each item's outcome as JSON Lines"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()
        try:
            source_date = day_in(options["source"])
        except ImportFault as fault:
            raise CommandError(f"--source: {fault}") from fault
        with ExitStack() as stack:
            file = None
            if options["report"]:
                try:
                    file = stack.enter_context(options["report"].open("w", encoding="utf-8"))
                except OSError as error:
                    raise CommandError(
                        f"--report {options['report']}: {error.strerror or error}"
                    ) from error
            report = Report(file)
            results = run(
                options["paths"],
                Options(
                    format=options["format"],
                    year=options["year"],
                    source=options["source"][:200],
                    source_date=source_date,
                    publish=options["publish"],
                    media_root=options["media_root"],
                ),
                dry_run=options["dry_run"],
            )
            for result in _with_progress(results, len(options["paths"])):
                report.add(result)
                if result.outcome == Outcome.FAILED:
                    said = f"{result.where}: {' '.join(result.remarks)}"
                    if len(options["paths"]) == 1 and report.total == 1:
                        raise CommandError(said)
                    self.stderr.write(said)
                elif len(options["paths"]) == 1 or options["dry_run"] or options["verbosity"] > 1:
                    self._tell(result)
        seconds = monotonic() - started
        rate = report.total / seconds if seconds else 0
        summary = f"{report} in {seconds:.1f} s ({rate:,.0f} a second)"
        if report.failed:
            raise CommandError(summary)
        self.stdout.write(summary)

    def _tell(self, result: Result) -> None:
        self.stdout.write(f"{result.where}: {result.outcome} “{result.headline}” {result.path}")
        for remark in result.remarks:
            self.stdout.write(f"  note: {remark}")
        for label, findings in result.findings.items():
            self.stdout.write(f"  {label}: {'; '.join(findings)}")


def _with_progress(results: Iterator[Result], total: int) -> Iterator[Result]:
    console = Console(stderr=True)
    if total < 2 or not sys.stderr.isatty():
        yield from results
        return
    with Progress(
        TextColumn("importing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    ) as progress:
        yield from progress.track(results, total=total)


def _year(text: str) -> int:
    years = range(FIRST_YEAR, timezone.localdate().year + 2)
    if not re.fullmatch(r"\d{4}", text) or int(text) not in years:
        raise ArgumentTypeError(f"“{text}” is not a year such as 1998")
    return int(text)
