"""Makes articles with all that the verbs would write of them, as rows, without asking a database.

Whatever has a form that others read (a snapshot and its digest, a document, a place in a thread) is
made by what makes it elsewhere; the rest is put together here, and ``verify_archive`` holds it
against the articles.
"""

import html
from calendar import month_name
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter
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
    ListingKind,
    MentionRole,
    MentionState,
    Revision,
    Status,
)
from articles.models.article_facets import list_number, list_of, pack
from articles.search.index.backend import Document
from articles.search.index.backends import backend_of
from articles.search.index.documents import filters_of, joined
from articles.search.index.lists import COUNTED
from articles.search.index.positions import position_of
from articles.synthetic.batches import Batch, Plan, Planned, Rows
from articles.synthetic.cast import Cast, Named, some
from articles.synthetic.discussion import Discussion
from articles.synthetic.loading import LOADERS
from articles.synthetic.prose import Prose
from articles.synthetic.rows import Row, json_of, tables, text_of
from articles.synthetic.texts import Text, Texts
from articles.text.slugs import slugify

SOURCE, LANGUAGE = "synthetic", "en"
_TAGS_EACH, _PLACES_EACH, _PEOPLE_EACH, _ORGANISATIONS_EACH = (5, 5), (2, 6), (1, 4), (0, 3)
_READERS = 500
_ARCHIVE = list_number(ListingKind.ARCHIVE, 0)
_PUBLISHED = Status.PUBLISHED.value
_APPROVED = CommentState.APPROVED.value
_FILED_FROM, _MENTIONED = MentionRole.FILED_FROM.value, MentionRole.MENTIONED.value
_LINKED = MentionState.LINKED.value
_key = attrgetter("key")


class _Tokens(dict[int, str]):
    """The filter tokens of lists, each made once; empty for what no search narrows to."""

    def __missing__(self, number: int) -> str:
        self[number] = " ".join(filters_of([list_of(number)]))
        return self[number]


