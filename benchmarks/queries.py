"""Counts the queries of pages: ``python -m benchmarks.queries COOKIE PATH…`` prints them as JSON.

Each page is drawn twice and the second counts, as in a server that has been up for a while.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def count(client: Client, path: str) -> int:
    """The queries of a page. Raises RuntimeError when it is not one."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(captured)


if __name__ == "__main__":
    name, _, value = sys.argv[1].partition("=")
    browser = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    browser.cookies[name] = value
    print(json.dumps([count(browser, path) for path in sys.argv[2:]]))
