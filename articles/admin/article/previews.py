"""Preview links of an article: made, seen, taken back."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import editing
from articles.admin.article.desk_page import article_page, draw
from articles.admin.base import editor
from articles.editing.preview import token_of
from articles.editing.rules import Action
from articles.models import Article, PreviewLink

SHOWN = 50
"""The newest links; older ones have ended long since."""

_DAYS = (1, 3, 7, 14, 30, 90)


class PreviewForm(forms.Form):
    days = forms.TypedChoiceField(
        label="How long",
        coerce=int,
        initial=7,
        choices=[(days, "a day" if days == 1 else f"{days} days") for days in _DAYS],
    )
    recipient = forms.CharField(
        max_length=200,
        required=False,
        label="For whom",
        help_text="Only the desk sees it: the source, the lawyer, the partner newsroom.",
    )


@article_page(Action.SHARE)
def previews(request: HttpRequest, article: Article) -> HttpResponse:
    """The links there are, and a form for another."""
    form = PreviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ends = timezone.now() + timedelta(days=form.cleaned_data["days"])
        try:
            editing.share(
                article,
                by=editor(request),
                expires_at=ends,
                recipient=form.cleaned_data["recipient"],
            )
        except ValidationError as error:
            form.add_error("days", error)
        else:
            messages.success(request, "The link is made. Whoever has it can read the article.")
            return _back(article)
    links = article.preview_links.select_related("created_by")[:SHOWN]
    now = timezone.now()
    return draw(
        request,
        "previews",
        article,
        "Preview links",
        form=form,
        links=[
            (link, address_of(link), link.revoked_at is None and link.expires_at > now)
            for link in links
        ],
    )


@require_POST
@article_page(Action.SHARE)
def revoke(request: HttpRequest, article: Article, link: int) -> HttpResponse:
    """Ends one of them."""
    editing.revoke(get_object_or_404(article.preview_links, pk=link), by=editor(request))
    messages.success(request, "The link leads nowhere any more.")
    return _back(article)


def address_of(link: PreviewLink) -> str:
    """The full address to send to somebody."""
    return settings.SITE_URL + reverse("articles:preview", args=[token_of(link)])


def _back(article: Article) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_article_previews", args=[article.pk]))
