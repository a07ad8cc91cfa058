"""``python -m benchmarks.scale``: does everything take as long with a million articles as with a
thousand? See README.md."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import IO, Any

from rich.console import Console

from benchmarks import archive, postgresql, report
from benchmarks.grown import Grown, Times
from benchmarks.processes import ROOT, environment

FOLDER = ROOT / "var" / "bench" / "scale"
ARTICLES = (1_000, 100_000)
ROUNDS = 40


class Measured:
    """A process that does the works in one archive, a round whenever it is asked."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.works: list[tuple[str, float | None, bool]] = self._line()

    def round(self) -> list[tuple[float, float, int]]:
        """Milliseconds, those of the database and queries of each work."""
        _open(self._process.stdin).write("\n")
        _open(self._process.stdin).flush()
        done: list[tuple[float, float, int]] = self._line()
        return done

    def _line(self) -> Any:
        line = _open(self._process.stdout).readline()
        if not line:
            raise RuntimeError("benchmarks.growth ended")
        return json.loads(line)


def measure(environments: Sequence[Mapping[str, str]], rounds: int) -> list[Grown]:
    """The works in the archives of ``environments``, asked in turn."""
    with ExitStack() as stack:
        archives = [Measured(stack.enter_context(_started(env))) for env in environments]
        done = [[one.round() for one in archives] for _ in range(rounds)]
        works = archives[0].works
    places = range(len(environments))
    return [
        Grown(
            *work,
            passed=[Times.of(of[place][number][0] for of in done) for place in places],
            database=[Times.of(of[place][number][1] for of in done) for place in places],
            queries=[done[-1][place][number][2] for place in places],
        )
        for number, work in enumerate(works)
    ]


def main() -> None:
    parser = ArgumentParser("python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=ARTICLES, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, not on SQLite")
    parser.add_argument("--write", action="store_true", help="keep the figures in RESULTS.md")
    options = parser.parse_args()
    name = "PostgreSQL" if options.postgresql else "SQLite"
    environments = []
    for articles in options.articles:
        data = FOLDER / f"{name.lower()}-{articles}"
        served = {}
        if options.postgresql:
            server = postgresql.start(FOLDER / "postgresql")
            served["DATABASE_URL"] = postgresql.database(server, f"scale{articles}")
        environments.append(environment(data, **served))
        archive.prepare(environments[-1], data, articles)
    grown = measure(environments, options.rounds)
    columns = report.scale_columns(options.articles)
    cells = [report.scale_cells(one) for one in grown]
    console = Console(width=150)
    report.show(console, columns, cells)
    if options.write:
        conditions = report.scale_conditions(name, options.articles, options.rounds)
        report.write(f"Growth on {name}", f"{conditions}\n\n{report.table(columns, cells)}")


def _started(env: Mapping[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.growth"],
        env={**env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


if __name__ == "__main__":
    main()
