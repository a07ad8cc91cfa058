"""Every correction, clarification and withdrawal, newest first."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.freshness import shows, shows_each
from articles.models import Correction, CorrectionKind, Status, Subject
from articles.pages.paging import PageLinks, page_number

PAGE_SIZE = 30


def corrections(request: HttpRequest) -> HttpResponse:
    number = page_number(request)
    first = (number - 1) * PAGE_SIZE
    rows = list(public_corrections()[first : first + PAGE_SIZE + 1])
    if number > 1 and not rows:
        raise Http404("there is no such page")
    note_shown(rows)
    address = reverse("articles:corrections")
    context = {
        "corrections": rows[:PAGE_SIZE],
        "links": PageLinks.of(request, number, number + (len(rows) > PAGE_SIZE)),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/corrections.html", context)


def note_shown(corrections: Iterable[Correction]) -> None:
    """Say that the page being rendered shows these, the newest of all."""
    shows(Subject.CORRECTIONS)
    shows_each(Subject.ARTICLE, [correction.article_id for correction in corrections])


def public_corrections() -> QuerySet[Correction]:
    """The notes that readers may see: those on public articles, and notices of withdrawal."""
    is_public = Q(article__public_from__lte=timezone.now())
    is_withdrawn = Q(kind=CorrectionKind.WITHDRAWAL, article__status=Status.WITHDRAWN)
    return (
        Correction.objects.filter(is_public | is_withdrawn)
        .select_related("article")
        .only("kind", "wrong", "text", "created_at", "article__headline", "article__path")
    )
