"""The site as readers get it in service: a real nginx before the real server, on baked files."""

import gzip
import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import brotli
import pytest
from django.conf import settings
from django.utils.encoding import iri_to_uri

from tests import migrated
from tests.baking import nginx
from tests.baking.archive import PICTURE
from tests.baking.conftest import Baked
from tests.management.test_serve import MANAGE, answer_of, free_port, interrupted

pytestmark = pytest.mark.slow

SNOW = "/2026/02/03/snow/"
_OF_A_REQUEST = {"connection", "content-length", "date", "etag", "keep-alive", "last-modified"}
_OF_A_REQUEST |= {"accept-ranges", "server", "transfer-encoding", "x-request-id"}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_a_file(self) -> bool:
        """Whether the application had no part in it: it gives each of its answers an id."""
        return "x-request-id" not in self.headers

    @property
    def of_the_page(self) -> dict[str, str]:
        """The headers that say something of the page, and not of a server or a request."""
        return {name: text for name, text in self.headers.items() if name not in _OF_A_REQUEST}


def ask(site: str, address: str, method: str = "GET", body: Any = None, **headers: str) -> Answer:
    """What a server answers at an address, which is sent as it is."""
    parts = urlsplit(site)
    connected = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    # By the name of the site, for which alone pages are kept.
    named = {"Host": urlsplit(settings.SITE_URL).netloc}
    named |= {name.replace("_", "-"): text for name, text in headers.items()}
    if isinstance(body, dict):
        body = urlencode(body)
        named["Content-Type"] = "application/x-www-form-urlencoded"
    connected.request(method, address, body, named)
    answer = connected.getresponse()
    found = {name.lower(): text for name, text in answer.getheaders()}
    content = answer.read()
    connected.close()
    return Answer(answer.status, found, content)


