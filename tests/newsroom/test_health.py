"""/healthz says that the program lives, /readyz whether it can serve and what is wrong."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from newsroom import services

OK = {"database": "ok", "migrations": "ok", "cache": "ok", "storage": "ok"}


def test_the_program_answers_without_a_database(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_site_that_can_serve_is_ready_and_leaves_nothing_behind(client, settings):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": OK}
    assert not list((settings.DATA_DIR / "media" / "readyz").iterdir())


@pytest.mark.django_db
def test_a_missing_migration_is_told(client):
    MigrationRecorder.Migration.objects.filter(app="auth").latest("pk").delete()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "failed", "checks": OK | {"migrations": "failed"}}


@pytest.mark.django_db
def test_a_cache_and_a_storage_out_of_reach_are_told(client, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.CACHES = {"default": services.cache("valkey://127.0.0.1:1/0")}
    settings.STORAGES = settings.STORAGES | {
        "default": services.folder_storage(tmp_path / "file" / "media")
    }

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == OK | {"cache": "failed", "storage": "failed"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_answers_are_never_kept_and_never_written_to(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
    assert client.post(path).status_code == 405
