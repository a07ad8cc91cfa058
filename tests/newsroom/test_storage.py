"""Media may lie in an S3 bucket, and readers fetch them from there."""

from urllib.request import urlopen

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom import services

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}


@pytest.fixture
def bucket(s3: str, settings) -> str:
    """The public address of an empty bucket that holds the site's media."""
    boto3.client("s3", endpoint_url=s3, region_name="us-east-1", **KEYS).create_bucket(
        Bucket="media", ACL="public-read"
    )
    address = f"s3://key:secret@media/archive?region=us-east-1&endpoint={s3}"
    settings.STORAGES = settings.STORAGES | {"default": services.storage(address)}
    return f"{s3}/media"


def test_a_file_kept_in_a_bucket_is_read_back_and_linked(bucket):
    name = default_storage.save("1935/quetta.txt", ContentFile(b"after the earthquake"))

    assert default_storage.open(name).read() == b"after the earthquake"
    assert default_storage.url(name) == f"{bucket}/archive/1935/quetta.txt"
    with urlopen(default_storage.url(name)) as answer:
        assert answer.read() == b"after the earthquake"


def test_a_second_file_of_the_same_name_does_not_replace_the_first(bucket):
    first = default_storage.save("map.svg", ContentFile(b"first"))
    second = default_storage.save("map.svg", ContentFile(b"second"))

    assert first != second
    assert default_storage.open(first).read() == b"first"
