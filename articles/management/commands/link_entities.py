import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from articles.editing import stale
from articles.management.base import ArchiveCommand
from articles.models import LinkingRun, Organisation, Person, Place
from articles.relinking import runs

_ENTITIES: dict[str, type[runs.Named]] = {
    "place": Place,
    "person": Person,
    "organisation": Organisation,
}


class Command(ArchiveCommand):
    help = (
        "Finds places, people and organisations anew in the articles that are there: in the whole "
        "archive, or one entry in those that have a name of it. What editors decided stays. Goes "
        "on where it was stopped. The site stays in service."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        for kind in _ENTITIES:
            which.add_argument(f"--{kind}", metavar="SLUG", help=f"link only this {kind}")
        which.add_argument(
            "--since",
            type=_day,
            metavar="DATE",
            help="of the archive, what was published on this day (YYYY-MM-DD) or later, and drafts",
        )
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--dry-run", action="store_true", help="say how many would change, and write nothing"
        )
        how.add_argument(
            "--again", action="store_true", help="begin from the first article, whatever was done"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        entity = _entity(options)
        if options["dry_run"]:
            try:
                self._survey(_unstored(entity, options["since"]))
            except KeyboardInterrupt:
                raise CommandError("Stopped. Nothing was written.") from None
            return
        try:
            run = _run(entity, options["since"], again=options["again"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if run.seen:
            self.stderr.write(f"Going on after {run.seen:,} of {run.total:,} articles.")
        self._link(run)
        while stale.sweep():
            pass

    def _link(self, run: LinkingRun) -> None:
        with _progress() as progress:
            task = progress.add_task("linking", total=run.total, completed=run.seen)
            try:
                runs.proceed(run, tell=lambda step: progress.update(task, completed=step.run.seen))
            except KeyboardInterrupt:
                run.refresh_from_db()
                raise CommandError(
                    f"Stopped after {run.seen:,} of {run.total:,} articles. "
                    "The same command goes on there."
                ) from None
        run.refresh_from_db()
        if runs.is_stopped(run):
            raise CommandError(f"It was stopped after {run.seen:,} of {run.total:,} articles.")
        self.stdout.write(f"{run.changed:,} of {_articles(run.seen)} changed.")

    def _survey(self, run: LinkingRun) -> None:
        seen = changing = 0
        with _progress() as progress:
            task = progress.add_task("looking", total=runs.size(run))
            for looked_at, would_change in runs.survey(run):
                seen += looked_at
                changing += would_change
                progress.update(task, completed=seen)
        self.stdout.write(f"{changing:,} of {_articles(seen)} would change. Nothing was written.")


def _run(entity: runs.Named | None, since: date | None, *, again: bool) -> LinkingRun:
    """The run to go on with, or a new one."""
    if entity is None:
        unfinished = None if again else runs.unfinished_archive(since)
        return unfinished or runs.begin_archive(since=since)
    run = runs.begin(entity, runs.names_of(entity), by=None)
    if again and run.seen:
        runs.stop(run, by=None)
        run = runs.begin(entity, runs.names_of(entity), by=None)
    return run


def _unstored(entity: runs.Named | None, since: date | None) -> LinkingRun:
    if entity is None:
        return LinkingRun(since=since)
    kind = str(entity._meta.model_name)
    return LinkingRun(kind=kind, key=entity.pk, names=runs.names_of(entity))


def _entity(options: dict[str, Any]) -> runs.Named | None:
    for kind, model in _ENTITIES.items():
        if slug := options[kind]:
            entity = model._default_manager.filter(slug=slug).first()
            if entity is None:
                raise CommandError(f"--{kind}: none has the slug “{slug}”, the end of its address.")
            return entity
    return None


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day. Write it as in 2019-12-31.") from None


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )
