import pickle
import sqlite3
from contextlib import closing
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from articles import search
from articles.listings import Listing
from articles.models import Article, Comment, ListingKind, Mention, Revision, Tagging
from articles.synthetic.archive import UNTIL, SyntheticArchive
from articles.synthetic.batches import Plan, Planned
from articles.synthetic.cast import Cast
from articles.synthetic.maker import Maker
from articles.synthetic.prose import Prose
from articles.synthetic.rows import TABLES
from articles.text import body
from articles.verifying import PARTS, verify
from tests.factories import make_article, make_comment, make_place

pytestmark = pytest.mark.django_db
ARTICLES = 40


@pytest.fixture(autouse=True)
def places():
    """Some places, so that the whole gazetteer need not be loaded."""
    for number in range(30):
        make_place(population=1000 - number, geonames_id=number + 1, name=f"St. Place-{number}")


def make(articles: int = ARTICLES, seed: int = 1) -> None:
    SyntheticArchive(articles, seed).make(lambda done: None)


def said_with(seed: int) -> list[tuple[object, ...]]:
    """What the archive of a seed says, without ids and the time of making; leaves nothing."""
    with transaction.atomic():
        make(seed=seed)
        mentions = Mention.objects.order_by("article__published_at", "pk")
        said: list[tuple[object, ...]] = [
            *Article.objects.order_by("published_at").values_list("path", "headline", "body"),
            *mentions.values_list("kind", "role", "quote", "paragraph", "start"),
            *Comment.objects.order_by("path").values_list("author_name", "text", "depth"),
        ]
        transaction.set_rollback(True)
    return said


def test_same_seed_makes_the_same_archive():
    assert said_with(seed=1) == said_with(seed=1)
    assert said_with(seed=1) != said_with(seed=2)


def test_articles_are_complete_and_public():
    make()

    assert Article.objects.public().count() == ARTICLES
    assert Listing(ListingKind.ARCHIVE).count() == ARTICLES
    assert Revision.objects.filter(number=1).count() == ARTICLES
    assert Tagging.objects.count() == 5 * ARTICLES
    years = Article.objects.datetimes("published_at", "year")
    assert (years[0].year, years[len(years) - 1].year) == (1986, 2024)


def test_searching_finds_the_articles():
    make()
    found = search.find(search.parse({"q": ["halfway"]}))

    expected = Article.objects.filter(body__contains=" halfway ").count()
    assert found.count.number == expected > 0


def test_nothing_is_wrong_with_it():
    make()

    assert [fault for step in verify(PARTS) for fault in step.faults] == []


@pytest.mark.django_db(transaction=True)
def test_indexes_and_constraints_are_there_again_afterwards():
    before = kept_in_order()
    make()

    assert kept_in_order() == before
    assert [fault for step in verify(PARTS) for fault in step.faults] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="others are none of its concern")
def test_an_archive_that_somebody_has_open_is_filled_all_the_same():
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("SELECT count(*) FROM articles_article").fetchone()

        make()

        assert other.execute("SELECT count(*) FROM articles_article").fetchone() == (ARTICLES,)
    assert [fault for step in verify(PARTS) for fault in step.faults] == []


@pytest.mark.django_db(transaction=True)
def test_whoever_is_interrupted_leaves_nothing():
    before = kept_in_order()

    with pytest.raises(KeyboardInterrupt):
        SyntheticArchive(ARTICLES, 1).make(interrupt)

    assert kept_in_order() == before
    assert not Article.objects.exists()


def kept_in_order() -> dict[str, set[str]]:
    """The indexes and constraints of the tables that are filled, and on SQLite every trigger."""
    with connection.cursor() as cursor:
        kept = {
            table.name: set(connection.introspection.get_constraints(cursor, table.name))
            for table in TABLES.values()
        }
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            kept["triggers"] = {name for (name,) in cursor.fetchall()}
        return kept


def interrupt(done: int) -> None:
    raise KeyboardInterrupt


def test_the_same_articles_come_in_whatever_order_they_are_made(django_assert_num_queries):
    prose = Prose(Random(1))
    cast = Cast.make(prose)
    plans = [
        Plan([Planned(number, UNTIL - timedelta(days=9 - number), 2)], 0, 0, 2 * number)
        for number in range(3)
    ]
    with django_assert_num_queries(0):
        forwards = [Maker(1, prose, cast).batch(plan) for plan in plans]
        maker = Maker(1, prose, cast)
        backwards = [maker.batch(plan) for plan in reversed(plans)]
        # As another process gets it.
        elsewhere = [pickle.loads(pickle.dumps(maker)).batch(plan) for plan in plans]

    assert backwards[::-1] == forwards == elsewhere


def test_bodies_are_in_the_form_that_cleaning_gives():
    make()

    for article in Article.objects.all():
        assert body.identify(body.clean(article.body)) == article.body
        assert article.word_count == body.count_words(article.body)


def test_mentions_stand_where_they_say():
    make()

    for article in Article.objects.prefetch_related("mentions"):
        texts = {block.id: block.text for block in body.blocks(article.body)}
        for mention in article.mentions.exclude(paragraph=""):
            assert texts[mention.paragraph].startswith(mention.quote, mention.start)
            assert mention.occurrences == [[mention.paragraph, mention.start, mention.quote]]


def test_comments_are_counted_and_threaded_and_the_last_article_has_most():
    make()

    for article in Article.objects.all():
        assert article.comments.approved().count() == article.comment_count
    assert Article.objects.latest("published_at").comment_count == 50
    answers = Comment.objects.filter(parent__isnull=False)
    assert answers.exists()
    assert not answers.exclude(parent__article=F("article")).exists()
    assert not answers.exclude(parent__created_at__lt=F("created_at")).exists()


def test_comments_can_be_added_afterwards():
    make()

    assert make_comment(Article.objects.latest("published_at")).pk > ARTICLES


def test_command_says_how_many_it_made():
    out = StringIO()
    call_command("make_archive", articles=3, stdout=out)

    assert out.getvalue().startswith("3 articles in ")


def test_command_refuses_an_archive_that_has_articles():
    make_article()

    with pytest.raises(CommandError, match="this archive has articles"):
        call_command("make_archive", articles=3)


def test_command_refuses_a_number_that_is_none():
    with pytest.raises(CommandError, match="--articles: 0 is no number of articles"):
        call_command("make_archive", articles=0)
