"""``python -m benchmarks``: measures and prints; see README.md."""

import os
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path

from rich.console import Console

from benchmarks import archive, postgresql, report
from benchmarks.api import measure_api
from benchmarks.comments import measure_comments
from benchmarks.desk import measure_desk
from benchmarks.importing import measure_imports
from benchmarks.linking import measure_linking
from benchmarks.pages import measure_all
from benchmarks.processes import ROOT, environment

FOLDER = ROOT / "var" / "bench"
WIDTH = 130
"""Characters that the broadest table takes, also where nobody watches."""


def main() -> None:
    parser = ArgumentParser("python -m benchmarks", description="Measures pages, API and import.")
    parser.add_argument("--articles", type=int, default=20_000, metavar="N")
    parser.add_argument("--seconds", type=float, default=3, help="for each figure (3)")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, not on SQLite")
    parser.add_argument("--pages", action=BooleanOptionalAction, default=True)
    parser.add_argument("--api", action=BooleanOptionalAction, default=True)
    parser.add_argument("--desk", action=BooleanOptionalAction, default=True)
    parser.add_argument("--import", action=BooleanOptionalAction, default=True, dest="imports")
    parser.add_argument("--comments", action=BooleanOptionalAction, default=True)
    parser.add_argument("--linking", action=BooleanOptionalAction, default=True)
    parser.add_argument("--write", action="store_true", help="keep the figures in RESULTS.md")
    options = parser.parse_args()

    console = Console(width=max(Console().width, WIDTH))
    name = "PostgreSQL" if options.postgresql else "SQLite"
    served, imported, discussed, linked = databases(options.postgresql)
    parts = [report.conditions(name, options.articles)]
    console.print(parts[0], highlight=False)
    data = FOLDER / name.lower() / "archive"
    env = environment(data, **served)
    sample = {}
    if options.pages or options.desk or options.api:
        archive.prepare(env, data, options.articles)
        sample = archive.sample(env)
    if options.desk:
        cells = [report.desk_cells(page) for page in measure_desk(env, sample)]
        report.show(console, report.DESK_COLUMNS, cells)
        parts.append(report.table(report.DESK_COLUMNS, cells))
    if options.pages:
        rows = []
        for row in measure_all(env, data, sample, options.seconds):
            rows.append(row)
            console.print(f"  {row.name}: {row.load.rate:,.1f}", highlight=False)
        cells = [report.page_cells(row) for row in rows]
        report.show(console, report.PAGE_COLUMNS, cells)
        parts += [report.table(report.PAGE_COLUMNS, cells), report.by_hand(rows)]
        console.print(parts[-1], highlight=False)
    if options.api:
        cells = []
        for asked in measure_api(env, data, sample, options.seconds):
            cells.append(report.api_cells(asked))
            console.print(f"  {asked.name}: {asked.rate:,.1f}", highlight=False)
        report.show(console, report.API_COLUMNS, cells)
        parts.append(report.table(report.API_COLUMNS, cells))
    if options.imports:
        cells = [
            report.import_cells(done)
            for done in measure_imports(FOLDER / name.lower() / "import", imported)
        ]
        report.show(console, report.IMPORT_COLUMNS, cells)
        parts.append(report.table(report.IMPORT_COLUMNS, cells))
    if options.comments:
        cells = list(
            measure_comments(
                FOLDER / name.lower() / "comments", discussed, outside(), options.seconds
            )
        )
        report.show(console, report.COMMENT_COLUMNS, cells)
        parts.append(report.table(report.COMMENT_COLUMNS, cells))
    if options.linking:
        cells = list(measure_linking(FOLDER / name.lower() / "linking", linked))
        report.show(console, report.LINKING_COLUMNS, cells)
        parts.append(report.table(report.LINKING_COLUMNS, cells))
    if options.write:
        report.write(name, "\n\n".join(parts))


def databases(use_postgresql: bool) -> tuple[dict[str, str], ...]:
    """The settings that name the databases of the archive, of the import, of the comments and of
    linking; SQLite's are in the folders of their data."""
    names = ("archive", "import", "comments", "linking")
    if not use_postgresql:
        return tuple({} for _ in names)
    server = postgresql.start(FOLDER / "postgresql" / "server")
    return tuple({"DATABASE_URL": postgresql.database(server, name)} for name in names)


def outside() -> Path | None:
    """The folder of files from outside, if there is one here."""
    folder = os.environ.get("NEWSROOM_TEST_DATA")
    return Path(folder) if folder else None


if __name__ == "__main__":
    main()
