"""The straight path of a write, from the key that asks for it to its answer."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Refused
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.utils.http import http_date
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.authentication import caller
from articles.api.etags import etag_of
from articles.api.media_types import JSONRenderer
from articles.api.views.base import Endpoint
from articles.api.writing import idempotency
from articles.api.writing.preconditions import require_match
from articles.api.writing.refusals import Conflict, answer_to
from articles.models import ApiKey, IdempotentRequest, Scope

DRY_RUN = "dry_run"

_TRIES = 3
_LOCK = 0x77726974  # any number that no other lock is known by


@dataclass(frozen=True, slots=True)
class Written:
    """What a write has come to, and its answer.

    ``created_at`` is the address of what was made; ``is_of`` the address that a GET of answers the
    same ``data``, where it is not the one that was written to. What is no GET's answer at all is
    not ``is_tagged``. ``modified`` is when the thing changed last.
    """

    data: Any = None
    status: int = status.HTTP_200_OK
    created_at: str = ""
    is_of: str = ""
    is_tagged: bool = True
    modified: datetime | None = None


NOTHING = Written(status=status.HTTP_204_NO_CONTENT, is_tagged=False)
"""It is deleted, and there is nothing more to say."""


class WritingEndpoint(Endpoint):
    """An endpoint whose handlers of POST, PUT, PATCH and DELETE call ``create`` or ``change``.

    ``needs`` is the scope that they take, ``names`` what fields are called in the API where that
    is not what the models call them. ``is_dry_run`` says that all is only tried: done, answered and
    taken back; what a handler does besides the database, it then leaves out.
    """

    is_dry_run = False

    needs: ClassVar[Scope] = Scope.WRITE
    names: ClassVar[Mapping[str, str]] = {}

    def subject(self, by: User) -> Any:
        """The object that is written, its row locked. Raises ``Http404`` where the caller may not
        see any."""
        raise NotImplementedError

    def represent(self, subject: Any) -> Any:
        """What a GET of the object without parameters, by the same key, answers now; None where
        it finds nothing."""
        raise NotImplementedError

    def create(self, act: Callable[[User], Written]) -> Response:
        """Answer what ``act`` has made for the account that it is given."""
        return self._once(act)

    def change(self, act: Callable[[User, Any], Written]) -> Response:
        """Answer what ``act`` has done with the ``subject``, if it is as If-Match says."""

        def on_subject(by: User) -> Written:
            subject = self.subject(by)
            require_match(self.request.headers.get("If-Match"), lambda: self._tag(subject))
            return act(by, subject)

        return self._once(on_subject)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS:
            self.is_dry_run = _is_true(request.query_params, DRY_RUN)

    def allowed_parameters(self) -> set[str]:
        is_read = self.request.method in SAFE_METHODS
        return super().allowed_parameters() if is_read else {DRY_RUN}

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        if request.method not in SAFE_METHODS:
            final.headers["Cache-Control"] = "private, no-store"
            if self.is_dry_run:
                final.headers["Dry-Run"] = "true"
        return final

    def _once(self, act: Callable[[User], Written]) -> Response:
        by = caller(self.request, self.needs)
        key = None if self.is_dry_run else idempotency.key_of(self.request)
        if key is None:
            return self._perform(act, by)
        api_key = self.request.auth
        assert isinstance(api_key, ApiKey)
        fingerprint = idempotency.fingerprint_of(self.request)
        row, is_answered = idempotency.reserve(api_key, key, fingerprint)
        if is_answered:
            headers = {**row.headers, idempotency.REPLAYED: "true"}
            return _Rendered(bytes(row.body), row.status or status.HTTP_200_OK, headers)
        try:
            return self._perform(act, by, row)
        except BaseException:
            idempotency.free(row)
            raise

    def _perform(
        self, act: Callable[[User], Written], by: User, row: IdempotentRequest | None = None
    ) -> Response:
        """Do it, in one transaction with the answer that is kept in ``row``.

        Whoever writes what another has just written, such as the same new tag, tries again and
        finds it there.
        """
        for tries in range(_TRIES - 1):
            with suppress(IntegrityError):
                return self._try(act, by, row, is_repeated=tries > 0)
        try:
            return self._try(act, by, row, is_repeated=True)
        except IntegrityError as error:
            reason = "Somebody wrote the same at the same moment. Look, and send it again."
            raise Conflict(reason) from error

    def _try(
        self,
        act: Callable[[User], Written],
        by: User,
        row: IdempotentRequest | None,
        *,
        is_repeated: bool,
    ) -> Response:
        try:
            with transaction.atomic():
                if is_repeated:
                    _wait_for_others()
                written = act(by)
                content, headers = self._content(written)
                if row:
                    idempotency.store(row, written.status, headers, content)
                if self.is_dry_run:
                    transaction.set_rollback(True)
        except Refused as refused:
            raise answer_to(refused, self.names) from refused
        return _Rendered(content, written.status, headers)

    def _content(self, written: Written) -> tuple[bytes, dict[str, str]]:
        content = JSONRenderer().render(written.data)
        headers = {"Content-Type": JSONRenderer.media_type} if content else {}
        if self.is_dry_run:  # what it made is nowhere, and never will be as it is here
            return content, headers
        if written.is_tagged:
            headers["ETag"] = etag_of(content)
        if written.modified:
            headers["Last-Modified"] = http_date(written.modified.timestamp())
        if written.created_at:
            headers["Location"] = written.created_at
        if written.is_of:
            headers["Content-Location"] = written.is_of
        return content, headers

    def _tag(self, subject: Any) -> str | None:
        present = self.represent(subject)
        return None if present is None else etag_of(JSONRenderer().render(present))


def _wait_for_others() -> None:
    """Let those that try again do so one by one, until each of their transactions ends."""
    if connection.vendor == "postgresql":  # SQLite has one writer at a time as it is
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _is_true(params: QueryDict, name: str) -> bool:
    value = params.get(name, "false")
    if value not in ("true", "false"):
        raise ValidationError({name: [f"“{value}” is none of: true, false."]})
    return value == "true"


class _Rendered(Response):
    """An answer whose content is known to the byte."""

    def __init__(self, content: bytes, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(status=status, headers=dict(headers))
        if not content:
            del self.headers["Content-Type"]
        self.bytes = content

    @property
    def rendered_content(self) -> bytes:  # type: ignore[override]
        return self.bytes
