"""Who may do what over the API: the same as at the desk, by the same table."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.editing.rules import Action
from articles.models import Article, Section
from tests import factories
from tests.api.writing.calling import Caller
from tests.test_roles import ROWS, Row, everything, named, scene

pytestmark = pytest.mark.django_db

Attempt = Callable[[Caller, Article], Any]


def to(verb: str, **sent: Any) -> Attempt:
    return lambda caller, article: caller.send("post", f"articles/{article.pk}/{verb}/", sent)


ATTEMPTS: dict[Action, Attempt] = {
    Action.CREATE: lambda caller, _: caller.send(
        "post", "articles/", {"headline": "Sun at last", "body": "<p>It shone.</p>"}
    ),
    Action.READ: lambda caller, article: caller.send("get", f"articles/{article.pk}/"),
    Action.EDIT: lambda caller, article: caller.send(
        "patch", f"articles/{article.pk}/", {"headline": "Rain again"}
    ),
    Action.SUBMIT: to("submit"),
    Action.SEND_BACK: to("send-back", reason="Who says so?"),
    Action.PUBLISH: to("publish"),
    Action.CORRECT: to("correct", wrong="Monday", text="Tuesday"),
    Action.WITHDRAW: to("withdraw", notice="It was wrong."),
    Action.DEINDEX: to("deindex", reason="Somebody asked."),
    Action.REINDEX: to("reindex"),
    Action.BIN: lambda caller, article: caller.send("delete", f"articles/{article.pk}/"),
    Action.RESTORE: to("restore"),
    Action.DELETE: lambda caller, article: caller.send("delete", f"articles/{article.pk}/"),
}
# A DELETE of a draft is what the desk calls putting into the bin.
TRIED = [
    row for row in ROWS if row.what in ATTEMPTS and (row.what, row.state) != ("delete", "draft")
]
STAFF = [who for who in ROWS[0].allowed if who not in {"nobody", "member"}]


@pytest.fixture
def news() -> Section:
    return factories.make_section("News")


@pytest.mark.parametrize("row", TRIED, ids=named)
def test_the_api_holds_to_the_table(row: Row, news: Section) -> None:
    done = {}
    for who in STAFF:
        met = scene(who, row.state, news)
        caller = Caller(account=met.viewer)
        before = everything(met.article)
        tried = _tried(row, caller, met.article)
        assert everything(met.article) == before, who
        answer = ATTEMPTS[Action(row.what)](caller, met.article)
        is_changed = everything(met.article) != before
        done[who] = answer.status_code < 300
        assert tried in (None, answer.status_code), who
        assert is_changed == (done[who] and row.what != Action.READ), who
        if not done[who] and row.what != Action.CREATE:
            # What the account may not see at the desk is not there.
            read = caller.send("get", f"articles/{met.article.pk}/").status_code
            assert answer.status_code in ({404} if read in {404, 410} else {403, 409}), who
            assert answer.json()["detail"]

    assert done == {who: row.allowed[who] for who in STAFF}


class _Trying(Caller):
    """Asks for nothing but dry runs, with the key of another."""

    def __init__(self, caller: Caller) -> None:
        self.client = caller.client

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return super().send(method, f"{path}?dry_run=true", body, **headers)


def _tried(row: Row, caller: Caller, article: Article) -> int | None:
    """The status that a dry run is answered with; None for what only reads."""
    if row.what == Action.READ:
        return None
    status: int = ATTEMPTS[Action(row.what)](_Trying(caller), article).status_code
    return status
