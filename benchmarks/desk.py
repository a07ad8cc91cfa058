"""How long an editor waits for the pages of the desk, asked for one after another."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.processes import ROOT, served

ASKED = 60
"""Times that a page is asked for, after some to warm it up."""

_WARM_UP = 5


class DeskPage(NamedTuple):
    """A page of the desk; times are milliseconds."""

    name: str
    size: int
    """Bytes."""
    queries: int
    p50: float
    p95: float


def measure_desk(env: Mapping[str, str], sample: Mapping[str, str]) -> Iterator[DeskPage]:
    """A row for each page of the desk, as an editor gets it."""
    articles = "/admin/articles/article/"
    pages = {
        "front page": "/admin/",
        "article list": articles,
        "article list, one status": f"{articles}?status__exact=published",
        "article list, one year": f"{articles}?year={sample['month'][1:5]}",
        "article list, a word in 10 %": f"{articles}?q=tenfold",
        "article list, a rare word": f"{articles}?q=seldom",
        "an article's page": f"{articles}{sample['id']}/change/",
        "an article's history": f"{articles}{sample['id']}/history/",
        "comments, held": "/admin/articles/comment/",
        "audit log": "/admin/articles/auditentry/",
    }
    counts = _queries(env, sample["cookie"], list(pages.values()))
    with served(env) as site:
        for (name, path), queries in zip(pages.items(), counts, strict=True):
            size, times = _ask(site, path, sample["cookie"])
            yield DeskPage(name, size, queries, _percentile(times, 50), _percentile(times, 95))


def _queries(env: Mapping[str, str], cookie: str, paths: Sequence[str]) -> list[int]:
    """How many queries each page costs, counted in a process that Django is set up in."""
    counts: list[int] = json.loads(
        subprocess.run(
            [sys.executable, "-m", "benchmarks.queries", cookie, *paths],
            env={**env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    return counts


def _ask(site: str, path: str, cookie: str) -> tuple[int, list[float]]:
    """The size of a page, and how long each answer took. Raises RuntimeError for a bad one."""
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    times: list[float] = []
    size = 0
    for _ in range(_WARM_UP + ASKED):
        started = perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        size = len(answer.read())
        times.append((perf_counter() - started) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    connection.close()
    return size, sorted(times[_WARM_UP:])


def _percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
