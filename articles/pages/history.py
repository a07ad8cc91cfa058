"""The public record of an article: what changed and when, and how it stood at each time."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape

from articles.editing.differences import changes
from articles.models import Article, Correction, Image, Revision
from articles.pages.addresses import elsewhere
from articles.pages.dateline import run_in
from articles.pages.paging import PageLinks, page_number
from articles.pages.standfirst import standfirst
from articles.text.body import clean, identify
from articles.text.language import direction

PAGE_SIZE = 10


def history(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The revisions that readers could see, newest first, with what each changed."""
    article = _article(request.path_info.removesuffix("history/"))
    if article is None:
        return elsewhere(request, "history/")
    number = page_number(request)
    first = (number - 1) * PAGE_SIZE
    revisions = list(_revisions(article)[first : first + PAGE_SIZE + 1])
    if number > 1 and not revisions:
        raise Http404("there is no such page")
    before = [*revisions[1:], None]
    shown = _shown_in(revisions)
    context = {
        "article": article,
        "direction": direction(article.language),
        "revisions": [
            (revision, changes(older.snapshot, revision.snapshot, shown) if older else None)
            for revision, older in zip(revisions, before, strict=True)
        ][:PAGE_SIZE],
        "corrections": list(Correction.objects.filter(article=article)),
        "links": PageLinks.of(request, number, number + (len(revisions) > PAGE_SIZE)),
        "canonical": f"{article.path}history/",
    }
    return render(request, "articles/pages/history.html", context)


def revision(
    request: HttpRequest, year: int, month: int, day: int, slug: str, number: int
) -> HttpResponse:
    """The article as it stood at revision ``number``."""
    below = f"history/{number}/"
    article = _article(request.path_info.removesuffix(below))
    if article is None:
        return elsewhere(request, below)
    found = _revisions(article).filter(number=number).first()
    if found is None:
        raise Http404("readers never saw such a version")
    snapshot = found.snapshot
    # An old snapshot was made under the rules of its time, so today's are applied again.
    body = identify(clean(snapshot["body"]))
    context = {
        "article": article,
        "revision": found,
        "snapshot": snapshot,
        "standfirst": standfirst(snapshot["summary"], body),
        "body": run_in(body, escape(snapshot["dateline"] or snapshot["dateline_place"])),
        "direction": direction(snapshot["language"]),
        "is_present": found.number == article.revision,
        "canonical": f"{article.path}{below}",
    }
    return render(request, "articles/pages/revision.html", context)


def _revisions(article: Article) -> QuerySet[Revision]:
    return Revision.objects.public().filter(article=article).order_by("-number")


def _shown_in(revisions: list[Revision]) -> dict[str, str]:
    """What the pictures of the revisions show, by file."""
    files = {revision.snapshot.get("image") for revision in revisions} - {"", None}
    pictures = Image.objects.filter(file__in=files).values_list("file", "caption", "alt_text")
    return {file: caption or alt_text for file, caption, alt_text in pictures}


def _article(path: str) -> Article | None:
    return (
        Article.objects.public()
        .filter(path=path)
        .only("headline", "path", "language", "revision", "public_from", "published_at", "source")
        .first()
    )
