"""How well places, people and organisations are linked, and how quickly."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.comments import Figure
from benchmarks.processes import environment, manage, module

ARTICLES = 2_000
_SEED = 1
_PARTS = {"development": "", "held_out": ", held out from development"}


def measure_linking(data: Path, database: Mapping[str, str]) -> Iterator[Figure]:
    """Compare with copy marked by hand, and link a small archive made in ``data`` again.

    ``database`` is the DATABASE_URL of a PostgreSQL server that may be emptied, or nothing.
    """
    data.mkdir(parents=True, exist_ok=True)
    env = environment(data, **database)
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "flush", "--noinput", "--verbosity", "0")
    manage(env, "make_archive", "--articles", str(ARTICLES), "--seed", str(_SEED))
    measured = json.loads(module(env, "benchmarks.link_archive"))
    for part, said in _PARTS.items():
        score = measured[part]
        yield Figure(f"linked rightly, of what is linked (precision){said}", _share(score, 0))
        yield Figure(f"linked, of the known names (recall){said}", _share(score, 1))
        yield Figure(f"suggested, of the known names{said}", _share(score, 2))
    yield Figure("articles linked again per second, one core", f"{measured['rate']:,.0f}")
    yield Figure(
        f"a vocabulary of {measured['names']:,.0f} names read", f"{measured['read']:.1f} s"
    )
    yield Figure("seen to be unchanged", f"{measured['seen']:.0f} ms")


def _share(score: list[float], index: int) -> str:
    return f"{score[index]:.1%}"
