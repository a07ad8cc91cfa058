"""Puts the whole description in order, after every operation has been described."""

from typing import Any

from articles.api.schema import answers, forms
from articles.api.schema.examples import BODIES, DESCRIPTIONS, PARAMETERS
from articles.api.schema.links import add_links

Schema = dict[str, Any]

TAGS = {
    "about": "Where everything is.",
    "articles": "What was published, and what is done with it.",
    "changes": "What happened to articles, in order, for whoever keeps a copy.",
    "months": "The archive a month at a time.",
    "comments": "What readers said.",
    "places": "The gazetteer.",
    "people": "Who is named.",
    "organisations": "Which parties, agencies and companies are named.",
    "tags": "The archive's own subjects.",
    "sections": "The parts of the paper.",
    "authors": "Bylines.",
    "images": "Pictures, with their renditions.",
}
"""What the operations are about, in the order in which one reads of them."""


def finish(result: Schema, **kwargs: Any) -> Schema:
    """Add to the description what belongs to all: headers, examples, links, the order."""
    components = result["components"]
    components["schemas"].update({**forms.COMPONENTS, **answers.COMPONENTS})
    for schema in components["schemas"].values():
        if "discriminator" not in schema and "oneOf" in schema:
            # Nothing says which it is, and what is short may pass for several.
            schema["anyOf"] = schema.pop("oneOf")
    components["headers"] = dict(answers.HEADERS)
    components["responses"] = answers.responses()
    operations: dict[str, Schema] = {}
    for methods in result["paths"].values():
        for method, operation in methods.items():
            operations[operation["operationId"]] = operation
            _add_headers(method.upper(), operation)
            _add_examples(operation)
            _let_fields_be_left_out(operation, components["schemas"])
    add_links(operations)
    order = {name: place for place, name in enumerate(TAGS)}
    result["paths"] = dict(
        sorted(result["paths"].items(), key=lambda pair: order[_tag_of(pair[1])])
    )
    result["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    return result


def _tag_of(methods: Schema) -> str:
    (tag,) = next(iter(methods.values()))["tags"]
    return str(tag)


def _add_headers(method: str, operation: Schema) -> None:
    for status, answer in operation["responses"].items():
        if "$ref" in answer:
            continue  # which has them already
        described = answer.setdefault("headers", {})
        for name in answers.headers(operation["operationId"], method, status):
            described.setdefault(name, {"$ref": f"#/components/headers/{name}"})


def _add_examples(operation: Schema) -> None:
    for parameter in operation.get("parameters", ()):
        if not parameter.get("description") and parameter["name"] in DESCRIPTIONS:
            parameter["description"] = DESCRIPTIONS[parameter["name"]]
        allowed = parameter["schema"].get("enum")
        name = parameter["name"]
        example = PARAMETERS.get(f"{operation['operationId']}.{name}", PARAMETERS.get(name))
        if allowed and example not in allowed:
            example = allowed[-1]
        if example is not None and "examples" not in parameter:
            parameter.setdefault("example", example)
    body = BODIES.get(operation["operationId"])
    if body is not None and "requestBody" in operation:
        for content in operation["requestBody"]["content"].values():
            content.setdefault("example", body)


def _let_fields_be_left_out(operation: Schema, schemas: Schema) -> None:
    """Require no key of what ``fields`` may leave keys out of."""
    if not any(parameter["name"] == "fields" for parameter in operation.get("parameters", ())):
        return
    content = operation["responses"]["200"]["content"].get("application/json")
    if content is None:
        return
    schema = _resolved(content["schema"], schemas)
    results = schema.get("properties", {}).get("results")
    thing = _resolved(results["items"], schemas) if results else schema
    thing.pop("required", None)


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Schema = schemas[name] if name else schema
    return found
