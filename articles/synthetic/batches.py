"""Makes articles with all that the verbs would write of them, as rows, without asking a database.

Whatever has a form that others read (a snapshot and its digest, a document, a place in a thread) is
made by what makes it elsewhere; the rest is put together here, and ``verify_archive`` holds it
against the articles.
"""

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from random import Random
from typing import NamedTuple

from django.db import connection

from articles.editing import addresses, snapshots
from articles.editing.revisions import digest
from articles.listings import month_of
from articles.models import (
    Article,
    ChangeKind,
    CommentState,
    EntityKind,
    ListingKind,
    MentionRole,
    MentionState,
    Revision,
    Status,
)
from articles.models.article_facets import list_number, pack
from articles.search.index.backend import Document
from articles.search.index.backends import backend_of
from articles.search.index.documents import filters_of, joined
from articles.search.index.lists import COUNTED
from articles.search.index.positions import position_of
from articles.search.words.tokens import words
from articles.synthetic.cast import Cast, Lists, Named, some
from articles.synthetic.discussion import Discussion
from articles.synthetic.prose import Prose
from articles.synthetic.rows import Row, json_of, text_of
from articles.synthetic.texts import Text, Texts
from articles.text.slugs import slugify

SOURCE, LANGUAGE = "synthetic", "en"
_TAGS_EACH, _PLACES_EACH, _PEOPLE_EACH, _ORGANISATIONS_EACH = (5, 5), (2, 6), (1, 4), (0, 3)
_ARCHIVE = (int(ListingKind.ARCHIVE), 0)
_PUBLISHED = Status.PUBLISHED.value
_APPROVED = CommentState.APPROVED.value
_PLACE, _PERSON, _ORGANISATION = (
    kind.value for kind in (EntityKind.PLACE, EntityKind.PERSON, EntityKind.ORGANISATION)
)


class Planned(NamedTuple):
    """An article to be made: its number among all, the oldest being 0, and its hour."""

    number: int
    moment: datetime
    comments: int


class Plan(NamedTuple):
    """Articles to be made at a time, the oldest first, and what their ids and places in the order
    of changes follow."""

    articles: list[Planned]
    last_article: int
    last_change: int
    last_comment: int


@dataclass(slots=True)
class Batch:
    """The rows of some articles, by the table they are of (see ``rows.TABLES``)."""

    articles: list[Row] = field(default_factory=list)
    addresses: list[Row] = field(default_factory=list)
    bylines: list[Row] = field(default_factory=list)
    taggings: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    facets: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    comment_counts: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)
    counts: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    """Articles of each list, by its kind, its key and the month."""


class _Tokens(dict[tuple[int, int], str]):
    """The filter tokens of lists, each made once; empty for what no search narrows to."""

    def __missing__(self, of: tuple[int, int]) -> str:
        self[of] = " ".join(filters_of([of]))
        return self[of]


