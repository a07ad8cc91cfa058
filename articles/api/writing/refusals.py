"""Why a write is refused, as the API answers it."""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as Refused
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError

from articles.editing.rules import NOT_NOW


class Conflict(APIException):
    """It cannot be done to the thing as it stands; ``wait`` is after how many seconds it can."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"

    def __init__(self, detail: str, wait: int | None = None) -> None:
        super().__init__(detail)
        if wait is not None:
            self.wait = wait  # which DRF answers as Retry-After


class PreconditionFailed(APIException):
    """The thing is no longer what the client has seen."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"


class KeyUsedOtherwise(APIException):
    """The idempotency key belongs to another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"


def answer_to(refused: Refused, names: Mapping[str, str]) -> APIException:
    """What a verb or a model has refused: 409 where the thing's state forbids it, else 400 with
    the field at fault.

    ``names`` are what fields are called here, where that is not what the model calls them.
    """
    if getattr(refused, "code", None) == NOT_NOW:
        return Conflict(" ".join(refused.messages))
    if not hasattr(refused, "error_dict"):
        return ValidationError({"detail": " ".join(refused.messages)})
    faults: dict[str, list[str] | str] = {}
    for field, messages in refused.message_dict.items():
        if field == NON_FIELD_ERRORS:
            faults["detail"] = " ".join(messages)
        else:
            faults[names.get(field, field)] = messages
    return ValidationError(faults)
