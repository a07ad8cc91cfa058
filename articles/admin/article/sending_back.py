"""Handing an article back to whoever wrote it, with what is to be done."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from articles import editing
from articles.admin.article.desk_page import article_page, back_to, draw
from articles.admin.base import editor
from articles.editing.rules import Action
from articles.models import Article


class SendingBackForm(forms.Form):
    reason = forms.CharField(
        max_length=400,
        label="What is to be done",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Its author finds it on the desk, and in the article’s history.",
        error_messages={"required": "Say what is to be done before it comes back."},
    )


@article_page(Action.SEND_BACK)
def send_back(request: HttpRequest, article: Article) -> HttpResponse:
    """Asks for the reason, and makes a draft of the article again."""
    form = SendingBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        editing.send_back(article, by=editor(request), reason=form.cleaned_data["reason"])
        messages.success(request, f"“{article}” is a draft again.")
        return back_to(article)
    return draw(request, "send_back", article, "Send back", form=form)
