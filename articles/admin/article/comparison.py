"""Two versions of an article, compared word by word."""

from django import forms
from django.http import HttpRequest, HttpResponse

from articles.admin.article.desk_page import article_page, draw
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.differences import DESK_SEES, Change, changes
from articles.editing.rules import Action
from articles.editing.snapshots import pictures
from articles.models import Article, Revision


class ComparisonForm(forms.Form):
    """Which versions of an article to compare: the older comes first, however they are given."""

    def __init__(self, article: Article, data: dict[str, str]) -> None:
        super().__init__(data)
        self.article = article
        limits = (
            f"The versions are numbered 1 to {article.revision}."
            if article.revision > 1
            else "There are no two versions to compare."
        )
        for name, label in (("from", "Compare version"), ("to", "with version")):
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=article.revision,
                error_messages={
                    "required": limits,
                    "invalid": limits,
                    "min_value": limits,
                    "max_value": limits,
                },
            )

    def versions(self) -> tuple[Revision, Revision] | None:
        """The two, the older first; None, with a fault in the form, where there are not two."""
        if not self.is_valid():
            return None
        first, second = sorted((self.cleaned_data["from"], self.cleaned_data["to"]))
        found = self.article.revisions.filter(number__in=[first, second]).order_by("number")
        if len(found) == 2:
            return found[0], found[1]
        self.add_error(None, "Choose two versions." if first == second else "One is missing.")
        return None


@article_page(Action.READ)
def compare(request: HttpRequest, article: Article) -> HttpResponse:
    """What changed from version ``?from=`` to version ``?to=``; the last change when not given."""
    given = request.GET.dict() or {"from": str(article.revision - 1), "to": str(article.revision)}
    form = ComparisonForm(article, given)
    versions = form.versions()
    found: list[Change] = []
    if versions:
        before, after = (version.snapshot for version in versions)
        found = changes(before, after, pictures([before, after]), DESK_SEES)
    return draw(
        request,
        "compare",
        article,
        "Compare versions",
        form=form,
        versions=versions,
        changes=found,
        can_restore=rules.may(editor(request), Action.EDIT, article),
    )
