"""Fills an archive with synthetic articles, in batches, all of it derived from one seed."""

import html
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from django.db import connection, transaction

from articles import editing
from articles.editing import addresses
from articles.gazetteer.load import load as load_gazetteer
from articles.models import (
    Article,
    Author,
    Byline,
    EntityKind,
    Mention,
    MentionRole,
    MentionState,
    Organisation,
    Person,
    Place,
    Section,
    Status,
    Tag,
    Tagging,
    rows,
)
from articles.synthetic.discussion import Discussion
from articles.synthetic.prose import Named, Placed, Prose
from articles.text.slugs import slugify

SOURCE = "synthetic"
YEARS = 40
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 500
_SECTIONS, _AUTHORS, _TAGS, _PLACES, _PEOPLE, _ORGANISATIONS = 8, 60, 2000, 3000, 3000, 800
_TAGS_EACH, _PLACES_EACH, _PEOPLE_EACH, _ORGANISATIONS_EACH = (5, 5), (2, 6), (1, 4), (0, 3)
_COMMENTS_EACH = 3
# The most discussed article: a tenth as many comments as there are articles, within limits.
_MOST_DISCUSSED = (50, 10_000)

_Entity = Place | Person | Organisation
_KINDS: dict[type[_Entity], str] = {
    Place: EntityKind.PLACE.value,
    Person: EntityKind.PERSON.value,
    Organisation: EntityKind.ORGANISATION.value,
}
_Any = TypeVar("_Any")
_Listed = TypeVar("_Listed", Author, Organisation, Person, Section, Tag)


class _Mention(NamedTuple):
    """The values of a mention's row after its article's; the fields are its columns."""

    kind: str
    place: int | None
    person: int | None
    organisation: int | None
    role: str
    quote: str
    paragraph: str = ""
    start: int = 0
    occurrences: tuple[tuple[str, int, str], ...] = ()
    state: str = MentionState.LINKED.value
    title: str = ""
    reason: str = ""
    sentence: str = ""
    is_adrift: bool = False
    folded: str = ""
    candidates: tuple[int, ...] = ()


