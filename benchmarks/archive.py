"""The archive that is measured: made once, kept under ``var/bench`` and used again."""

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.processes import manage, module

SEED = 1


def prepare(env: Mapping[str, str], data: Path, articles: int) -> None:
    """Make the archive of ``env`` with its files in ``data``, unless it is there.

    What was only half made is made anew.
    """
    stamp = data / f"{articles}-articles-seed-{SEED}"
    data.mkdir(parents=True, exist_ok=True)
    manage(env, "migrate", "--verbosity", "0")
    if not stamp.exists():
        manage(env, "flush", "--noinput", "--verbosity", "0")
        manage(env, "rebuild_search")
        manage(env, "make_archive", "--articles", str(articles), "--seed", str(SEED))
        stamp.touch()
    module(env, "benchmarks.busy_desk")
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")


def sample(env: Mapping[str, str]) -> dict[str, str]:
    """What ``benchmarks.sample`` chooses to ask for."""
    chosen: dict[str, str] = json.loads(module(env, "benchmarks.sample"))
    return chosen
