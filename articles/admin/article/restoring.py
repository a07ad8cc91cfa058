"""Bringing an earlier version of an article back, once it was seen what that changes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from articles import editing
from articles.admin.article.desk_page import article_page, back_to, draw
from articles.admin.article.history import version_of
from articles.admin.base import editor
from articles.editing.differences import DESK_SEES, changes
from articles.editing.rules import Action
from articles.editing.snapshots import pictures, present
from articles.models import Article

_STAYS = {"status", "path", "published_at", "embargo_until"}
RESTORED = {name: label for name, label in DESK_SEES.items() if name not in _STAYS}
"""The fields that a version brings back beside its text."""


@article_page(Action.EDIT)
def revert(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    """Shows what would change, and restores.

    Who looked at it before somebody else saved is shown it again.
    """
    version = version_of(article, number)
    if number == article.revision:
        raise Http404("It is the present version.")
    refusals: list[str] = []
    if request.method == "POST" and request.POST.get("present") == str(article.revision):
        try:
            lost = editing.revert(article, version, by=editor(request))
        except ValidationError as error:
            refusals = error.messages
        else:
            messages.success(
                request, f"Version {number} is restored as version {article.revision}."
            )
            for sentence in lost:
                messages.warning(request, sentence)
            return back_to(article)
    elif request.method == "POST":
        refusals = ["Somebody has saved the article meanwhile. Look again at what would change."]
    now = present([article])[article.pk].snapshot
    shown = pictures([now, version.snapshot])
    return draw(
        request,
        "revert",
        article,
        f"Restore version {number}",
        version=version,
        refusals=refusals,
        changes=changes(now, version.snapshot, shown, RESTORED),
        lost=editing.irrecoverable(version),
    )
