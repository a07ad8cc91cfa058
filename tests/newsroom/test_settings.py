"""The site is set up by environment variables, and refuses to start on one it cannot read."""

import os
import runpy
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from newsroom.environment import kept_secret

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a-secret-of-more-than-thirty-two-characters"
IN_SERVICE = {
    "ALLOWED_HOSTS": "archive.example.org",
    "SITE_URL": "https://archive.example.org",
    "SECRET_KEY": SECRET,
}

Start = Callable[..., dict[str, Any]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Reads the settings anew with these variables and no others."""

    def read(**variables: str) -> dict[str, Any]:
        variables = {"NEWSROOM_DATA": str(tmp_path / "data")} | variables
        with patch.dict(os.environ, variables, clear=True):
            return runpy.run_path(str(ROOT / "newsroom" / "settings.py"))

    return read


def run_manage(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env={"NEWSROOM_DATA": str(folder), "PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_value_that_cannot_be_read_stops_the_start_with_one_line(tmp_path):
    result = run_manage(tmp_path, "check", DATABASE_URL="mysql://root:hunter2@db/archive")

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        "DATABASE_URL cannot be read: it takes sqlite:///path or "
        "postgres://user:password@host:port/name.\n"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://archive.example.org"),
        ("ALLOWED_HOSTS", "archive.example.org:8000"),
        ("ALLOWED_HOSTS", ","),
        ("SITE_URL", "archive.example.org"),
        ("SITE_URL", "https://archive.example.org/news"),
        ("SITE_URL", "https://archive.example.org:port"),
        ("SITE_URL", "ftp://archive.example.org"),
        ("SITE_NAME", "The\x07Archive"),
        ("TIME_ZONE", "Quetta"),
        ("TIME_ZONE", "Asia"),
        ("TIME_ZONE", "../etc/passwd"),
        ("LANGUAGE_CODE", "english"),
        ("DATABASE_URL", "archive.sqlite3"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgres://db:port/archive"),
        ("DATABASE_URL", "postgres://db"),
        ("DATABASE_URL", "postgres://db/archive?ssl_mode=require"),
        ("REPLICA_URLS", "postgres://one/archive,,postgres://two/archive"),
        ("CACHE_URL", "memcached://127.0.0.1:11211"),
        ("CACHE_URL", "valkey:///0"),
        ("CACHE_URL", "valkey://127.0.0.1/one"),
        ("STORAGE_URL", "s3://bucket"),
        ("STORAGE_URL", "s3://key@bucket?region=eu-west-1"),
        ("STORAGE_URL", "s3://bucket?regoin=eu-west-1"),
        ("STORAGE_URL", "/srv/media"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("DEFAULT_FROM_EMAIL", "The desk"),
        ("TRUSTED_PROXIES", "proxy.example.org"),
        ("TRUSTED_PROXIES", "10.0.0.0/40"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_the_line_names_the_variable_and_the_form_it_takes(start, name, value):
    with pytest.raises(SystemExit) as stop:
        start(**{name: value})

    message = str(stop.value)
    assert message.startswith(f"{name} cannot be read: it takes ")
    assert "\n" not in message


def test_a_data_folder_that_cannot_be_made_is_named(start, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SystemExit, match=r"^NEWSROOM_DATA cannot be read: .* folder"):
        start(NEWSROOM_DATA=str(tmp_path / "file"))


def test_without_a_named_host_the_site_is_local(start):
    settings = start()

    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["DEBUG"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert settings["SESSION_COOKIE_SECURE"] is False


def test_an_empty_variable_is_an_unset_one(start):
    assert start(ALLOWED_HOSTS="", TIME_ZONE=" ")["TIME_ZONE"] == "UTC"


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
def test_a_named_host_needs_a_secret_and_an_address(start, name):
    with pytest.raises(SystemExit, match=f"^{name} is not set"):
        start(**(IN_SERVICE | {name: ""}))


def test_a_site_in_service_on_https_asks_browsers_to_stay_there(start):
    settings = start(**IN_SERVICE)

    assert settings["ALLOWED_HOSTS"] == ["archive.example.org"]
    assert settings["SECRET_KEY"] == SECRET
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(start, tmp_path):
    first, second = start()["SECRET_KEY"], start()["SECRET_KEY"]

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_secret(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(kept_secret, [tmp_path / "secret_key"] * 64))

    assert len(secrets) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_damaged_secret_is_not_used(start, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret_key").touch()

    with pytest.raises(SystemExit, match=r"^SECRET_KEY .*secret_key"):
        start()


def test_everything_the_site_writes_lies_in_the_data_folder(start, tmp_path):
    settings = start()
    folder = tmp_path / "data"

    assert settings["DATABASES"]["default"]["NAME"].parent == folder
    assert settings["STORAGES"]["default"]["OPTIONS"]["location"].parent == folder
    assert settings["STATIC_ROOT"].parent == folder
    assert settings["EMAIL_FILE_PATH"].parent == folder


def test_replicas_are_numbered_and_read_from(start):
    settings = start(REPLICA_URLS="postgres://one/archive, postgres://two/archive")

    assert list(settings["DATABASES"]) == ["default", "replica1", "replica2"]
    assert settings["DATABASES"]["replica2"]["HOST"] == "two"
    assert settings["DATABASE_ROUTERS"] == ["newsroom.databases.ReplicaRouter"]


def test_pages_may_show_images_from_the_bucket_and_from_nowhere_else(start):
    settings = start(STORAGE_URL="s3://media?region=eu-west-1&public=https://cdn.example.org/m")

    sources = settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
    assert sources == ["'self'", "data:", "https://cdn.example.org"]
