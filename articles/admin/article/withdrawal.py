"""Taking an article away from readers, with the notice that they find in its place."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from articles import editing
from articles.admin.article.desk_page import article_page, back_to, draw
from articles.admin.base import editor
from articles.editing.rules import Action
from articles.models import Article


class WithdrawalForm(forms.Form):
    notice = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text="Readers see it at the article’s address, and in the list of corrections.",
        error_messages={"required": "Readers who follow a link are owed a reason."},
    )


@article_page(Action.WITHDRAW)
def withdraw(request: HttpRequest, article: Article) -> HttpResponse:
    """Asks for the notice, and withdraws."""
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        editing.withdraw(article, by=editor(request), notice=form.cleaned_data["notice"])
        messages.success(request, f"“{article}” is {article.get_status_display()}.")
        return back_to(article)
    return draw(request, "withdraw", article, "Withdraw", form=form)
