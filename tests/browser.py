"""A real browser, watched: whatever breaks the pages' promises is kept as a problem."""

import shutil
import threading
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

#: The rules of WCAG 2.2, levels A and AA, as axe takes them.
AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

AXE = Axe().axe_script


def executable() -> str | None:
    """The path of an installed Chromium or Chrome."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def watch(page: Page, origin: str) -> list[str]:
    """A list that grows as ``page`` breaks: script errors, refusals by the security policy, and
    requests to anywhere but ``origin``."""
    problems: list[str] = []

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != origin:
            problems.append(f"asked a third party: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            problems.append(message.text)

    def on_error(error: Error) -> None:
        problems.append(f"script error: {error.message}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", on_error)
    return problems


def wait_until_answered(seconds: float = 10) -> None:
    """Wait until the live server has no request of a closed window left to answer."""
    until = monotonic() + seconds
    while monotonic() < until and any(
        "process_request" in thread.name for thread in threading.enumerate()
    ):
        sleep(0.02)


def violations(page: Page, rules: dict[str, Any] = AA) -> list[dict[str, Any]]:
    """What breaks the ``rules`` on the page as it is shown now, as axe tells it.

    Only that is fetched from the browser: all that it tests and finds right takes longer to send
    than to test.
    """
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(rules).then(results => results.violations)",
        {"resultTypes": ["violations"], **rules},
    )
    return found
