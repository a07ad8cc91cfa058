"""``If-Match``: what somebody else has changed meanwhile is not overwritten."""

import pytest
from django.test import Client

from articles.models import Article, Status
from tests import factories
from tests.api.conftest import make_public
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> Caller:
    return Caller("Editor")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
def test_the_tag_that_was_read_allows_one_change(editor: Caller, status: str) -> None:
    address = f"articles/{make_public('Rain', status=status).pk}/"
    read = editor.send("get", address)["ETag"]
    changed = editor.send("patch", address, {"headline": "Sun"}, If_Match=read)
    assert changed.status_code == 200
    refused = editor.ask("patch", address, {"headline": "Snow"}, 412, If_Match=read)
    assert "no longer what If-Match says" in refused["detail"]
    assert Article.objects.get().headline == "Sun"
    again = editor.send("patch", address, {"headline": "Snow"}, If_Match=changed["ETag"])
    assert again.status_code == 200


def test_every_verb_minds_it(editor: Caller) -> None:
    address = f"articles/{make_public('Rain').pk}/"
    for method, path, body in (
        ("put", address, {"headline": "Sun"}),
        ("delete", address, None),
        ("post", f"{address}publish/", {}),
        ("post", f"{address}correct/", {"wrong": "a", "text": "b"}),
        ("post", f"{address}withdraw/", {"notice": "No."}),
    ):
        editor.ask(method, path, body, 412, If_Match='"old"')
    read = editor.send("get", address)["ETag"]
    verb = editor.send("post", f"{address}deindex/", {}, If_Match=read)
    assert verb.status_code == 200
    assert verb["Content-Location"].endswith(address)
    assert editor.send("get", address)["ETag"] == verb["ETag"]


def test_the_tag_of_a_compressed_answer_is_of_the_same(editor: Caller) -> None:
    address = f"articles/{make_public('Rain', paragraphs=['Rain. ' * 1000]).pk}/"
    read = editor.send("get", address, Accept_Encoding="gzip")
    assert read["Content-Encoding"] == "gzip"
    assert read["ETag"].endswith('-gzip"')
    editor.ask("patch", address, {"headline": "Sun"}, If_Match=read["ETag"])


def test_it_may_name_several_or_any(editor: Caller) -> None:
    address = f"articles/{make_public('Rain').pk}/"
    read = editor.send("get", address)["ETag"]
    editor.ask("patch", address, {"headline": "Sun"}, If_Match=f'"old", {read}')
    editor.ask("patch", address, {"headline": "Sun"}, If_Match="*")
    editor.ask("patch", f"articles/{10**15}/", {}, 404, If_Match="*")


@pytest.mark.parametrize("form", ["W/{}", '"old"', "{}x", "not a tag", ""])
def test_what_is_not_the_tag_does_not_match(editor: Caller, form: str) -> None:
    address = f"articles/{make_public('Rain').pk}/"
    read = editor.send("get", address)["ETag"]
    sent = form.format(read.strip('"')) if form == "{}x" else form.format(read)
    editor.ask("patch", address, {"headline": "Sun"}, 412, If_Match=sent)


def test_it_is_the_tag_of_the_same_key(editor: Caller) -> None:
    """What a key reads that sees more is another answer."""
    article = make_public("Rain")
    address = f"articles/{article.pk}/"
    public = Client().get(f"/api/v1/{address}")["ETag"]
    assert editor.send("get", address)["ETag"] != public
    editor.ask("patch", address, {"headline": "Sun"}, 412, If_Match=public)


def test_what_the_key_may_not_read_does_not_match_but_is_not_there() -> None:
    article = factories.make_article("Rain", status=Status.DRAFT)
    Caller("Reporter").ask("patch", f"articles/{article.pk}/", {}, 404, If_Match='"old"')
