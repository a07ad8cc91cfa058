"""``Idempotency-Key``: a request that is sent twice is done once.

As in the IETF's draft-ietf-httpapi-idempotency-key-header. The key is reserved before anything
is done, in a transaction of its own; the answer is stored in the transaction of what it tells of,
so that there is never the one without the other.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from articles.api.writing.refusals import Conflict, KeyUsedOtherwise
from articles.models import ApiKey, IdempotentRequest

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"

KEPT = timedelta(hours=24)
"""For how long a repeated request gets the same answer."""

ABANDONED = timedelta(minutes=5)
"""After how long a request that was never answered counts as dead, and its key as free."""

LONGEST = 200

_CLEARED = 500
_FORM = re.compile(rf'"?([\x21\x23-\x7e]{{1,{LONGEST}}})"?')


def key_of(request: Request) -> str | None:
    """The key a client has chosen, with or without the quotes of a structured field.

    Raises ``ValidationError`` for what can be none.
    """
    text = request.headers.get(HEADER)
    if text is None:
        return None
    match = _FORM.fullmatch(text.strip())
    if match is None:
        reason = f"1 to {LONGEST} printable ASCII characters without spaces, such as a UUID."
        raise ValidationError({HEADER: [reason]})
    return match[1]


def fingerprint_of(request: Request) -> str:
    """What tells one request from another: method, address and the fields that were sent."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    for part in _content(request.data):
        digest.update(part)
    return digest.hexdigest()


def reserve(api_key: ApiKey, key: str, fingerprint: str) -> tuple[IdempotentRequest, bool]:
    """The row of this request, and whether it was answered already.

    Raises ``KeyUsedOtherwise`` when the key came with another request, ``Conflict`` while the
    first one is still being answered.
    """
    rows = IdempotentRequest.objects.filter(api_key=api_key, key=key)
    now = timezone.now()
    with transaction.atomic():
        rows.filter(created_at__lt=now - KEPT).delete()
        rows.filter(created_at__lt=now - ABANDONED, status__isnull=True).delete()
        row, is_new = IdempotentRequest.objects.get_or_create(
            api_key=api_key, key=key, defaults={"fingerprint": fingerprint}
        )
    if is_new:
        return row, False
    if row.fingerprint != fingerprint:
        raise KeyUsedOtherwise(f"This {HEADER} came with another request. Choose a new one.")
    if row.status is None:
        raise Conflict("The first of these requests is still being answered.", wait=1)
    return row, True


def store(row: IdempotentRequest, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Keep the answer, in the caller's transaction.

    Raises ``Conflict`` when the key was given to another meanwhile, for this took too long.
    """
    waiting = IdempotentRequest.objects.filter(pk=row.pk, status__isnull=True)
    if not waiting.update(status=status, headers=dict(headers), body=body):
        raise Conflict("This took so long that it was given up. Ask what became of it.")


def free(row: IdempotentRequest) -> None:
    """Forget a request that came to nothing, so that it can be sent again, mended or not."""
    IdempotentRequest.objects.filter(pk=row.pk, status__isnull=True).delete()


def clear_out() -> bool:
    """Delete some of the answers that are kept no longer; whether there may be more."""
    old = IdempotentRequest.objects.filter(created_at__lt=timezone.now() - KEPT)
    some = list(old.order_by("created_at").values_list("pk", flat=True)[:_CLEARED])
    IdempotentRequest.objects.filter(pk__in=some).delete()
    return len(some) == _CLEARED


def _content(data: Any) -> Iterator[bytes]:
    """What was sent, in a form that is the same for the same: a form's boundary is new each time,
    and the order of keys in JSON says nothing."""
    if not hasattr(data, "lists"):
        yield orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
        return
    for name, values in sorted(data.lists()):
        for value in values:
            yield f"\n{name}\n".encode()
            if hasattr(value, "chunks"):
                yield from value.chunks()
                value.seek(0)
            else:
                yield str(value).encode()
