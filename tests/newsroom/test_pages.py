"""What every page sends along with itself."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom import services
from newsroom.content_policy import ContentPolicyMiddleware


def directives(response) -> dict[str, str]:
    """The Content-Security-Policy of ``response``, by directive."""
    parts = (part.split(maxsplit=1) for part in response["Content-Security-Policy"].split(";"))
    return dict(parts)


def test_a_page_may_load_nothing_from_elsewhere_and_run_nothing_inline(client):
    policy = directives(client.get("/healthz"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)


def test_a_page_that_asks_for_a_nonce_gets_one_of_its_own():
    nonces = []

    def page(request) -> HttpResponse:
        nonces.append(str(request.csp_nonce))
        return HttpResponse()

    answers = [ContentPolicyMiddleware(page)(RequestFactory().get("/")) for _ in range(2)]

    assert nonces[0] != nonces[1]
    for nonce, answer in zip(nonces, answers, strict=True):
        assert directives(answer)["script-src"] == f"'self' 'nonce-{nonce}'"


def test_a_reader_gets_no_cookie(client):
    assert not client.get("/healthz").cookies


def test_browsers_are_told_to_keep_to_themselves(client):
    answer = client.get("/healthz")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_media_file_is_served_from_the_data_folder(client, settings):
    folder = settings.DATA_DIR / "media"
    folder.mkdir(exist_ok=True)
    (folder / "plan.txt").write_text("Quetta, 1936")

    answer = client.get("/media/plan.txt")

    assert b"".join(answer.streaming_content) == b"Quetta, 1936"
    assert answer["Cache-Control"] == "public, max-age=86400"


def test_a_media_file_that_is_opened_by_itself_runs_nothing(client, settings):
    folder = settings.DATA_DIR / "media"
    folder.mkdir(exist_ok=True)
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    policy = client.get("/media/drawing.svg")["Content-Security-Policy"]

    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["", ".", "../secret_key", "..%2fsecret_key", "/etc/passwd", "absent"]
)
def test_nothing_but_media_files_is_served(client, path):
    assert client.get(f"/media/{path}").status_code in {400, 404}


@pytest.mark.django_db
def test_media_in_a_bucket_are_not_served_from_here(client, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": services.storage("s3://media?region=eu-west-1")
    }

    assert client.get("/media/plan.txt").status_code == 404