class Maker:
    """Makes the articles of one seed; which were made before makes no difference."""

    def __init__(self, seed: int, cast: Cast) -> None:
        self._seed = seed
        self._cast = cast
        self._backend = backend_of(connection)
        self._prose = Prose(Random(seed))
        self._texts = Texts(self._prose, seed)
        self._discussion = Discussion(self._prose, self._texts, reason=SOURCE)
        self._tokens = _Tokens()
        # Used again for every article: an instance costs as much as all else of a row.
        self._article = Article(status=_PUBLISHED, source=SOURCE, revision=1, language=LANGUAGE)
        self._revision = Revision(number=1, actor=SOURCE)
        self._language = " ".join(filters_of((), LANGUAGE))

    def batch(self, plan: Plan) -> Batch:
        """The rows of the planned articles, which are all of their days."""
        batch = Batch()
        paths: set[str] = set()
        comment = plan.last_comment + 1
        for planned in plan.articles:
            self._add(batch, plan, planned, comment, paths)
            comment += planned.comments
        return batch

    def _add(
        self, batch: Batch, plan: Plan, planned: Planned, first_comment: int, paths: set[str]
    ) -> None:
        random = Random((self._seed << 40) + planned.number)
        pk = plan.last_article + 1 + planned.number
        at = text_of(planned.moment)
        cast = self._cast
        places = some(random, cast.places, _PLACES_EACH)
        story = _Story(
            random=random,
            section=_one(random, cast.sections),
            author=_one(random, cast.authors),
            tags=sorted(some(random, cast.tags, _TAGS_EACH)),
            named=[
                *places,
                *some(random, cast.people, _PEOPLE_EACH),
                *some(random, cast.organisations, _ORGANISATIONS_EACH),
            ],
        )
        text = self._texts.text(random, [one.as_name(key) for key, one in enumerate(story.named)])
        article = self._written(pk, planned, story, text, paths)
        path = article.path
        batch.articles.append(
            (
                *(pk, article.headline, article.slug, article.summary, article.body),
                *(text.word_count, _PUBLISHED, at, at, at, story.section.key),
                *(story.filed_from.key, at[:10], article.dateline_text, planned.comments),
                *(SOURCE, path, 1),
            )
        )
        batch.addresses.append((path, pk, at))
        batch.bylines.append((pk, story.author.key))
        batch.taggings += [(pk, tag.key) for tag in story.tags]
        batch.mentions += _mentions(pk, story, text)
        batch.revisions.append((pk, 1, at, SOURCE, at, *self._sealed(article, story)))
        position = plan.last_change + 1 + planned.number
        batch.changes.append((position, at, ChangeKind.PUBLISHED.value, at, pk, path))
        lists = story.lists()
        batch.entries += [(kind, key, at, pk) for kind, key in lists]
        batch.facets.append((pk, pack(list_number(*of) for of in lists if of[0] in COUNTED)))
        month = month_of(planned.moment)
        batch.counts.update([(kind, key, month) for kind, key in lists])
        document = self._document(article, story, text, lists)
        batch.documents.append(self._backend.row(document))
        if planned.comments:
            comments = range(first_comment, first_comment + planned.comments)
            batch.comments += self._discussion.rows(random, pk, planned.moment, comments)
            batch.comment_counts.append((pk, _APPROVED, planned.comments))

    def _written(
        self, pk: int, planned: Planned, story: "_Story", text: Text, paths: set[str]
    ) -> Article:
        """The article at an address that none of ``paths`` is, which it then is one of."""
        article, moment = self._article, planned.moment
        article.pk = pk
        article.headline = self._prose.title(story.random)
        article.summary = text.summary
        article.body = _body(text.paragraphs)
        article.published_at = moment
        article.section_id = story.section.key
        article.dateline_place_id = story.filed_from.key
        article.dateline_date = moment.date()
        article.dateline_text = f"{story.filed_from.name}, {moment:%B} {moment.day}"
        slug = article.slug = slugify(article.headline)
        number = 1
        while (path := addresses.path_of(article, article.slug)) in paths:
            number += 1
            article.slug = f"{slug}-{number}"
        paths.add(path)
        article.path = path
        return article

    def _sealed(self, article: Article, story: "_Story") -> tuple[str, str]:
        """The snapshot of the first version, and its digest."""
        revision = self._revision
        revision.article_id = article.pk
        assert article.published_at is not None
        revision.created_at = article.published_at
        revision.snapshot = snapshots.snapshot_of(
            article,
            {
                "section__name": story.section.name,
                "dateline_place__name": story.filed_from.name,
                "lead_image__file": None,
            },
            [(story.author.key, story.author.name)],
            sorted(((tag.key, tag.name) for tag in story.tags), key=itemgetter(1)),
        )
        return json_of(revision.snapshot), digest(revision)

    def _document(self, article: Article, story: "_Story", text: Text, lists: Lists) -> Document:
        assert article.published_at is not None
        names: dict[str, str] = {}
        mentioned = (story.named[place.key] for place in text.placed)
        for one in (story.filed_from, *mentioned, story.author, *story.tags):
            names.update(one.names)
        dateline = " ".join(words(article.dateline_text))
        tokens = map(self._tokens.__getitem__, lists)
        return Document(
            position=position_of(article.published_at, article.pk),
            article_id=article.pk,
            headline=" ".join(words(article.headline)),
            names=joined(names.values()),
            text=f"{dateline} {text.summary_tokens} {text.tokens}",
            filters=" ".join([*filter(None, tokens), self._language]),
        )


class _Story(NamedTuple):
    """What an article is about, and the chance that all else of it comes from."""

    random: Random
    section: Named
    author: Named
    tags: list[Named]
    named: list[Named]

    @property
    def filed_from(self) -> Named:
        return self.named[0]

    def lists(self) -> Lists:
        """The lists that the article stands in, in their order."""
        among = (self.section, self.author, *self.tags, *self.named)
        found = {_ARCHIVE, *self.filed_from.datelines}
        return tuple(sorted(found.union(*(one.lists for one in among))))


def _one(random: Random, among: Sequence[Named]) -> Named:
    return among[int(len(among) * random.random())]


def _body(paragraphs: list[str]) -> str:
    """The paragraphs as a body, in the form that ``articles.text.body`` would give it."""
    return "\n".join(
        [
            f'<p id="p{number}">{html.escape(paragraph, quote=False)}</p>'
            for number, paragraph in enumerate(paragraphs, 1)
        ]
    )


def _mentions(article: int, story: _Story, text: Text) -> Iterator[Row]:
    yield _mention(article, story.filed_from, MentionRole.FILED_FROM.value, "", 0, "[]")
    for placed in text.placed:
        one, paragraph = story.named[placed.key], f"p{placed.paragraph}"
        occurrences = f'[["{paragraph}", {placed.start}, {one.quoted}]]'
        role = MentionRole.MENTIONED.value
        yield _mention(article, one, role, paragraph, placed.start, occurrences)


def _mention(
    article: int, one: Named, role: str, paragraph: str, start: int, occurrences: str
) -> Row:
    key = one.key
    place = key if one.kind == _PLACE else None
    person = key if one.kind == _PERSON else None
    organisation = key if one.kind == _ORGANISATION else None
    return (
        *(article, one.kind, place, person, organisation, role, MentionState.LINKED.value),
        *(one.name, paragraph, start, occurrences),
    )
