"""Turns the addresses of services (database, cache, storage, mail) into Django's settings.

Every function takes the text of one variable and raises ValueError for what it cannot read, an
unknown scheme or parameter included, so that a misspelt option never passes in silence.
"""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

Settings = dict[str, Any]

# Each connection once: readers and one writer at a time without waiting, safe against a crash of
# the program, 64 MiB of cached pages and 256 MiB of mapped file.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
)
CONNECTION_SECONDS = 300
FOR_EVER = "public, max-age=31536000, immutable"
"""How a file may be cached of which nothing but its name is ever changed; a year is for ever."""
POSTGRESQL_OPTIONS = {
    "application_name",
    "connect_timeout",
    "options",
    "passfile",
    "service",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
}


def sqlite(path: Path) -> Settings:
    """A database in the file ``path``."""
    return {
        "ENGINE": "newsroom.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "OPTIONS": {
            # A transaction that starts as a reader and then writes would fail at once when
            # another process wrote in between; this one waits its turn instead.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_START,
        },
    }


def database(text: str) -> Settings:
    """``sqlite:///path`` or ``postgres://user:password@host:port/name?sslmode=…``."""
    parts = urlsplit(text)
    if parts.scheme == "sqlite":
        return sqlite(_file_path(parts))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError
    options = _parameters(parts, POSTGRESQL_OPTIONS | {"host"})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _last_part(parts),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder does not fit where a host stands, hence the parameter, as in libpq.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def databases(text: str) -> list[Settings]:
    """Several databases, separated by commas."""
    return [database(word.strip()) for word in text.split(",")]


def local_cache() -> Settings:
    """A cache in the memory of each process."""
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def cache(text: str) -> Settings:
    """``locmem:``, ``file:///folder``, ``db://table`` or ``valkey://user:password@host:port/0``."""
    parts = urlsplit(text)
    if parts.scheme == "locmem":
        if parts.netloc or parts.path or parts.query:
            raise ValueError
        return local_cache()
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": _file_path(parts),
        }
    if parts.scheme == "db":
        if not parts.netloc.isidentifier() or parts.path or parts.query:
            raise ValueError
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": parts.netloc,
        }
    schemes = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.port == 0:
        raise ValueError
    if not parts.path.lstrip("/").isdigit() and parts.path not in {"", "/"}:
        raise ValueError
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": parts._replace(scheme=schemes[parts.scheme]).geturl(),
    }


def folder_storage(path: Path) -> Settings:
    """Media in the folder ``path``, served at ``/media/``."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": path, "base_url": "/media/"},
    }


def storage(text: str) -> Settings:
    """``file:///folder`` or ``s3://key:secret@bucket/prefix?region=…&endpoint=…&public=…``.

    ``public`` is the address under which readers reach the bucket; without it they are sent to
    the bucket itself. Without key and secret the machine's own AWS credentials are used.
    """
    parts = urlsplit(text)
    if parts.scheme == "file":
        return folder_storage(_file_path(parts))
    if parts.scheme != "s3" or not parts.hostname or bool(parts.username) != bool(parts.password):
        raise ValueError
    options = _parameters(parts, {"region", "endpoint", "public"})
    region, endpoint = options.get("region"), options.get("endpoint")
    if not region and not endpoint:
        raise ValueError
    home = f"{endpoint}/{parts.hostname}"
    if not endpoint:
        home = f"https://{parts.hostname}.s3.{region}.amazonaws.com"
    public = urlsplit(options.get("public", home))
    if public.scheme not in {"http", "https"} or not public.netloc:
        raise ValueError
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username) if parts.username else None,
            "secret_key": unquote(parts.password) if parts.password else None,
            "bucket_name": parts.hostname,
            "location": parts.path.strip("/"),
            "region_name": region,
            "endpoint_url": endpoint,
            "custom_domain": (public.netloc + public.path).rstrip("/"),
            "url_protocol": f"{public.scheme}:",
            "querystring_auth": False,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": FOR_EVER},
        },
    }


def storage_origin(config: Settings) -> str:
    """Where a browser fetches media from: ``scheme://host``, or "" for this site itself."""
    options = config["OPTIONS"]
    if "custom_domain" not in options:
        return ""
    return f"{options['url_protocol']}//{options['custom_domain'].partition('/')[0]}"


def mail_folder(path: Path) -> Settings:
    """Mail is written to files in the folder ``path``, for a site that does not send any."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": path,
    }


def mail(text: str) -> Settings:
    """``console:``, ``file:///folder`` or ``smtp://user:password@host:port``.

    ``smtp+tls`` starts in clear and switches to TLS (port 587), ``smtps`` speaks it from the
    first byte (port 465).
    """
    parts = urlsplit(text)
    if parts.scheme == "console" and not parts.netloc and not parts.path:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        return mail_folder(_file_path(parts))
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def _file_path(parts: SplitResult) -> Path:
    """The path in ``scheme:///path`` (relative) or ``scheme:////path`` and ``file:///path``."""
    if parts.netloc or parts.query or parts.fragment:
        raise ValueError
    path = unquote(parts.path)
    if parts.scheme == "sqlite":
        path = path.removeprefix("/")
    if not path.strip("/"):
        raise ValueError
    return Path(path).resolve()


def _last_part(parts: SplitResult) -> str:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name or parts.fragment:
        raise ValueError
    return name


def _parameters(parts: SplitResult, known: set[str]) -> dict[str, str]:
    pairs = parse_qsl(parts.query, strict_parsing=True) if parts.query else []
    if {key for key, _ in pairs} - known or len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)