class SyntheticArchive:
    """Makes the articles of one seed; ``make`` writes them into an archive that has none."""

    def __init__(self, articles: int, seed: int) -> None:
        self.articles = articles
        self._random = Random(seed)
        self._prose = Prose(self._random)
        self._discussion = Discussion(self._random, self._prose, reason=SOURCE)
        self._interval = timedelta(days=365.25 * YEARS) / articles

    def make(self, progress: Callable[[int], None]) -> None:
        """Write the articles with all that belongs to them; ``progress`` gets the number done.

        Memory does not grow with their number.
        """
        self._make_vocabulary()
        for start in range(0, self.articles, _BATCH):
            numbers = range(start, min(start + _BATCH, self.articles))
            with transaction.atomic():
                self._make_batch(numbers)
            progress(numbers.stop)
        self._discussion.finish()
        with connection.cursor() as cursor:
            # What a database learns of a living archive by and by, it must be told of this one.
            cursor.execute("ANALYZE")

    def _make_vocabulary(self) -> None:
        if not Place.objects.exists():
            load_gazetteer()
        self._places = list(Place.objects.order_by("-population", "geonames_id")[:_PLACES])
        self._sections = self._listed(Section, _SECTIONS, 1)
        self._authors = self._listed(Author, _AUTHORS, 2)
        self._tags = self._listed(Tag, _TAGS, 1)
        self._people = self._listed(Person, _PEOPLE, 2)
        self._organisations = self._listed(Organisation, _ORGANISATIONS, 3)

    def _listed(self, model: type[_Listed], count: int, words: int) -> list[_Listed]:
        """So many rows of a kind, the first ones to be named most often."""
        instances: list[_Listed] = []
        for number in range(1, count + 1):
            name = self._prose.name(words)
            instances.append(model(name=f"{name} {number}", slug=f"{slugify(name)}-{number}"))
        model.objects.bulk_create(instances)
        return instances

    def _make_batch(self, numbers: range) -> None:
        made = [self._article(number) for number in numbers]
        articles = [article for article, _ in made]
        addresses.allocate(articles)
        Article.objects.bulk_create(articles)
        rows.insert(
            Mention,
            ("article", *_Mention._fields),
            [(article.pk, *mention) for article, mentions in made for mention in mentions],
        )
        rows.insert(
            Byline,
            ("article", "author", "order"),
            [(article.pk, self._random.choice(self._authors).pk, 0) for article in articles],
        )
        rows.insert(
            Tagging,
            ("content_object", "tag"),
            [
                (article.pk, tag.pk)
                for article in articles
                for tag in self._some(self._tags, _TAGS_EACH)
            ],
        )
        self._discussion.write(articles)
        editing.record(articles, actor=SOURCE)

    def _article(self, number: int) -> tuple[Article, list[_Mention]]:
        """The article of this number, the oldest being 0, and what it mentions."""
        moment = UNTIL - self._interval * (self.articles - number)
        places = self._some(self._places, _PLACES_EACH)
        entities: list[_Entity] = [
            *places,
            *self._some(self._people, _PEOPLE_EACH),
            *self._some(self._organisations, _ORGANISATIONS_EACH),
        ]
        paragraphs, placed = self._prose.text(
            [Named(key, entity.name) for key, entity in enumerate(entities)]
        )
        headline = self._prose.title()
        filed_from = places[0]
        article = Article(
            headline=headline,
            slug=slugify(headline),
            summary=paragraphs[0][:200],
            body=_body(paragraphs),
            word_count=sum(paragraph.count(" ") + 1 for paragraph in paragraphs),
            status=Status.PUBLISHED,
            published_at=moment,
            section=self._random.choice(self._sections),
            dateline_place=filed_from,
            dateline_date=moment.date(),
            dateline_text=f"{filed_from.name}, {moment:%B} {moment.day}",
            comment_count=self._comment_count(number),
            source=SOURCE,
        )
        return article, [
            _mention(filed_from, MentionRole.FILED_FROM),
            *(_mention(entities[place.key], MentionRole.MENTIONED, place) for place in placed),
        ]

    def _some(self, instances: Sequence[_Any], bounds: tuple[int, int]) -> list[_Any]:
        """Different ones, the first of them all far more often than the last."""
        least, most = bounds
        count = least + int((most - least + 1) * self._random.random())
        chosen: dict[int, None] = {}
        while len(chosen) < count:
            chosen[int(len(instances) * self._random.random() ** 3)] = None
        return [instances[index] for index in chosen]

    def _comment_count(self, number: int) -> int:
        if number == self.articles - 1:
            least, most = _MOST_DISCUSSED
            return min(max(self.articles // 10, least), most)
        # The whole part of it is half a comment less on average.
        return int(self._random.expovariate(1 / (_COMMENTS_EACH + 0.5)))


def _body(paragraphs: list[str]) -> str:
    """The paragraphs as a body, in the form that ``articles.text.body`` would give it."""
    return "\n".join(
        f'<p id="p{number}">{html.escape(paragraph, quote=False)}</p>'
        for number, paragraph in enumerate(paragraphs, 1)
    )


def _mention(entity: _Entity, role: MentionRole, placed: Placed | None = None) -> _Mention:
    mention = _Mention(
        kind=_KINDS[type(entity)],
        place=entity.pk if isinstance(entity, Place) else None,
        person=entity.pk if isinstance(entity, Person) else None,
        organisation=entity.pk if isinstance(entity, Organisation) else None,
        role=role.value,
        quote=entity.name,
    )
    if placed is None:
        return mention
    paragraph = f"p{placed.paragraph}"
    return mention._replace(
        paragraph=paragraph,
        start=placed.start,
        occurrences=((paragraph, placed.start, entity.name),),
    )
