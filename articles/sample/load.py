"""Loads the sample archive: its people and sections, then its articles, by the usual import."""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from articles import editing
from articles.comments import counts, threads
from articles.comments.text.rendering import render
from articles.gazetteer.load import load as load_gazetteer
from articles.importing.pipeline import run
from articles.importing.records import Options
from articles.importing.report import Outcome
from articles.models import (
    Article,
    Author,
    Byline,
    Comment,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    Position,
    Section,
    TagSuggestion,
)
from articles.text.folding import fold
from articles.text.partial_dates import parse_partial
from articles.text.slugs import slugify

SOURCE = "sample"
FOLDER = Path(__file__).parent
# A raw page text as one comes in from a wire: without headline, its dateline without a year.
WIRE_STORY = FOLDER / "balochistan-clashes.txt"
WIRE_YEAR = 2026
# What the copy does not say of itself and an editor adds.
WIRE_SECTION, WIRE_AUTHOR = "security", "sample-desk"
WIRE_TAGS = ("armed conflict", "prisons", "railways")


@transaction.atomic
def load(tell: Callable[[str], None]) -> bool:
    """Fill an empty archive with the sample; ``tell`` gets a line for each step.

    Returns False, having done nothing, when somebody has begun an archive of their own: it has
    an article, a section or a place. Raises RuntimeError naming any article that the import
    refuses.
    """
    if any(model._default_manager.exists() for model in (Article, Section, Place)):
        return False
    tell(f"{load_gazetteer().added:,} places from the gazetteer")
    Section.objects.bulk_create(Section(**row) for row in _rows("sections.csv"))
    _load_organisations()
    _load_people()
    articles = _import_articles()
    _file_wire_story(articles[WIRE_STORY.stem])
    tell(f"{len(articles)} articles")
    tell(f"{_load_comments(articles)} comments")
    return True


def _import_articles() -> dict[str, Article]:
    """The articles by the names of their files."""
    options = Options(source=SOURCE, publish=True, media_root=FOLDER / "images")
    wire = Options(source=SOURCE, publish=True, year=WIRE_YEAR)
    paths = sorted((FOLDER / "articles").glob("*.txt"))
    results = [*run(paths, options), *run([WIRE_STORY], wire)]
    for result in results:
        if result.outcome == Outcome.FAILED:
            raise RuntimeError(f"{result.where}: {' '.join(result.remarks)}")
    by_path = {article.path: article for article in Article.objects.filter(source=SOURCE)}
    return {Path(result.where).stem: by_path[result.path] for result in results}


def _file_wire_story(article: Article) -> None:
    article.section = Section.objects.get(slug=WIRE_SECTION)
    editing.store(article)
    Byline.objects.create(article=article, author=Author.objects.get(slug=WIRE_AUTHOR))
    article.tags.set(WIRE_TAGS)
    TagSuggestion.objects.filter(article=article, tag__name__in=WIRE_TAGS).delete()
    editing.record([article], actor=SOURCE, reason="Section, byline and tags added")


def _load_organisations() -> None:
    places = _places({row["place"] for row in _rows("organisations.csv")})
    for row in _rows("organisations.csv"):
        organisation = Organisation.objects.create(
            name=row["name"],
            slug=slugify(row["name"]),
            kind=row["kind"],
            description=row["description"],
            place=places.get(row["place"]),
        )
        OrganisationName.objects.bulk_create(
            OrganisationName(organisation=organisation, name=name, language=tag, folded=fold(name))
            for tag, name in _names(row["other_names"])
        )


def _load_people() -> None:
    for row in _rows("people.csv"):
        person = Person.objects.create(
            name=row["name"], slug=slugify(row["name"]), description=row["description"]
        )
        PersonName.objects.bulk_create(
            PersonName(person=person, name=name, language=tag, folded=fold(name))
            for tag, name in _names(row["other_names"])
        )
    people = {person.name: person for person in Person.objects.all()}
    organisations = {body.name: body for body in Organisation.objects.all()}
    positions = _rows("positions.csv")
    places = _places({row["place"] for row in positions})
    for row in positions:
        started_on, start_precision = parse_partial(row["start"])
        ended_on, end_precision = parse_partial(row["end"])
        Position.objects.create(
            person=people[row["person"]],
            title=row["title"],
            organisation=organisations.get(row["organisation"]),
            place=places.get(row["place"]),
            started_on=started_on,
            start_precision=start_precision,
            ended_on=ended_on,
            end_precision=end_precision,
            source=row["source"],
        )


def _load_comments(articles: dict[str, Article]) -> int:
    comments: dict[str, Comment] = {}
    for row in _rows("comments.csv"):
        article = articles[row["article"]]
        parent = comments.get(row["reply_to"])
        comment = Comment.objects.create(
            article=article,
            parent=parent,
            state=row["state"],
            author_name=row["name"],
            text=row["text"],
            html=render(row["text"]),
            revision=article.revision,
            created_at=datetime.fromisoformat(row["posted"]),
            reason="sample",
        )
        threads.place(comment, parent)
        comment.save(update_fields=threads.PLACED)
        comments[row["id"]] = comment
    counts.recount({comment.article_id for comment in comments.values()})
    return len(comments)


def _places(names: set[str]) -> dict[str, Place]:
    """The best known place of each name, which is the one with the plain slug."""
    slugs = {slugify(name): name for name in names if name}
    return {slugs[place.slug]: place for place in Place.objects.filter(slug__in=slugs)}


def _names(words: str) -> list[tuple[str, str]]:
    """Other names, ``Quaid-e-Azam|ur:محمد علی جناح``, each with its language if it is given."""
    pairs = []
    for word in filter(None, words.split("|")):
        tag, colon, name = word.partition(":")
        pairs.append((tag, name) if colon else ("", word))
    return pairs


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
