"""Making two of an entry that was always one: which names and which articles are the other's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from articles.admin.base import editor
from articles.admin.vocabulary.merging import draw, entry_at
from articles.admin.vocabulary.sides import address_of
from articles.models import Article, Organisation, Person, Place
from articles.search.finding import in_words
from articles.vocabulary.merging import divide

OFFERED = 100
"""Articles to choose from, the newest; words narrow them down."""

_MOST = 10_000


class DivisionForm(forms.Form):
    name = forms.CharField(
        max_length=200,
        label="Name of the new entry",
        help_text="It may be the same; a word in brackets tells two of a name apart.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    names = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label="Names", widget=forms.CheckboxSelectMultiple
    )
    articles = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label="Articles", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, names: list[Any], articles: list[Article], name: str) -> None:
        super().__init__(data, initial={"name": name})
        self.fields["names"].choices = [(one.pk, one.name) for one in names]  # type: ignore[attr-defined]
        self.fields["articles"].choices = [(one.pk, _told(one)) for one in articles]  # type: ignore[attr-defined]


def divide_entry(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Offer names and articles; on POST give those ticked to a new entry."""
    entry = entry_at(request, kind, key)
    if not isinstance(entry, Place | Person | Organisation) or entry.merged_into_id is not None:
        raise Http404("Nothing can be divided here.")
    words = request.GET.get("q", "").strip()[:200]
    names = list(entry.names.order_by("name")[:OFFERED])
    articles = _articles(entry, words)
    form = DivisionForm(
        request.POST if request.method == "POST" else None, names, articles, entry.name
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            other = divide(
                entry,
                name=said["name"],
                names=said["names"],
                articles=said["articles"],
                by=editor(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request,
                f"“{other}” is an entry of its own. Say on its page what tells it from “{entry}”.",
            )
            return HttpResponseRedirect(address_of(other))
    context = {
        "form": form,
        "ticked": [form["names"], form["articles"]],
        "words": words,
        "offered": OFFERED,
        "is_all": len(articles) < OFFERED,
    }
    return draw(request, "divide", f"Make two of {entry}", entry, **context)


def _articles(entry: Place | Person | Organisation, words: str) -> list[Article]:
    """The newest articles that name the entry; those with ``words`` in them, if there are any."""
    named = Q(pk__in=entry.mentions.values("article"))
    if isinstance(entry, Place):
        named |= Q(dateline_place=entry.pk)
    found = Article.objects.filter(named)
    if words:
        wanted = in_words.phrases([words])
        found = found.filter(pk__in=in_words.articles_with(wanted, _MOST) if wanted else [])
    rows = found.only("headline", "published_at", "status", "language").order_by("-pk")
    return list(rows[:OFFERED])


def _told(article: Article) -> str:
    day = f"{article.published_at:%Y-%m-%d}" if article.published_at else "no date"
    return f"{day} · {article.headline or 'without a headline'}"
