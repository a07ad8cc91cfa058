"""One address says which service is used and how."""

from pathlib import Path

import pytest

from newsroom import services


def test_a_sqlite_path_is_relative_with_three_slashes_and_absolute_with_four():
    assert services.database("sqlite:///data/a.sqlite3")["NAME"] == Path.cwd() / "data/a.sqlite3"
    assert services.database("sqlite:////srv/a.sqlite3")["NAME"] == Path("/srv/a.sqlite3")


def test_a_postgresql_address_is_taken_apart():
    config = services.database("postgres://desk:p%40ss@db.example.org:6432/archive?sslmode=require")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert config["NAME"] == "archive"
    assert (config["USER"], config["PASSWORD"]) == ("desk", "p@ss")
    assert (config["HOST"], config["PORT"]) == ("db.example.org", "6432")
    assert config["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_is_reached_through_a_socket_by_its_folder():
    assert services.database("postgresql:///archive?host=/run/Pg")["HOST"] == "/run/Pg"


def test_valkey_is_spoken_to_by_djangos_own_backend():
    config = services.cache("valkeys://user:pass@cache.example.org:6380/2")

    assert config == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "rediss://user:pass@cache.example.org:6380/2",
    }


def test_a_cache_may_be_a_folder_or_a_table():
    assert services.cache("file:///srv/cache")["LOCATION"] == Path("/srv/cache")
    assert services.cache("db://cache_entries")["LOCATION"] == "cache_entries"


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("file:///srv/media", ""),
        ("s3://media?region=eu-west-1", "https://media.s3.eu-west-1.amazonaws.com"),
        ("s3://media/2026?endpoint=http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("s3://media?region=auto&public=https://cdn.example.org/m/", "https://cdn.example.org"),
    ],
)
def test_readers_fetch_media_from(address, origin):
    assert services.storage_origin(services.storage(address)) == origin


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://desk:pass@mail.example.org", 587, True, False),
        ("smtps://desk:pass@mail.example.org", 465, False, True),
        ("smtp://mail.example.org:2525", 2525, False, False),
    ],
)
def test_mail_is_sent_as_its_scheme_says(address, port, tls, ssl):
    config = services.mail(address)

    assert config["EMAIL_HOST"] == "mail.example.org"
    assert config["EMAIL_PORT"] == port
    assert (config["EMAIL_USE_TLS"], config["EMAIL_USE_SSL"]) == (tls, ssl)
