"""Taking an article out of what finds it for strangers, and letting it be found again."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from articles import editing
from articles.admin.article.desk_page import article_page, back_to, draw
from articles.admin.base import editor
from articles.editing.rules import Action
from articles.models import Article, AuditEntry

SHOWN = 20
"""The newest decisions on an article; the audit log has the others."""


class DeindexingForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Who asked, and what was weighed. For the audit log only: no reader sees it.",
        error_messages={"required": "Whoever looks into it later is owed a reason."},
    )


@article_page(Action.DEINDEX)
def deindex(request: HttpRequest, article: Article) -> HttpResponse:
    """Asks for the reason, and takes the article out of search."""
    form = DeindexingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        editing.deindex(article, by=editor(request), reason=form.cleaned_data["reason"])
        messages.success(request, f"“{article}” is out of search engines and of our own search.")
        return back_to(article)
    title = "Take out of search"
    return draw(request, "deindex", article, title, form=form, decisions=_decisions(article))


@article_page(Action.REINDEX)
def reindex(request: HttpRequest, article: Article) -> HttpResponse:
    """Asks for the reason, and lets the article be found."""
    form = DeindexingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        editing.reindex(article, by=editor(request), reason=form.cleaned_data["reason"])
        messages.success(request, f"“{article}” can be found again.")
        return back_to(article)
    title = "Let it be found again"
    return draw(request, "deindex", article, title, form=form, decisions=_decisions(article))


def _decisions(article: Article) -> list[AuditEntry]:
    """What was decided before, newest first."""
    entries = AuditEntry.objects.filter(
        kind="article", object_id=article.pk, action__in=[Action.DEINDEX, Action.REINDEX]
    )
    return list(entries.order_by("-id")[:SHOWN])
