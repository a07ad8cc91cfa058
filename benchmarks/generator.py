"""A small load generator: ``python -m benchmarks.generator ADDRESS SECONDS CONNECTIONS HEADERS``.

Prints requests per second, the times of half and of 99 % of them in milliseconds, and the number
of errors, as JSON.
"""

import json
import sys
from http.client import HTTPConnection, HTTPException
from threading import Thread
from time import perf_counter
from urllib.parse import urlsplit


def main(address: str, seconds: float, connections: int, headers: dict[str, str]) -> None:
    times: list[float] = []
    errors: list[str] = []
    threads = [
        Thread(target=ask, args=(address, perf_counter() + seconds, headers, times, errors))
        for _ in range(connections)
    ]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = perf_counter() - started
    times.sort()
    answer = {
        "rate": len(times) / elapsed,
        "p50": times[len(times) // 2] * 1000 if times else 0,
        "p99": times[len(times) * 99 // 100] * 1000 if times else 0,
        "errors": len(errors),
    }
    print(json.dumps(answer))


def ask(
    address: str, until: float, headers: dict[str, str], times: list[float], errors: list[str]
) -> None:
    """Ask again and again on one connection, until the clock says ``until``."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    target = parts._replace(scheme="", netloc="").geturl()
    while (asked := perf_counter()) < until:
        try:
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            response.read()
        except (OSError, HTTPException) as error:
            errors.append(str(error))
            connection.close()
            continue
        times.append(perf_counter() - asked)
        if response.status >= 400:
            errors.append(str(response.status))
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4]))
