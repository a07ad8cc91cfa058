"""How many comments a site takes in a second, and how well it tells spam from them."""

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from benchmarks.load import CONNECTIONS
from benchmarks.processes import environment, manage, module, served

ARTICLES = 200
_SEED = 1
_FORM = re.compile(r'name="token" value="([^"]+)"')
_SECONDS_TO_TYPE = 3
"""Younger forms are refused: no person types so quickly."""
_SECONDS_TO_WARM_UP = 2


class Figure(NamedTuple):
    """A thing that was measured, and the figure as it is shown."""

    name: str
    value: str


def measure_comments(
    data: Path, database: Mapping[str, str], outside: Path | None, seconds: float
) -> Iterator[Figure]:
    """Make a small archive in ``data``, have it learn what spam is, and post comments to it.

    ``database`` is the DATABASE_URL of a PostgreSQL server that may be emptied, or nothing;
    ``outside`` the folder of files from outside, without which nothing is said of spam.
    """
    data.mkdir(parents=True, exist_ok=True)
    env = environment(data, **database, TRUSTED_PROXIES="127.0.0.1")
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "flush", "--noinput", "--verbosity", "0")
    manage(env, "make_archive", "--articles", str(ARTICLES), "--seed", str(_SEED))
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    if outside is None:
        yield Figure("spam caught", "left out: NEWSROOM_TEST_DATA names no folder")
    else:
        yield from _of_spam(json.loads(module(env, "benchmarks.spam", str(outside))))
    path = json.loads(module(env, "benchmarks.open_article"))
    with served(env) as site:
        times = _post(site, path, seconds)
    yield Figure(f"comments posted per second, {CONNECTIONS} at a time", f"{times.rate:.0f}")
    yield Figure("half of them answered within", f"{times.p50:.0f} ms")
    yield Figure("99 % of them answered within", f"{times.p99:.0f} ms")


def _of_spam(measured: Mapping[str, float]) -> Iterator[Figure]:
    each = f"{measured['comments']:,.0f}"
    yield Figure(f"spam held by the classifier, of {each} (recall)", f"{measured['recall']:.1%}")
    yield Figure("spam among what it held (precision)", f"{measured['precision']:.1%}")
    yield Figure(f"good comments held, of {each}", f"{measured['good_held']:.1%}")
    yield Figure(
        f"list of {measured['lines']:,.0f} lines made ready", f"{measured['ready']:.0f} ms"
    )
    yield Figure("looked for in 2,000 characters", f"{measured['matched']:.2f} ms")


class Posted(NamedTuple):
    """Comments a second; the times of half and of 99 % of them, in milliseconds."""

    rate: float
    p50: float
    p99: float


def _post(site: str, path: str, seconds: float) -> Posted:
    """Readers post one comment each, so many at a time. Raises RuntimeError for a refusal."""
    token = _token(site, path)
    sleep(_SECONDS_TO_TYPE)
    numbers = count()
    _post_for(site, path, token, numbers, _SECONDS_TO_WARM_UP)
    return _post_for(site, path, token, numbers, seconds)


def _post_for(site: str, path: str, token: str, numbers: Iterator[int], seconds: float) -> Posted:
    started = perf_counter()

    def read() -> list[float]:
        connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
        times = []
        while perf_counter() - started < seconds:
            before = perf_counter()
            status = _send(connection, path, next(numbers), token)
            times.append((perf_counter() - before) * 1000)
            if status != 303:
                raise RuntimeError(f"{path}: {status}")
        connection.close()
        return times

    with ThreadPoolExecutor(CONNECTIONS) as readers:
        each = [readers.submit(read) for _ in range(CONNECTIONS)]
    took = perf_counter() - started
    times = sorted(time for one in each for time in one.result())
    return Posted(len(times) / took, times[len(times) // 2], times[len(times) * 99 // 100])


def _token(site: str, path: str) -> str:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    connection.request("GET", path)
    form = _FORM.search(connection.getresponse().read().decode())
    connection.close()
    if form is None:
        raise RuntimeError(f"{path} has no form")
    return form[1]


def _send(connection: HTTPConnection, path: str, number: int, token: str) -> int:
    fields = {
        "comment": f"Reader {number} has something to say about this, and says it in a sentence.",
        "author": f"Reader {number}",
        "email": f"reader-{number}@example.org",
        "token": token,
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
    }
    connection.request("POST", f"{path}comments/", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status
