"""The buttons of an article's page: what its editor may do with it now."""

from typing import NamedTuple

from django.urls import reverse

from articles.editing import rules
from articles.editing.rules import Action, Viewer
from articles.models import Article, Status


class Verb(NamedTuple):
    """A button that saves what is in the form and does more: its name in the form, what it says."""

    name: str
    label: str


class Step(NamedTuple):
    """A button that leads to a page, or acts at once, on the article as it is stored.

    ``name`` is its address's after ``articles_article_``; ``is_immediate`` says that it is posted.
    """

    name: str
    label: str
    action: Action
    is_immediate: bool = False
    address: str = ""


_SAVE = {
    Status.DRAFT: "Save draft",
    Status.IN_REVIEW: "Save",
    Status.SCHEDULED: "Save",
    Status.PUBLISHED: "Save",
    Status.WITHDRAWN: "Save",
}
_PUBLISH = {
    Status.DRAFT: Verb("_publish", "Publish"),
    Status.IN_REVIEW: Verb("_publish", "Publish"),
    Status.SCHEDULED: Verb("_publish_now", "Publish now"),
    Status.WITHDRAWN: Verb("_publish", "Publish again"),
}
_STEPS = [
    Step("send_back", "Send back…", Action.SEND_BACK),
    Step("correct", "Correct…", Action.CORRECT),
    Step("withdraw", "Withdraw…", Action.WITHDRAW),
    Step("deindex", "Take out of search…", Action.DEINDEX),
    Step("reindex", "Let be found again…", Action.REINDEX),
    Step("previews", "Preview links…", Action.SHARE),
    Step("bin", "Put in the bin", Action.BIN, is_immediate=True),
    Step("restore", "Take out of the bin", Action.RESTORE, is_immediate=True),
]


def verbs(viewer: Viewer, article: Article | None) -> list[Verb]:
    """The buttons that save, for a new article when ``article`` is None."""
    subject = article or Article(created_by_id=viewer.pk)
    # What was scheduled is published once its time has come, without anybody saying so.
    is_public = article is not None and article.is_public()
    status = Status.PUBLISHED if is_public else Status(subject.status)
    offered = [Verb("_save", _SAVE[status])]
    if rules.may(viewer, Action.SUBMIT, subject):
        offered.append(Verb("_submit", "Submit for review"))
    publish = _PUBLISH.get(status)
    if publish and rules.may(viewer, Action.PUBLISH, subject):
        offered.append(publish)
    return offered


def steps(viewer: Viewer, article: Article) -> list[Step]:
    """What else can be done with a stored article."""
    return [
        step._replace(address=reverse(f"admin:articles_article_{step.name}", args=[article.pk]))
        for step in _STEPS
        if rules.may(viewer, step.action, article)
    ]
