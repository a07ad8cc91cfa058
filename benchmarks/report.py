"""Words and tables for what was measured."""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.api import ApiRow
from benchmarks.desk import DeskPage
from benchmarks.grown import AS_BEFORE, Grown
from benchmarks.importing import Import
from benchmarks.load import CONNECTIONS, TOOL
from benchmarks.pages import Row
from benchmarks.processes import WORKERS

RESULTS = Path(__file__).parent / "RESULTS.md"

PAGE_COLUMNS = (
    "work", "kB", "r/s", "p50 ms", "p99 ms", "same bytes r/s", "of it", "of by hand",
    "best peer r/s", "times the peer",
)  # fmt: skip
API_COLUMNS = (
    "work", "kB", "r/s", "p99 ms", "same bytes by DRF r/s", "of rows by hand", "304 r/s",
    "cost of a 304", "best peer r/s", "times the peer",
)  # fmt: skip
DESK_COLUMNS = ("page of the desk", "kB", "queries", "p50 ms", "p95 ms")
COMMENT_COLUMNS = ("comments", "figure")
LINKING_COLUMNS = ("linking", "figure")
IMPORT_COLUMNS = ("files", "articles/s", "peak memory, MB")


def page_cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        f"{row.size / 1000:.1f}",
        _rate(row.load.rate),
        f"{row.load.p50:.1f}",
        f"{row.load.p99:.1f}",
        _rate(row.same_bytes),
        f"{row.load.rate / row.same_bytes:.0%}",
        f"{row.load.rate / row.by_hand:.0%}",
        _rate(row.peer) if row.peer else "–",
        f"{row.load.rate / row.peer:.1f}" if row.peer else "–",
    )


def api_cells(row: ApiRow) -> tuple[str, ...]:
    return (
        row.name,
        f"{row.size / 1000:.1f}",
        _rate(row.rate),
        f"{row.p99:.1f}",
        _rate(row.same_bytes),
        f"{row.rate / row.by_hand:.0%}" if row.by_hand else "–",
        _rate(row.known) if row.known else "–",
        f"{row.rate / row.known:.0%}" if row.known else "–",
        _rate(row.peer) if row.peer else "–",
        f"{row.rate / row.peer:.1f}" if row.peer else "–",
    )


def desk_cells(page: DeskPage) -> tuple[str, ...]:
    return (
        page.name,
        f"{page.size / 1000:.1f}",
        str(page.queries),
        f"{page.p50:.0f}",
        f"{page.p95:.0f}",
    )


def import_cells(done: Import) -> tuple[str, ...]:
    return f"{done.files:,}", _rate(done.rate), f"{done.memory / 1e6:.0f}"


def scale_columns(articles: Sequence[int]) -> tuple[str, ...]:
    """Of works in archives of so many articles, the smallest first."""
    sizes = [f"{number:,}" for number in articles]
    times = [f"{size}: ms" for size in sizes] + [f"{size}: ms of database" for size in sizes]
    return ("work", "asked", *times, "half: times the first", "95 %: times the first", "queries")


def scale_cells(work: Grown) -> tuple[str, ...]:
    judged = work.passed if work.limit is None or work.of_all else work.database
    asked = f"× {AS_BEFORE}"
    if work.limit is not None:
        asked = f"{work.limit:g} ms" if work.of_all else f"{work.limit:g} ms of database"
    first, last = judged[0], judged[-1]
    return (
        work.name,
        asked,
        *(f"{time.p50:.1f} / {time.p95:.1f}" for time in [*work.passed, *work.database]),
        f"{last.p50 / first.p50:.2f}" if first.p50 else "–",
        f"{last.p95 / first.p95:.2f}" if first.p95 else "–",
        f"{work.queries[-1]}",
    )


def show(console: Console, columns: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    """Print a table."""
    table = Table()
    for position, column in enumerate(columns):
        table.add_column(column, justify="right" if position else "left")
    for line in lines:
        table.add_row(*line)
    console.print(table)


def conditions(database: str, articles: int) -> str:
    """Under what the figures hold."""
    return (
        f"{articles:,} articles on {database}, {WORKERS} workers, {CONNECTIONS} connections by "
        f"{TOOL}; {_here_and_now()}."
    )


def scale_conditions(database: str, articles: Sequence[int], rounds: int) -> str:
    """Under what the figures of growth hold."""
    sizes = ", ".join(f"{number:,}" for number in articles)
    return f"{sizes} articles on {database}, {rounds} rounds, no server; {_here_and_now()}."


def _here_and_now() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load, *_ = os.getloadavg()
    return (
        f"{date.today():%-d %B %Y}, {os.cpu_count()} processors, {memory:.0f} GiB, "  # noqa: DTZ011
        f"Python {platform.python_version()}, a load of {load:.0f}"
    )


def by_hand(rows: Sequence[Row]) -> str:
    return (
        "An article's page by hand (three SQL statements, a plain template, no middleware) reaches "
        f"{_rate(rows[0].by_hand)} requests per second."
    )


def table(columns: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A Markdown table, the first column left and the others right."""
    names = list(columns)
    rules = ["---", *["--:"] * (len(names) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (names, rules, *lines))


def write(database: str, text: str) -> None:
    """Put ``text`` into RESULTS.md in place of what it says about this database."""
    sections = {}
    if RESULTS.exists():
        for section in RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]:
            heading, _, rest = section.partition("\n")
            sections[heading] = rest.strip()
    sections[database] = text
    body = "\n\n".join(f"## {name}\n\n{sections[name]}" for name in sorted(sections, reverse=True))
    RESULTS.write_text(
        f"# Results\n\nSee README.md for what the columns mean.\n\n{body}\n", encoding="utf-8"
    )


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
