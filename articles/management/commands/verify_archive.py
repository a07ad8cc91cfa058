from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import CommandError

from articles.management.base import ArchiveCommand
from articles.verifying import PARTS, Part, Step, verify, waiting

_ABOUT = "; ".join(f"{part.name}: {part.about}" for part in PARTS)
_LINE_ANEW = "\r\x1b[K"


class Command(ArchiveCommand):
    help = (
        "Checks the archive for damage and changes nothing. Each fault is one line: where it is, "
        f"what is wrong, what to do. Exit status 1 when there is any. The parts are {_ABOUT}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [part.name for part in PARTS]
        parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="PART")
        parser.add_argument(
            "--since-id",
            type=int,
            default=1,
            metavar="ID",
            help="begin with the articles and pictures of this id, to go on where it was stopped",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parts = [part for part in PARTS if part.name in options["only"]]
        checked: Counter[str] = Counter()
        faults = 0
        step: Step | None = None
        try:
            for step in verify(parts, since=options["since_id"]):
                checked[step.part.about] += step.checked
                faults += len(step.faults)
                self._tell(step, checked[step.part.about])
        except KeyboardInterrupt:
            raise CommandError(_stopped(step, parts)) from None
        self._clear()
        if lagging := waiting.count():
            wait = "1 article waits" if lagging == 1 else f"{lagging:,} articles wait"
            self.stdout.write(f"{wait} for the worker to bring lists and search up to date.")
        looked_at = ", ".join(f"{about} {count:,}" for about, count in checked.items())
        if faults:
            found = "1 fault" if faults == 1 else f"{faults:,} faults"
            raise CommandError(f"{found}. Checked: {looked_at}.")
        self.stdout.write(f"Nothing is damaged. Checked: {looked_at}.")

    def _tell(self, step: Step, checked: int) -> None:
        self._clear()
        for fault in step.faults:
            self.stdout.write(str(fault))
        if self.stderr.isatty():
            self.stderr.write(f"{step.part.about}: {checked:,}", ending="")

    def _clear(self) -> None:
        if self.stderr.isatty():
            self.stderr.write(_LINE_ANEW, ending="")


def _stopped(step: Step | None, parts: list[Part]) -> str:
    """How to go on where it was stopped."""
    if step is None:
        return "Stopped before anything was checked."
    name = step.part.name
    behind = [part.name for part in parts[parts.index(step.part) + 1 :]]
    rest = f", then with --only {' '.join(behind)}" if behind else ""
    return f"Stopped. Go on with --only {name} --since-id {step.last + 1}{rest}."
