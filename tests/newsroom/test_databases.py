"""Readers are served from replicas, and nobody misses what they just wrote."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.databases import ReplicaReadsMiddleware, ReplicaRouter


@pytest.fixture
def router(settings) -> ReplicaRouter:
    settings.DATABASES = settings.DATABASES | {"replica1": settings.DATABASES["default"]}
    return ReplicaRouter()


def used(router: ReplicaRouter, request, *steps: str) -> list[str]:
    """The databases that the reads among ``steps`` ("read", "write") go to in one request."""
    answers = []

    def view(request) -> HttpResponse:
        for step in steps:
            if step == "read":
                answers.append(router.db_for_read(Group))
            else:
                assert router.db_for_write(Group) == "default"
        return HttpResponse()

    ReplicaReadsMiddleware(view)(request)
    return answers


def test_a_readers_page_comes_from_a_replica(router, transactional_db):
    assert used(router, RequestFactory().get("/"), "read", "read") == ["replica1", "replica1"]


def test_a_request_stays_with_one_replica(router, settings, transactional_db):
    copies = {f"replica{number}": settings.DATABASES["default"] for number in range(1, 5)}
    settings.DATABASES = settings.DATABASES | copies

    for _ in range(10):
        assert len(set(used(router, RequestFactory().get("/"), *["read"] * 10))) == 1


def test_what_a_request_wrote_it_reads_back(router, transactional_db):
    request = RequestFactory().get("/")

    assert used(router, request, "read", "write", "read") == ["replica1", "default"]
    assert used(router, request, "read") == ["replica1"]


def test_a_request_that_may_write_reads_what_is_true_now(router, transactional_db):
    assert used(router, RequestFactory().post("/"), "read") == ["default"]


def test_an_editor_always_reads_what_is_true_now(router, settings, transactional_db):
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "anything"

    assert used(router, request, "read") == ["default"]


def test_a_transaction_reads_where_it_writes(router, transactional_db):
    with transaction.atomic():
        assert used(router, RequestFactory().get("/"), "read") == ["default"]


def test_commands_never_read_from_a_replica(router):
    assert router.db_for_read(Group) == "default"


def test_only_the_first_database_is_migrated(router):
    assert router.allow_migrate("default", "articles")
    assert not router.allow_migrate("replica1", "articles")
