"""Asks the API everything that its description allows, and everything that it does not.

Schemathesis makes the requests of the schema and checks each answer against it: no error of the
server, no status, header, type or shape that is not described, nothing refused that is allowed or
taken that is not, and no way past the keys.
"""

import logging
import re
from collections.abc import Iterator
from traceback import format_exception
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from articles.api import keys
from articles.models import Scope
from tests import factories
from tests.api.conftest import Archive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEW = hypothesis.settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)
REASONED = ["400", "406", "410", "412", "413", "415", "422"]
MODES = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING]
ALIKE = re.compile(
    "(people|organisations|tags|sections|authors)_"
    "|articles_(submit|send_back|withdraw|deindex|reindex|restore|revert)"
)
"""What is of one make with places or with publishing is not asked at every bound of every value."""


@pytest.fixture
def described(archive: Archive) -> Iterator[Any]:
    """The API of a small archive as it describes itself, asked without a server."""
    factories.make_comment(archive.article)
    # As Django's own test client does: a request ends, the test's transaction goes on.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    logging.disable(logging.ERROR)
    described = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    # What is well formed may still name what is not there, or what does not go together.
    checks = described.config.checks
    checks.positive_data_acceptance.expected_statuses += REASONED
    checks.negative_data_rejection.expected_statuses += REASONED
    yield described
    logging.disable(logging.NOTSET)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def key(db: None) -> str:
    """What an editor writes with."""
    return keys.make("A desk", user=factories.make_staff(), scopes=list(Scope))[1]


def faults(described: Any, **headers: str) -> dict[str, str]:
    """What is wrong with the answers to each operation; what a request has done is taken back."""

    def ask(case: Any) -> None:
        with transaction.atomic():
            case.call_and_validate(headers={"Accept-Encoding": "identity"} | headers)
            transaction.set_rollback(True)

    found = {}
    for result in described.get_all_operations():
        operation = result.ok()
        name = operation.definition.raw["operationId"]
        modes = MODES if ALIKE.match(name) else [*MODES, HypothesisTestMode.COVERAGE]
        config = HypothesisTestConfig(project=described.config, modes=modes, settings=FEW)
        try:
            create_test(operation=operation, test_func=ask, config=config)()
        except (FailureGroup, BaseExceptionGroup, Exception) as error:  # noqa: BLE001
            found[operation.label] = "".join(format_exception(error))
    return found


def test_as_anybody(described: Any) -> None:
    reading = described.include(method="GET")
    leaving = described.include(operation_id="articles_comments_create")
    assert faults(reading) | faults(leaving) == {}


def test_as_an_editor(described: Any, key: str) -> None:
    writing = described.exclude(method="GET")
    drafts = described.include(operation_id=["articles_list", "articles_get"])
    sent = {"Authorization": f"Bearer {key}"}
    assert faults(writing, **sent) | faults(drafts, **sent) == {}


def test_one_thing_after_another(described: Any, key: str) -> None:
    """What is made is found, changed and deleted by the links of the schema."""
    # Every request carries the key, also where a wrong one is made up, as the tests above try.
    described.config.checks.ignored_auth.enabled = False

    class Session(described.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.doings = transaction.atomic()
            self.doings.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.doings.__exit__(None, None, None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            sent = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
            return {"headers": sent}

    settings = hypothesis.settings(FEW, max_examples=6, stateful_step_count=6)
    Session.run(settings=settings)