class Maker:
    """Makes the articles of one seed; which were made before makes no difference.

    It can be passed to other processes, which make the same ones.
    """

    def __init__(self, seed: int, prose: Prose, cast: Cast) -> None:
        self._seed = seed
        self._prose = prose
        self._cast = cast
        chance = Random(seed)
        self._texts = Texts(prose, chance)
        readers = [prose.name(2, chance) for _ in range(_READERS)]
        self._discussion = Discussion(readers, self._texts, reason=SOURCE)
        self._tables = tables()
        self._backend = backend_of(connection)
        self._pack = LOADERS[connection.vendor].pack
        self._tokens = _Tokens()
        # Used again for every article: an instance costs as much as all else of a row.
        self._random = Random()
        self._article = Article(status=_PUBLISHED, source=SOURCE, revision=1, language=LANGUAGE)
        self._revision = Revision(number=1, actor=SOURCE)
        self._language = " ".join(filters_of((), LANGUAGE))

    @property
    def vocabulary(self) -> str:
        """Every word that an article can have, or a few more."""
        names = [name for of_kind in self._cast for one in of_kind for name in one.names]
        return "\n".join([self._texts.vocabulary, *month_name, *names])

    def batch(self, plan: Plan) -> Batch:
        """The planned articles, which are all of their days."""
        rows = Rows()
        counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
        paths: set[str] = set()
        comment = plan.last_comment + 1
        for planned in plan.articles:
            lists = self._add(rows, plan, planned, comment, paths)
            counts[month_of(planned.moment)].update(lists)
            comment += planned.comments
        tables = self._tables.items()
        packed = {name: self._pack(table, getattr(rows, name)) for name, table in tables}
        return Batch(len(plan.articles), packed, dict(counts))

    def _add(
        self, rows: Rows, plan: Plan, planned: Planned, first_comment: int, paths: set[str]
    ) -> list[int]:
        """Add the rows of an article; returns the lists that it stands in."""
        random = self._random
        random.seed((self._seed << 40) + planned.number)
        pk = plan.last_article + 1 + planned.number
        at = text_of(planned.moment)
        cast = self._cast
        places = some(random, cast.places, _PLACES_EACH)
        story = _Story(
            random=random,
            section=_one(random, cast.sections),
            author=_one(random, cast.authors),
            tags=sorted(some(random, cast.tags, _TAGS_EACH), key=_key),
            named=[
                *places,
                *some(random, cast.people, _PEOPLE_EACH),
                *some(random, cast.organisations, _ORGANISATIONS_EACH),
            ],
        )
        text = self._texts.text(random, [one.in_text for one in story.named])
        article = self._written(pk, planned, story, text, paths)
        path = article.path
        rows.articles.append(
            (
                *(pk, article.headline, article.slug, article.summary, article.body),
                *(_count_words(text.paragraphs), _PUBLISHED, at, at, at, story.section.key),
                *(story.filed_from.key, at[:10], article.dateline_text, planned.comments),
                *(SOURCE, path, 1),
            )
        )
        rows.addresses.append((path, pk, at))
        rows.bylines.append((pk, story.author.key))
        rows.taggings += [(pk, tag.key) for tag in story.tags]
        rows.mentions += _mentions(pk, story, text)
        rows.revisions.append((pk, 1, at, SOURCE, at, *self._sealed(article, story)))
        position = plan.last_change + 1 + planned.number
        rows.changes.append((position, at, ChangeKind.PUBLISHED.value, at, pk, path))
        lists = story.lists()
        of_lists = [list_of(number) for number in lists]
        rows.entries += [(kind, key, at, pk) for kind, key in of_lists]
        counted = [list_number(kind, key) for kind, key in of_lists if kind in COUNTED]
        rows.facets.append((pk, pack(counted)))
        rows.documents.append(self._backend.row(self._document(article, story, text, lists)))
        if planned.comments:
            comments = range(first_comment, first_comment + planned.comments)
            rows.comments += self._discussion.rows(random, pk, planned.moment, comments)
            rows.comment_counts.append((pk, _APPROVED, planned.comments))
        return lists

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

    def _document(
        self, article: Article, story: "_Story", text: Text, lists: list[int]
    ) -> Document:
        assert article.published_at is not None
        names: dict[str, str] = {}
        mentioned = (story.named[placed.name] for placed in text.placed)
        for one in (story.filed_from, *mentioned, story.author, *story.tags):
            names.update(one.names)
        day = article.published_at
        dateline = f"{story.filed_from.in_text.tokens} {month_name[day.month].lower()} {day.day}"
        tokens = map(self._tokens.__getitem__, lists)
        return Document(
            position=position_of(article.published_at, article.pk),
            article_id=article.pk,
            # Words of the vocabulary are searched by as they are.
            headline=article.headline.lower(),
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

    def lists(self) -> list[int]:
        """The lists that the article stands in, in their order."""
        among = (self.section, self.author, *self.tags, *self.named)
        return sorted({_ARCHIVE, *self.filed_from.datelines}.union(*(one.lists for one in among)))


def _one(random: Random, among: Sequence[Named]) -> Named:
    return among[int(len(among) * random.random())]


def _count_words(paragraphs: list[str]) -> int:
    """As ``articles.text.body`` would, of words with one space between."""
    return sum([paragraph.count(" ") for paragraph in paragraphs]) + len(paragraphs)


def _body(paragraphs: list[str]) -> str:
    """The paragraphs as a body, in the form that ``articles.text.body`` would give it."""
    return "\n".join(
        [
            f'<p id="p{number}">{html.escape(paragraph, quote=False)}</p>'
            for number, paragraph in enumerate(paragraphs, 1)
        ]
    )


def _mentions(article: int, story: _Story, text: Text) -> Iterator[Row]:
    one = story.filed_from
    yield article, *one.mentioned, _FILED_FROM, _LINKED, one.name, "", 0, "[]"
    for number, paragraph, start in text.placed:
        one = story.named[number]
        occurrences = f'[["p{paragraph}", {start}, {one.quoted}]]'
        where = f"p{paragraph}"
        yield article, *one.mentioned, _MENTIONED, _LINKED, one.name, where, start, occurrences