class Site:
    """A site in service: the application, files that are baked from the same database, and nginx
    before both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.baked = Baked(folder / "baked")
        self.application = ""
        self.nginx = ""
        self.environment = {
            "PATH": os.environ["PATH"],
            "NEWSROOM_DATA": str(folder / "data"),
            "TRUSTED_PROXIES": "127.0.0.1",
        }

    def fill(self) -> None:
        data = self.folder / "data"
        (data / "static").mkdir(parents=True)
        migrated.sqlite(data / "newsroom.sqlite3")
        filling = "from tests.baking.archive import fill_for_nginx; fill_for_nginx()"
        self.manage("shell", "--no-imports", "--command", filling)
        # Only what the public pages use: to compress all the rest takes longer than the tests.
        others = ("admin", "drf_spectacular_sidecar", "django_prose_editor", "rest_framework")
        left_out = [f"--ignore={name}" for name in others]
        self.manage("collectstatic", "--noinput", "--verbosity", "0", *left_out)

    def manage(self, *arguments: str) -> None:
        """Runs a command as an administrator does, who sees what it says when it fails."""
        done = subprocess.run(
            [sys.executable, str(MANAGE), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def bake(self) -> None:
        self.manage("bake", "--to", str(self.baked.home))

    @contextmanager
    def in_service(self) -> Iterator[None]:
        port = free_port()
        command = [sys.executable, str(MANAGE), "serve", "--port", str(port), "--workers", "1"]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        (self.folder / "nginx").mkdir()
        with subprocess.Popen([*command, "--no-worker"], env=self.environment, **pipes) as server:
            try:
                self.application = f"http://127.0.0.1:{port}"
                answer_of(f"{self.application}/healthz")
                with nginx.serving(self.folder / "nginx", self.baked.home, port) as self.nginx:
                    yield
            finally:
                interrupted(server)

    def addresses(self) -> list[str]:
        """Everything that is baked."""
        with self.baked.site() as site:
            rows = site.manifest._connection.execute("SELECT address FROM page WHERE state = 1")
            return [address for (address,) in rows]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    nginx.executable()
    site = Site(tmp_path_factory.mktemp("site"))
    site.fill()
    site.bake()
    with site.in_service():
        yield site


@pytest.fixture
def both(site: Site) -> Any:
    """Asks nginx and the application for the same address."""

    def answers(address: str) -> tuple[Answer, Answer]:
        return ask(site.nginx, address), ask(site.application, address)

    return answers


def test_what_is_baked_comes_from_files_and_is_what_the_application_says(site):
    addresses = site.addresses()

    assert len(addresses) > 80
    assert {"/", "/feed/", "/2026/02/08/", "/2026/02/08/?page=2", SNOW} <= set(addresses)
    for address in addresses:
        file, page = (
            ask(site.nginx, iri_to_uri(address)),
            ask(site.application, iri_to_uri(address)),
        )
        assert (file.status, file.body) == (page.status, page.body), address
        assert file.of_the_page == page.of_the_page, address
        assert file.is_a_file, address
        assert not page.is_a_file, address


@pytest.mark.parametrize(
    "address",
    [
        "/?page=1",
        "/2026/02/08/?page=2&order=oldest",
        f"{SNOW}?replytocom=1",
        f"{SNOW}comments/",
        f"{SNOW}comments/token/",
        "/search/?q=snow",
        "/api/v1/articles/",
        "/admin/",
        "/healthz",
        "/nothing/",
        "/2026/02/07/sleet/",
        "/archives/123",
        "/2026",
        "/2026/02/03/snow",
        "/index.html",
        "/2026/index.html",
        "/2026/index.html.gz",
        "/2026/page-2.html",
    ],
)
def test_the_rest_is_answered_by_the_application(both, address):
    by_nginx, by_application = both(address)

    assert not by_nginx.is_a_file
    assert by_nginx.status == by_application.status
    assert by_nginx.headers.get("location") == by_application.headers.get("location")


def test_a_withdrawn_article_is_gone_and_an_old_address_leads_on(site):
    assert ask(site.nginx, "/2026/02/07/sleet/").status == 410
    assert b"It did not." in ask(site.nginx, "/2026/02/07/sleet/").body
    old = ask(site.nginx, "/archives/123")
    assert (old.status, old.headers["location"]) == (301, "/2026/02/05/wind/")


@pytest.mark.parametrize(
    "address",
    [
        "/%2e%2e/%2e%2e/manifest.sqlite3",
        "/2026/../../manifest.sqlite3",
        "/..%2f..%2fmanifest.sqlite3",
        "/2026/..%2findex.html",
        "//",
        "//2026/",
        "/2026//",
        "//evil.example/",
        "/.well-known/../",
        "/.none",
        "/2026/.none",
        "/2026/%00",
        "/2026/\\..\\",
        "/%5c..%5cmanifest.sqlite3",
        "/%ff/",
        "/2026/?page=%2e%2e",
        "/2026/?page=../../2",
        "/2026/?page=2;",
        "/2026/?page=2%00",
        "/media/../secret_key",
        "/static/../../manifest.sqlite3",
    ],
)
def test_tricks_with_paths_get_nobody_anywhere(site, address):
    answer = ask(site.nginx, address)

    assert answer.status in (301, 400, 403, 404) or not answer.is_a_file or b"2026" in answer.body
    assert b"SQLite" not in answer.body
    if answer.status == 301:
        assert answer.headers["location"].startswith("/")
        assert not answer.headers["location"].startswith("//")


def test_a_slug_of_any_script_is_found_however_it_is_written(site):
    for address in (iri_to_uri("/places/کوئٹہ/"), iri_to_uri("/places/کوئٹہ/").lower()):
        assert ask(site.nginx, address).is_a_file
        assert ask(site.nginx, address).body == ask(site.application, address).body


@pytest.mark.parametrize(
    ("coding", "expand"), [("gzip", gzip.decompress), ("br", brotli.decompress)]
)
def test_pages_go_out_compressed_where_the_reader_takes_it(site, coding, expand):
    if coding == "br" and not nginx.BROTLI.exists():
        pytest.skip("nginx is without the module of brotli")
    answer = ask(site.nginx, SNOW, Accept_Encoding=coding)

    assert answer.headers["content-encoding"] == coding
    assert "Accept-Encoding" in answer.headers["vary"]
    assert expand(answer.body) == ask(site.nginx, SNOW).body


def test_who_has_a_page_is_told_so(site):
    page = ask(site.nginx, SNOW)

    again = ask(site.nginx, SNOW, If_None_Match=page.headers["etag"])

    assert (again.status, again.body) == (304, b"")
    assert again.is_a_file
    assert ask(site.nginx, SNOW, "HEAD").headers["content-length"] == str(len(page.body))


def test_pictures_and_assets_come_from_files_for_ever(site):
    style = re.search(rb'href="(/static/css/site\.[0-9a-f]{12}\.css)"', ask(site.nginx, "/").body)
    assert style
    for address in (f"/media/{PICTURE}", style[1].decode()):
        file, page = ask(site.nginx, address), ask(site.application, address)
        assert file.body == page.body
        assert file.is_a_file
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["x-content-type-options"] == "nosniff"
    picture = [ask(one, f"/media/{PICTURE}") for one in (site.nginx, site.application)]
    policies = {one.headers["content-security-policy"] for one in picture}
    assert policies == {"default-src 'none'; style-src 'unsafe-inline'; sandbox"}


def test_a_page_is_read_and_nothing_else(site):
    by_nginx, by_application = (
        ask(one, SNOW, "POST", {"a": "b"}) for one in (site.nginx, site.application)
    )

    assert by_nginx.status == by_application.status == 403
    assert not by_nginx.is_a_file


def test_a_comment_that_is_posted_through_nginx_stands_on_the_page_when_it_is_baked_again(site):
    page = ask(site.nginx, "/2026/02/05/wind/").body.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    before = site.baked.pages()
    typed = {"comment": "A storm.", "author": "Gul", "email": "gul@example.org", "subject": ""}

    posted = ask(
        site.nginx, "/2026/02/05/wind/comments/", "POST", {**typed, "token": token[1], "url": ""}
    )
    site.bake()

    assert posted.status == 303
    assert posted.headers["location"].startswith("/2026/02/05/wind/?mine=")
    shown = ask(site.nginx, "/2026/02/05/wind/")
    assert shown.is_a_file
    assert b"A storm." in shown.body
    after = site.baked.pages()
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert {"2026/02/05/wind/index.html", "2026/02/05/wind/feed/index.xml"} <= changed
    assert "2026/02/03/snow/index.html" not in changed
    assert "tags/weather/index.html" not in changed


def test_what_is_typed_at_nginx_as_somebody_elses_address_is_not_believed(site):
    ask(
        site.nginx,
        f"{SNOW}comments/",
        "POST",
        {"comment": "x"},
        X_Forwarded_Host="evil.example",
        Forwarded="for=192.0.2.1",
    )
    moved = ask(site.nginx, "/2026", X_Forwarded_Host="evil.example")
    assert "evil.example" not in moved.headers["location"]


def test_the_configuration_is_good_as_it_stands(site):
    """With nothing baked, too, for nginx is set up before."""
    folder = site.folder / "unbaked"
    folder.mkdir()
    port = urlsplit(site.application).port
    assert port
    with nginx.serving(folder, folder / "none", port) as address:
        assert not ask(address, "/").is_a_file
        assert ask(address, "/").status == 200
