"""Reads settings from environment variables, strictly.

A variable that is unset or empty takes its default. One that cannot be read ends the start with a
single line that names it and the form it takes; the value itself is never shown, since it may hold
a password.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Callable
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf.locale import LANG_INFO

Value = TypeVar("Value")
Network = IPv4Network | IPv6Network

HOST_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


class InvalidSetting(SystemExit):
    """Ends the process with status 1 and one line on standard error."""

    def __init__(self, name: str, form: str) -> None:
        super().__init__(f"{name} cannot be read: it takes {form}.")


class MissingSetting(SystemExit):
    """Ends the process likewise, for a variable that must be given."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} is not set: {reason}.")


def read(name: str, parse: Callable[[str], Value], default: Value, form: str) -> Value:
    """The value of the variable ``name``, or ``default``.

    ``parse`` raises ValueError for what it cannot read; ``form`` then tells the reader what it
    takes, in words that complete "it takes …".
    """
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError:
        raise InvalidSetting(name, form) from None


def words(text: str) -> list[str]:
    """The parts of a comma-separated value, without the empty ones."""
    return [word for part in text.split(",") if (word := part.strip())]


def boolean(text: str) -> bool:
    try:
        return {"1": True, "true": True, "yes": True, "on": True}[text.lower()]
    except KeyError:
        if text.lower() in {"0", "false", "no", "off"}:
            return False
        raise ValueError from None


def one_of(*choices: str) -> Callable[[str], str]:
    """A parser that accepts exactly these words."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError
        return text

    return parse


def line(text: str) -> str:
    """A text without line breaks and other control characters."""
    if not text.isprintable():
        raise ValueError
    return text


def secret(text: str) -> str:
    """A signing key; a short one could be guessed."""
    if len(text) < 32:
        raise ValueError
    return text


def host_names(text: str) -> list[str]:
    """Host names for ALLOWED_HOSTS; ``*`` is refused, for it would believe any Host header."""
    names = words(text)
    if not names or not all(HOST_NAME.fullmatch(name) for name in names):
        raise ValueError
    return names


def web_origin(text: str) -> str:
    """``scheme://host[:port]`` without a trailing slash."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise ValueError
    if not HOST_NAME.fullmatch(parts.hostname) and ":" not in parts.hostname:
        raise ValueError
    if parts.port == 0 or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError
    return f"{parts.scheme}://{parts.netloc.lower()}"


def networks(text: str) -> list[Network]:
    """Addresses and networks, such as ``127.0.0.1, 10.0.0.0/8``."""
    return [ip_network(word, strict=False) for word in words(text)]


def time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError from None
    return text


def language_code(text: str) -> str:
    """A language that Django has a name for."""
    code = text.lower()
    if code not in LANG_INFO:
        raise ValueError
    return code


def sender(text: str) -> str:
    """``name@host`` or ``Name <name@host>``."""
    address = parseaddr(line(text))[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError
    return text


def data_folder(path: Path) -> Path:
    """``path``, made where it does not exist yet."""
    try:
        # For its owner alone: the database in it holds readers' e-mail addresses.
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError:
        raise InvalidSetting("NEWSROOM_DATA", f"a folder to write to, not {path}") from None
    return path


def kept_secret(path: Path) -> str:
    """The secret kept in the file ``path``, readable by its owner alone; made on the first call.

    Several processes may start at once: each writes its own candidate, and linking lets exactly
    one of them take the name, complete from the first moment it can be seen.
    """
    try:
        if not path.exists():
            with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as file:
                file.write(secrets.token_urlsafe(50))
                file.flush()
                try:
                    os.link(file.name, path)
                except FileExistsError:
                    pass
        return secret(path.read_text().strip())
    except (OSError, ValueError):
        raise InvalidSetting(
            "SECRET_KEY", f"50 random characters; the file {path} that keeps them is unusable"
        ) from None
