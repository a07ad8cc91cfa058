"""`manage.py bake` says what it did, and fails when a page did."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.baking import oven
from articles.baking.rendering import render
from articles.baking.site import site_in
from articles.management.commands import bake
from tests.baking.archive import published

pytestmark = pytest.mark.django_db


def baked(*options: str) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    out, complaints = StringIO(), StringIO()
    call_command("bake", "--processes=1", *options, stdout=out, stderr=complaints)
    return out.getvalue(), complaints.getvalue()


@pytest.fixture
def place(tmp_path, settings) -> str:
    settings.DATA_DIR = tmp_path
    published("Snow")
    return f"--to={tmp_path}/elsewhere"


def test_it_says_what_became_of_how_many_pages(place, tmp_path):
    out, _ = baked(place)
    assert (tmp_path / "elsewhere/site/public/2026/02/03/snow/index.html").exists()
    assert out.endswith("The headers of pages are new: have nginx reload its configuration.\n")
    assert " pages written, 0 unchanged, 0 gone, 0 left to the application." in out

    out, _ = baked(place)
    assert out == "0 pages written, 0 unchanged, 0 gone, 0 left to the application.\n"


def test_without_a_place_the_site_goes_to_the_data_folder(place, tmp_path):
    baked()
    assert (tmp_path / "baked/site/public/index.html").exists()


def test_a_page_that_fails_is_named_and_the_others_are_there(place, tmp_path, monkeypatch):
    def failing(address: str) -> object:
        if address == "/2026/02/03/snow/":
            raise ValueError("no snow")
        return render(address)

    monkeypatch.setattr(oven, "render", failing)
    complaints = StringIO()

    with pytest.raises(CommandError, match=r"^1 page failed; the others are baked\.$"):
        call_command("bake", "--processes=1", place, stdout=StringIO(), stderr=complaints)

    assert complaints.getvalue() == "/2026/02/03/snow/: ValueError: no snow\n"
    assert (tmp_path / "elsewhere/site/public/2026/02/index.html").exists()


def test_what_fails_is_tried_again_by_the_next_call(place, tmp_path, monkeypatch):
    refused = render("/nothing/")._replace(status="500 Internal Server Error")
    with monkeypatch.context() as broken:
        broken.setattr(oven, "render", lambda address: refused)
        with pytest.raises(CommandError):
            baked(place)

    baked(place)

    assert (tmp_path / "elsewhere/site/public/2026/02/03/snow/index.html").exists()


def test_another_bake_at_the_same_place_is_told_so(place, tmp_path, monkeypatch):
    monkeypatch.setattr(bake, "_PATIENCE", 0)
    with site_in(tmp_path / "elsewhere"), pytest.raises(CommandError, match="Another process"):
        baked(place)


@pytest.mark.parametrize("processes", ["0", "two", "-1", "65"])
def test_processes_are_a_small_number(processes):
    with pytest.raises(CommandError, match="a number from 1 to 64"):
        call_command("bake", f"--processes={processes}")


@pytest.mark.parametrize("address", ["s3://bucket", "s3:bucket", "s3://a:b@c/d?what=1"])
def test_an_address_that_names_no_bucket_is_told_what_one_looks_like(address):
    with pytest.raises(CommandError, match="s3://key:secret@bucket/prefix"):
        call_command("bake", f"--to={address}")
