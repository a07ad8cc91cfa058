"""Measures ``import_articles`` on files made for it: its rate, and whether its memory grows."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

from articles.synthetic.prose import Prose, capitalised
from benchmarks.processes import environment, manage, peak_memory

SIZES = (1_000, 5_000, 10_000)
_SEED = 1
_PLACES = ("Islamabad", "Quetta", "Lahore", "Karachi", "Peshawar", "Gwadar", "Multan", "Kabul")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Import:
    """An import of so many files: articles a second, and the most memory of its own, in bytes."""

    files: int
    rate: float
    memory: int


def measure_imports(data: Path, database: dict[str, str]) -> Iterator[Import]:
    """Import few files, then more, each time into an empty archive.

    ``database`` is the DATABASE_URL of a PostgreSQL server that may be emptied, or nothing.
    """
    for files in SIZES:
        shutil.rmtree(data, ignore_errors=True)
        texts = data / "texts"
        texts.mkdir(parents=True)
        names = write_texts(texts, files)
        env = environment(data, **database)
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "flush", "--noinput", "--verbosity", "0")
        manage(env, "load_gazetteer")
        started = monotonic()
        memory = peak_memory(env, "import_articles", *names, "--publish", folder=texts)
        yield Import(files, files / (monotonic() - started), memory)
    shutil.rmtree(data)


def write_texts(folder: Path, count: int) -> list[str]:
    """Write ``count`` agency reports into ``folder``; returns their names."""
    random = Random(_SEED)
    prose = Prose(random)
    names = []
    for number in range(count):
        place, other = random.sample(_PLACES, 2)
        paragraphs = [_paragraph(prose) for _ in range(random.randint(6, 12))]
        paragraphs[-1] = f"Officials from {other} and {place} met. {paragraphs[-1]}"
        dateline = f"{place.upper()}, {random.choice(_MONTHS)} {random.randint(1, 28)}: "
        name = f"{number:06}.txt"
        said = f"{prose.title()}\n\n{dateline}" + "\n\n".join(paragraphs) + "\n"
        (folder / name).write_text(said, encoding="utf-8")
        names.append(name)
    return names


def _paragraph(prose: Prose) -> str:
    return " ".join([f"{capitalised(prose.words(7, 24))}." for _ in range(3)])
