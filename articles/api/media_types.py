"""Writes answers as JSON and reads what is sent."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.utils.functional import Promise
from rest_framework.exceptions import ParseError, UnsupportedMediaType, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from articles.api import json_text


class JSONRenderer(BaseRenderer):
    """Answers in UTF-8, times as ISO 8601 with their offset."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=_plain)


class JSONParser(BaseParser):
    """Reads a JSON body in UTF-8, the only encoding JSON has; how large it may be, its headers have
    said (see ``bodies``)."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        charset = _charset(media_type or "")
        if charset not in ("", "utf-8", "utf8"):
            raise UnsupportedMediaType(charset, f"JSON is read as UTF-8, not as “{charset[:50]}”.")
        try:
            return json_text.read(stream.read())
        except json_text.Unfit as error:
            # What is said of the whole body, under "detail", is one text and no list.
            if error.name in ("", "detail"):
                raise ParseError(str(error)) from error
            raise ValidationError({error.name: [error.reason]}) from error
        except ValueError as error:
            raise ParseError(f"The body is not JSON as it is read here: {error}.") from error


def _charset(media_type: str) -> str:
    for parameter in media_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def _plain(value: object) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
