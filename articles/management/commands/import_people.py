from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.importing.people import Line, Outcome, run
from articles.importing.records import ImportFault
from articles.management.base import ArchiveCommand


class Command(ArchiveCommand):
    help = (
        "Adds people and the positions they held from a table (CSV) with a heading: person, "
        "position, start, end, personID (Wikidata), organisation, place, source, in any order, "
        "only the first needed. A date is a year, a month or a day: 2006, 2006-05, 2006-05-12. "
        "Safe to run again; what editors changed stays. A bad line is reported and the rest goes "
        "in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would be added")

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        told: Counter[Outcome] = Counter()
        try:
            with path.open("rb") as file:
                for line in run(file, dry_run=dry_run):
                    told[line.outcome] += 1
                    self._tell(line, is_loud=dry_run or options["verbosity"] > 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}") from error
        except ImportFault as fault:
            raise CommandError(f"{path}: {fault}") from fault
        summary = ", ".join(f"{told[outcome]:,} {outcome}" for outcome in Outcome)
        if dry_run:
            summary = f"nothing was stored; it would be {summary}"
        if told[Outcome.FAILED]:
            raise CommandError(summary)
        self.stdout.write(summary)
        if told[Outcome.ADDED] and not dry_run:
            self.stdout.write("Somebody added may be here already: find_duplicates looks for them.")

    def _tell(self, line: Line, *, is_loud: bool) -> None:
        where = f"line {line.number}"
        if line.outcome == Outcome.FAILED:
            self.stderr.write(f"{where}: {'; '.join(line.remarks)}")
            return
        if is_loud and line.added:
            self.stdout.write(f"{where}: {line.name}: {', '.join(line.added)}")
        for remark in line.remarks:
            self.stderr.write(f"{where}: {remark}")
