"""Baked files go to a folder or to a bucket, whole or not at all."""

import boto3
import pytest

from articles.baking.baker import bake
from articles.baking.site import home_of_bucket, site_in
from articles.baking.stores import Bucket, Folder
from articles.models import Article
from tests.baking.archive import PICTURE
from tests.factories import make_comment

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}


@pytest.fixture
def folder(tmp_path):
    for name in ("public", "aside"):
        (tmp_path / name).mkdir()
    return Folder(tmp_path / "public", tmp_path / "aside")


def test_a_page_is_replaced_with_all_its_forms_and_taken_away_with_its_empty_folders(folder):
    folder.write("2026/02/index.html", b"one", "text/html", "")
    folder.write("2026/index.html", b"year", "text/html", "")
    folder.write("2026/02/index.html", b"two", "text/html", "")
    assert (folder.root / "2026/02/index.html").read_bytes() == b"two"
    assert len(list((folder.root / "2026/02").iterdir())) == 3

    folder.remove("2026/02/index.html")
    folder.remove("2026/02/index.html")

    assert not (folder.root / "2026/02").exists()
    assert (folder.root / "2026/index.html").exists()


def test_a_picture_takes_no_room_twice_unless_only_its_owner_can_read_it(folder, tmp_path):
    picture, secret = tmp_path / "picture.jpg", tmp_path / "secret.jpg"
    for source, mode in ((picture, 0o644), (secret, 0o600)):
        source.write_bytes(b"a picture")
        source.chmod(mode)
        folder.copy(f"media/{source.name}", source, "image/jpeg", "")

    assert (folder.root / "media/picture.jpg").samefile(picture)
    copy = folder.root / "media/secret.jpg"
    assert copy.read_bytes() == b"a picture"
    assert copy.stat().st_mode & 0o004


@pytest.mark.parametrize("address", ["file:///tmp", "s3://bucket", "s3://", "https://example.org"])
def test_what_names_no_bucket_is_refused(address):
    with pytest.raises(ValueError):
        Bucket(address)


@pytest.mark.django_db
def test_a_site_is_baked_into_a_bucket_and_kept_fresh_there(archive, s3, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    client = boto3.client("s3", endpoint_url=s3, region_name="us-east-1", **KEYS)
    client.create_bucket(Bucket="baked")
    address = f"s3://key:secret@baked/archive?region=us-east-1&endpoint={s3}"

    def bake_it() -> int:
        with site_in(home_of_bucket(address), address) as site:
            return bake(site).written

    def objects() -> dict[str, str]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket="baked")
        return {one["Key"]: one["ETag"] for page in pages for one in page["Contents"]}

    bake_it()
    first = objects()
    page = client.get_object(Bucket="baked", Key="archive/2026/02/03/snow/index.html")
    assert b"It is cold." in page["Body"].read()
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, no-cache"
    assert {f"archive/media/{PICTURE}", "archive/feed/index.xml"} <= first.keys()
    assert bake_it() == 0

    make_comment(Article.objects.get(slug="snow"), text="For days.")
    bake_it()

    second = objects()
    assert first.keys() == second.keys()
    changed = {key for key in first if first[key] != second[key]}
    assert "archive/2026/02/03/snow/index.html" in changed
    assert "archive/2026/02/05/wind/index.html" not in changed


def test_what_never_changes_is_put_into_a_bucket_once(s3, tmp_path):
    client = boto3.client("s3", endpoint_url=s3, region_name="us-east-1", **KEYS)
    client.create_bucket(Bucket="once")
    store = Bucket(f"s3://key:secret@once/archive?region=us-east-1&endpoint={s3}")
    picture = tmp_path / "picture.jpg"
    for content in (b"first", b"second"):
        picture.write_bytes(content)
        store.copy("media/a/picture.jpg", picture, "image/jpeg", "")
    store.copy("media/b/picture.jpg", picture, "image/jpeg", "")

    there = client.get_object(Bucket="once", Key="archive/media/a/picture.jpg")
    assert there["Body"].read() == b"first"
    assert list(store.names("media", "")) == ["media/a/picture.jpg", "media/b/picture.jpg"]
    assert list(store.names("media", "media/a/picture.jpg")) == ["media/b/picture.jpg"]
