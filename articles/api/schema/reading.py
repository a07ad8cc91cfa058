"""The description as people read it: operations by what they are about, shapes by their keys."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from drf_spectacular.generators import SchemaGenerator

from articles.api.schema.examples import NAMING, OF_A_KEY

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a request may carry. ``address`` asks with its example, if one can."""

    name: str
    place: str
    kind: str
    text: SafeString
    example: str
    address: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key of what is sent or answered."""

    name: str
    kind: str
    shape: str
    text: SafeString
    is_required: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What is sent or answered: an object with ``keys``, or one of ``alternatives``."""

    name: str
    text: SafeString
    keys: list[Key]
    alternatives: list[str]


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    method: str
    path: str
    text: SafeString
    takes_key: bool
    parameters: list[Parameter]
    sent: list[tuple[str, str]]
    """Each media type that is read, and the name of its shape."""
    answers: list[tuple[str, SafeString, str]]
    """Status, reason and the name of the shape."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What some operations are about."""

    name: str
    text: SafeString
    operations: list[Operation]


@cache
def described() -> Schema:
    """The whole description; it changes with the code alone."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    whole: Schema = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    return whole


def subjects(found: Mapping[str, str]) -> list[Subject]:
    """All operations, with examples out of ``found`` where there are such, by operation and
    parameter (``places_list.within``)."""
    whole = described()
    return [
        Subject(
            tag["name"],
            in_html(tag["description"]),
            [
                _operation(*each, found)
                for each in _operations(whole)
                if each[2]["tags"] == [tag["name"]]
            ],
        )
        for tag in whole["tags"]
    ]


@cache
def shapes() -> list[Shape]:
    """Whatever is sent and answered, by name."""
    found = []
    for name, schema in sorted(described()["components"]["schemas"].items()):
        alternatives = [_shape(each) for each in schema.get("anyOf", ())]
        text = in_html(schema.get("description", ""))
        found.append(
            Shape(name, text, list(_keys(schema)), [name for name in alternatives if name])
        )
    return [shape for shape in found if shape.keys or shape.alternatives]


def parameters_of(name: str, found: Mapping[str, str]) -> list[Parameter]:
    """What the operation ``name`` may carry in its address, with examples as in ``subjects``."""
    for path, method, operation in _operations(described()):
        if operation["operationId"] == name:
            parameters = _operation(path, method, operation, found).parameters
            return [parameter for parameter in parameters if parameter.place == "query"]
    raise LookupError(name)


def in_html(text: str) -> SafeString:
    """``text``, in which what stands between backticks is code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))


def _operations(whole: Schema) -> Iterator[tuple[str, str, Schema]]:
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _operation(path: str, method: str, operation: Schema, found: Mapping[str, str]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        in_html(operation.get("description", "")),
        {} not in operation["security"],
        [_parameter(path, operation, each, found) for each in operation.get("parameters", ())],
        [(media_type, _shape(content["schema"])) for media_type, content in body.items()],
        [_answer(status, answer) for status, answer in operation["responses"].items()],
    )


def _parameter(
    path: str, operation: Schema, parameter: Schema, found: Mapping[str, str]
) -> Parameter:
    name = parameter["name"]
    in_archive = found.get(f"{operation['operationId']}.{name}", "")
    example = in_archive or parameter.get("example", "")
    asks = (
        operation["operationId"].endswith("_list")
        and "{" not in path
        and parameter["in"] == "query"
        and example != ""
        and name not in OF_A_KEY
        and (in_archive or name not in NAMING)
    )
    asked = {name: example}
    if example == "csv":  # the whole of a long list is no example
        asked["page_size"] = "20"
    return Parameter(
        name,
        parameter["in"],
        _kind(parameter["schema"]),
        in_html(parameter.get("description", "")),
        str(example),
        f"{path}?{urlencode(asked, quote_via=quote)}" if asks else "",
    )


def _answer(status: str, answer: Schema) -> tuple[str, SafeString, str]:
    if "$ref" in answer:
        answer = described()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    content = answer.get("content", {}).get("application/json", {})
    return status, in_html(answer["description"]), _shape(content.get("schema", {}))


def _keys(schema: Schema) -> Iterator[Key]:
    required = schema.get("required", ())
    for name, key in schema.get("properties", {}).items():
        yield Key(
            name, _kind(key), _shape(key), in_html(key.get("description", "")), name in required
        )


def _shape(schema: Schema) -> str:
    """The name of the shape that ``schema`` refers to, directly or for each of its items."""
    if "$ref" in schema:
        name = str(schema["$ref"].rpartition("/")[2])
        target = described()["components"]["schemas"].get(name, {})
        return name if target.keys() & {"properties", "anyOf"} else ""
    inner = [schema.get("items"), schema.get("properties", {}).get("results")]
    inner += [*schema.get("oneOf", ()), *schema.get("allOf", ()), *schema.get("anyOf", ())]
    return next((name for each in inner if each and (name := _shape(each))), "")


def _kind(schema: Schema) -> str:
    """What a value is, in a word or two."""
    if values := schema.get("enum"):
        return " | ".join(str(value) for value in values if value is not None)
    kind = schema.get("type", "")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{words} ({schema['format']})" if "format" in schema else words
