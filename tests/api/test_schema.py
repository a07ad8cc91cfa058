"""The description of the API: complete, in order, and true of every answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import DjangoDbBlocker, Settings

from articles.search.asking.criteria import PARAMETERS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    with django_db_blocker.unblock():
        return Client().get("/api/v1/schema/").json()


def operations(schema: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_valid(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(schema).validate()


def test_it_is_also_given_as_yaml(client: Client) -> None:
    response = client.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi"})
    assert response.content.startswith(b"openapi: 3.1")
    assert client.get("/api/v1/schema/?format=yaml").content == response.content


def test_it_names_the_address_by_which_it_was_asked(client: Client, settings: Settings) -> None:
    assert client.get("/api/v1/schema/").json()["servers"] == [{"url": "http://testserver"}]
    settings.NAMED_HOSTS = ["archive.example.org"]
    settings.SITE_URL = "https://archive.example.org"
    servers = client.get("/api/v1/schema/").json()["servers"]
    assert servers == [{"url": "https://archive.example.org"}]


def test_it_describes_every_parameter_with_an_example(schema: Any) -> None:
    named = {
        parameter["name"] for parameter in schema["paths"]["/api/v1/articles/"]["get"]["parameters"]
    }
    assert set(PARAMETERS) <= named
    for path, method, operation in operations(schema):
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (path, method, parameter)
            if parameter["in"] == "query" and parameter["name"] != "cursor":
                shown = parameter.keys() & {"example", "examples"}
                assert shown or "enum" in parameter["schema"], (path, method, parameter)


def test_every_operation_has_a_name_a_description_and_a_place(schema: Any) -> None:
    places = [tag["name"] for tag in schema["tags"]]
    found = list(operations(schema))
    assert len({operation["operationId"] for _, _, operation in found}) == len(found)
    for path, method, operation in found:
        assert operation.get("description"), (method, path)
        assert operation["tags"][0] in places
    order = [places.index(operation["tags"][0]) for _, _, operation in found]
    assert order == sorted(order)


def test_every_way_to_end_has_its_reason_and_its_headers(schema: Any) -> None:
    for path, method, operation in operations(schema):
        ends = {
            status: schema["components"]["responses"][answer["$ref"].split("/")[-1]]
            if "$ref" in answer
            else answer
            for status, answer in operation["responses"].items()
        }
        assert {"400", "401", "405", "406", "414", "429"} <= ends.keys(), (method, path)
        assert ({"411", "413", "415"} <= ends.keys()) == (method != "get")
        assert ("304" in ends) == (method == "get")
        assert ("404" in ends) == ("{" in path)
        for status, answer in ends.items():
            assert {"Cache-Control", "RateLimit", "Vary"} <= answer["headers"].keys()
            assert answer.get("description") is not None, (method, path, status)
        assert "Retry-After" in ends["429"]["headers"]
        assert "WWW-Authenticate" in ends["401"]["headers"]
        assert "Allow" in ends["405"]["headers"]


@pytest.mark.parametrize(
    ("path", "moves"), [("places", True), ("tags", True), ("sections", True), ("comments", False)]
)
def test_what_had_another_slug_may_lead_on(schema: Any, path: str, moves: bool) -> None:
    ends = schema["paths"][f"/api/v1/{path}/{{key}}/"]["get"]["responses"]
    assert ("301" in ends) == moves
    assert "Location" in schema["components"]["responses"]["MovedPermanently"]["headers"]


def test_what_is_written_takes_a_key(schema: Any) -> None:
    for path, method, operation in operations(schema):
        is_open = method == "get" or path == "/api/v1/articles/{article}/comments/"
        assert ({} in operation["security"]) == is_open, (method, path)


def test_what_a_reader_cannot_ask_of_a_comment_is_said(schema: Any) -> None:
    posted = schema["paths"]["/api/v1/articles/{article}/comments/"]["post"]
    said = {parameter["name"]: parameter["description"] for parameter in posted["parameters"]}
    for name in ("dry_run", "Idempotency-Key"):
        assert "Only with a key that moderates" in said[name]


def test_lists_lead_to_what_they_hold_and_what_is_made_to_itself(schema: Any) -> None:
    paths = schema["paths"]
    listed = paths["/api/v1/places/"]["get"]["responses"]["200"]["links"]
    assert listed["places_get"]["parameters"] == {"key": "$response.body#/results/0/id"}
    made = paths["/api/v1/articles/"]["post"]["responses"]["201"]["links"]
    assert {"articles_get", "articles_change", "articles_publish"} <= made.keys()


def test_every_form_of_an_answer_is_described(schema: Any) -> None:
    answers = schema["paths"]["/api/v1/articles/"]["get"]["responses"]["200"]["content"]
    assert list(answers) == [
        "application/json",
        "application/ninjs+json",
        "application/feed+json",
        "text/csv",
    ]
    assert answers["text/csv"]["schema"]["type"] == "string"
