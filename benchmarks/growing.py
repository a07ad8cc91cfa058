"""What must not take longer as an archive grows, each with its limit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from articles import editing, search
from articles.listings import Listing
from articles.models import Article, ListingKind, Place
from articles.search.finding.names import suggest

PAGE = 20

SHARES = {
    "50 %": "halfway",
    "10 %": "tenfold",
    "1 %": "hundredth",
    "0.001 %": "scarcely",
    "50 % and 10 %": "halfway tenfold",
    "10 % and 1 %": "tenfold hundredth",
    "50 % and not 10 %": "halfway -tenfold",
}
"""Words by the share of all articles that has them."""


@dataclass(frozen=True, slots=True)
class Work:
    """Something to do. The limit is milliseconds: of the database's time, or, ``of_all`` that
    passes; None where only growth is bounded (see ``grown``)."""

    name: str
    do: Callable[[], object]
    limit: float | None = None
    of_all: bool = False


class Refused(Exception):
    """A page answered otherwise than with itself."""


def works(sample: Mapping[str, str], reader: Client, program: Client, editor: Client) -> list[Work]:
    """Everything that is measured, in groups."""
    return [
        *_pages(sample, reader),
        *_api(sample, program),
        *_searches(sample),
        *_desk(sample, editor),
        Work("one article saved", _save(int(sample["id"])), limit=50),
    ]


def _pages(sample: Mapping[str, str], reader: Client) -> Iterator[Work]:
    year, month = sample["month"][:6], sample["month"]
    fixed = {
        "front page": "/",
        "article page": sample["article"],
        "year": year,
        "archive at a glance": "/archive/",
        "sitemap index": "/sitemap.xml",
        "news sitemap": "/news-sitemap.xml",
        "sitemap of places": "/sitemaps/places-1.xml",
        "feed of the front page": "/feed/",
        "feed of a tag": f"{sample['tag']}feed/",
        "feed of a place": f"{sample['place']}feed/",
    }
    for name, path in fixed.items():
        yield _page(name, reader, path)
    lists = {
        "month": (month, None),
        "day": (sample["day"], None),
        "tag": (sample["tag"], (ListingKind.TAG, int(sample["tag_id"]))),
        "section": (sample["section"], (ListingKind.SECTION, int(sample["section_id"]))),
        "author": (sample["author"], (ListingKind.AUTHOR, int(sample["author_id"]))),
        "place with what lies in it": (
            sample["place"],
            (ListingKind.PLACE, int(sample["place_id"])),
        ),
        "person": (sample["person"], (ListingKind.PERSON, int(sample["person_id"]))),
        "organisation": (
            sample["organisation"],
            (ListingKind.ORGANISATION, int(sample["organisation_id"])),
        ),
    }
    for name, (path, listed) in lists.items():
        yield _page(name, reader, path)
        if listed:
            last = max(1, Listing(*listed).count() // PAGE)
            yield _page(f"{name}, last page", reader, f"{path}?page={last}")


def _api(sample: Mapping[str, str], program: Client) -> Iterator[Work]:
    paths = {
        "API: article": f"/api/v1/articles/{sample['id']}/",
        "API: list": "/api/v1/articles/",
        "API: list, in the middle": f"/api/v1/articles/?cursor={sample['cursor']}",
        "API: list of a tag": f"/api/v1/articles/?tag={sample['tag_id']}",
        "API: list of a place": f"/api/v1/articles/?place={sample['place_id']}",
        "API: places": "/api/v1/places/",
        "API: changes": "/api/v1/changes/?page_size=100",
    }
    for name, path in paths.items():
        yield _page(name, program, path)


def _page(name: str, reader: Client, path: str, **limits: float) -> Work:
    def do() -> None:
        answer = reader.get(path)
        content = answer.getvalue() if answer.streaming else answer.content
        if answer.status_code != 200 or not content:
            raise Refused(f"{path}: {answer.status_code}")

    return Work(name, do, limits.get("limit"), of_all="limit" in limits)


def _searches(sample: Mapping[str, str]) -> Iterator[Work]:
    three = {name: [sample[f"{name}_id"]] for name in ("place", "section", "tag")}
    yield _search("newest first by three facets", three, limit=25)
    for share, words in SHARES.items():
        asked = {"q": [words]}
        narrowed = asked | {"place": three["place"], "section": three["section"], "from": ["2001"]}
        yield _search(f"newest first, words in {share}, three facets", narrowed, limit=25)
        yield _search(f"best match, words in {share}", asked | {"order": ["relevance"]}, limit=60)
        yield Work(f"facets, words in {share}", _facets(asked), limit=60)
    for start in ("st", "kar", sample["place"].split("/")[2][:5]):
        yield Work(f"names that begin with “{start}”", _suggestion(start), limit=10)


def _search(name: str, asked: dict[str, list[str]], limit: float) -> Work:
    return Work(f"search: {name}", lambda: search.find(search.parse(asked)), limit)


def _facets(asked: dict[str, list[str]]) -> Callable[[], object]:
    return lambda: search.facets(search.parse(asked))


def _suggestion(start: str) -> Callable[[], object]:
    return lambda: suggest(start)


def _desk(sample: Mapping[str, str], editor: Client) -> Iterator[Work]:
    articles = "/admin/articles/article/"
    pages = {
        "list of articles": articles,
        "list of articles of a tag": f"{articles}?tag={sample['tag_id']}",
        "list of articles, words in 10 %": f"{articles}?q=tenfold",
        "list of articles, rare words": f"{articles}?q=scarcely",
        "an article’s form": f"{articles}{sample['id']}/change/",
    }
    for name, path in pages.items():
        yield _page(f"desk: {name}", editor, path, limit=300)


def _save(pk: int) -> Callable[[], object]:
    """Gives the article another headline and section, with all that follows, and takes it back."""

    def do() -> None:
        with transaction.atomic():
            article = Article.objects.get(pk=pk)
            article.headline = f"{article.headline} again"
            article.dateline_place = Place.objects.latest("pk")
            editing.save(article, by=None, reason="measured")
            transaction.set_rollback(True)

    return do
