"""How long an editor waits for the pages of the desk, asked for one after another."""

import json
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.processes import module, served

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
        "article list, its twentieth page": f"{articles}?p=20",
        "article list, drafts of one’s own": f"{articles}?status=draft&whose=mine",
        "article list, one year": f"{articles}?date={sample['month'][1:5]}",
        "article list, one tag": f"{articles}?tag={sample['tag_id']}",
        "article list, one place and section": (
            f"{articles}?place={sample['place_id']}&section={sample['section_id']}"
        ),
        "article list, what machines suggest": f"{articles}?wants=suggestions",
        "article list, a word in 10 %": f"{articles}?q=tenfold",
        "article list, a rare word": f"{articles}?q=seldom",
        "an article's page": f"{articles}{sample['id']}/change/",
        "an article's history": f"{articles}{sample['id']}/history/",
        "search everything": "/admin/search/?q=tenfold",
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
    counts: list[int] = json.loads(module(env, "benchmarks.queries", cookie, *paths))
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
