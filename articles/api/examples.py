"""What to ask of this very archive: examples for the pages about the API that find something."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from articles.api.visibility import public_articles
from articles.models import (
    Article,
    Author,
    Mention,
    Organisation,
    Person,
    Place,
    Position,
    Section,
    Tag,
    Tagging,
)
from articles.search.words.tokens import words

NEWEST = 50
"""How many articles are looked into for names."""


def examples() -> Mapping[str, str]:
    """Values by operation and parameter, such as ``places_list.within``; those that newest public
    articles name. What none of them has is left out."""
    newest = list(public_articles().newest()[:NEWEST].values_list("pk", flat=True))
    if not newest:
        return {}
    article = Article.objects.get(pk=newest[0])
    mentions = Mention.objects.shown().filter(article__in=newest)
    tagged = Tagging.objects.filter(content_object__in=newest)
    places = _two(Place.objects.current().filter(pk__in=mentions.values("place")))
    people = _two(Person.objects.current().filter(pk__in=mentions.values("person")))
    organisations = _two(
        Organisation.objects.current().filter(pk__in=mentions.values("organisation"))
    )
    named = {
        "places": places,
        "people": people,
        "organisations": organisations,
        "tags": _two(Tag.objects.current().filter(pk__in=tagged.values("tag"))),
        "sections": _two(Section.objects.filter(articles__in=newest)),
        "authors": _two(Author.objects.filter(articles__in=newest)),
    }
    dateline = _two(Place.objects.filter(filed_articles__in=newest))
    of_articles = {
        "q": max(words(article.headline), key=len, default=""),
        "place": _slugs(places[:1]),
        "dateline": _slugs(dateline[:1]),
        "person": _slugs(people[:1]),
        "organisation": _slugs(organisations[:1]),
        "tag": _slugs(named["tags"]),
        "section": _slugs(named["sections"][:1]),
        "author": _slugs(named["authors"][:1]),
        "language": article.language,
        "path": article.path,
    }
    found = {f"articles_list.{name}": value for name, value in of_articles.items()}
    for name, entries in named.items():
        found[f"{name}_list.q"] = entries[0].name.split()[0] if entries else ""
        found[f"{name}_list.slug"] = _slugs(entries)
        found[f"{name}_list.id"] = "|".join(str(entry.pk) for entry in entries)
    found |= _of_places(newest) | _of_positions(people, organisations, places)
    illustrated = Article.objects.filter(pk__in=newest, lead_image__isnull=False)
    with_image = illustrated.values_list("pk", flat=True).first()
    found["images_list.article"] = str(with_image or article.pk)
    found["comments_list.article"] = str(article.pk)
    return {name: value for name, value in found.items() if value}


def _of_places(articles: Sequence[int]) -> dict[str, str]:
    """Of where ``articles`` were filed from."""
    found = Place.objects.current().filter(
        filed_articles__in=articles, latitude__isnull=False, parent__isnull=False
    )
    place = found.select_related("parent").order_by("pk").first()
    if place is None or place.parent is None:
        return {}
    return {
        "places_list.kind": place.kind,
        "places_list.within": place.parent.slug,
        "places_list.near": f"{place.latitude},{place.longitude},50km",
        "places_list.country": place.country_code,
    }


def _of_positions(
    people: Sequence[Any], organisations: Sequence[Any], places: Sequence[Any]
) -> dict[str, str]:
    """Of the people whom the articles name, and of the organisations."""
    positions = Position.objects.filter(person__in=people).select_related("place")
    position = positions.order_by("pk").first()
    place = position and position.place
    return {
        "people_list.position": max(words(position.title), key=len, default="") if position else "",
        "people_list.organisation": _slugs(organisations[:1]),
        "people_list.place": place.slug if place else _slugs(places[:1]),
        "organisations_list.kind": organisations[0].kind if organisations else "",
        "organisations_list.place": _slugs(places[:1]),
    }


def _two(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.order_by("pk").distinct()[:2])


def _slugs(entries: Sequence[Any]) -> str:
    return "|".join(entry.slug for entry in entries)
