"""Signs what is sent, by the Standard Webhooks conventions (standardwebhooks.com, version 1)."""

import base64
import hashlib
import hmac
import secrets

_PREFIX = "whsec_"
_BYTES = 32


def make_secret() -> str:
    """A new secret, as a receiver takes it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(secret: str, key: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a message: ``key`` names it, the same at every attempt, ``timestamp`` (seconds
    since 1970) is when it is sent."""
    signed = f"{key}.{timestamp}.".encode() + body
    known = base64.b64decode(secret.removeprefix(_PREFIX))
    signature = base64.b64encode(hmac.new(known, signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
