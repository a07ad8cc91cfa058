"""Web addresses in what readers type: found, judged, and shown as what they are."""

import re
import unicodedata
from urllib.parse import urlsplit

ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

_SENTENCE_ENDS = frozenset(".,;:!?'’”»…]}*_`")
# A browser reads these otherwise than they look: a backslash as a slash, %65 as e.
_NOT_IN_A_HOST = frozenset("@\\%^|`{}")
_LAST_PLAIN_LATIN = "\u024f"


def without_sentence_end(address: str) -> str:
    """``address`` without the punctuation of the sentence around it, brackets included, but with
    a closing bracket of its own, as in ``/wiki/Quetta_(city)``."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while address[end - 1] in _SENTENCE_ENDS or (address[end - 1] == ")" and surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def host_of(address: str) -> str:
    """The host that a browser would turn to, as it may be shown; empty when the address cannot
    be read or hides where it leads.

    In ``https://bank.example@evil.example`` the reader sees one site and gets another.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    if _NOT_IN_A_HOST & set(parts.netloc) or not any(map(str.isalnum, host)):
        return ""
    return _told_apart(host)


def shown(address: str, host: str) -> str:
    """The address with its host as ``host_of`` gives it."""
    scheme, separator, rest = address.partition("://")
    end = next((i for i, character in enumerate(rest) if character in "/?#"), len(rest))
    if rest[:end].isascii():
        return address
    _, colon, port = rest[:end].rpartition(":")
    return f"{scheme}{separator}{host}{colon}{port if colon else ''}{rest[end:]}"


def _told_apart(host: str) -> str:
    """The host; where its letters are of several scripts, as in an ``аpple.example`` that begins
    with a Cyrillic letter, in the form that names have on the wire (RFC 3492)."""
    if host.isascii():
        return host
    host = unicodedata.normalize("NFKC", host).lower()
    if len({_script(character) for character in host if character.isalpha()}) < 2:
        return host
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}"
        for label in host.split(".")
    )


def _script(letter: str) -> str:
    """The script of a letter by its name; phonetic and other rare Latin letters, which look like
    plain ones, are a script of their own."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "rare" if script == "LATIN" and letter > _LAST_PLAIN_LATIN else script
