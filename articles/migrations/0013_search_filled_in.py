from contextlib import contextmanager

from django.db import migrations, router, transaction

from articles import search
from articles.search.index.backends.postgres import STORAGE
from articles.search.index.backends.stretches import BLOCKS
from articles.text.folding import fold

# Words are cut and names are folded anew since 0011, and search knows the lists and the words of
# each article, on PostgreSQL also which words follow one another. An archive that is there already
# gets its names folded and its articles indexed.
#
# It may be stopped and run again: each batch is a transaction, names that are folded right are left
# alone, and only articles without their row of lists are written. The site stays in service with
# what the index had. The articles are not marked for the worker instead, for what it brings up to
# date it takes for changed: a million purges, and a million changes told to copies and webhooks.
#
# The index is filled by the code of today. Whoever gives the index a column in a later migration
# moves ``fill`` behind that.

_BATCH = 2_000
_TRANSACTION = {"postgresql": "pg_current_xact_id()::text::bigint", "sqlite": "0"}
# What 0002 makes of a new archive. The default is for the version before, which writes until the
# site is started anew; ``verify_archive`` names the documents that it leaves without pairs.
_INDEX = (
    "DROP INDEX IF EXISTS articles_search_anew",
    """
    ALTER TABLE articles_search_document
        ADD COLUMN IF NOT EXISTS pairs smallint[] NOT NULL DEFAULT '{}'
    """,
    BLOCKS,
    """
    CREATE INDEX CONCURRENTLY articles_search_anew
        ON articles_search_document USING gin (articles_search_blocks(month), words, pairs)
        WITH (gin_pending_list_limit = 512)
    """,
    "DROP INDEX IF EXISTS articles_search_index",
    "ALTER INDEX articles_search_anew RENAME TO articles_search_index",
)
_IS_NEW = """
    SELECT 1 FROM pg_indexes WHERE indexname = 'articles_search_index'
        AND indexdef LIKE '%articles_search_blocks(month)%pairs%'
"""
_FOLDED = ("PlaceName", "PersonName", "OrganisationName", "Mention")


def fold_names(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name in _FOLDED:
        model = apps.get_model("articles", name)
        longest = model._meta.get_field("folded").max_length
        rows = model._base_manager.using(alias).exclude(folded="").order_by("pk")
        last = 0
        while batch := list(rows.filter(pk__gt=last).only("folded")[:_BATCH]):
            last = batch[-1].pk
            changed = []
            for row in batch:
                folded = fold(row.folded)[:longest]
                if folded != row.folded:
                    row.folded = folded
                    changed.append(row)
            if changed:
                with transaction.atomic(using=alias), _without_purges(schema_editor.connection):
                    model._base_manager.using(alias).bulk_update(changed, ["folded"])


@contextmanager
def _without_purges(connection):
    """Takes back what the triggers note in this transaction: no page shows a folded name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM articles_purge")
        last = cursor.fetchone()
        yield
        cursor.execute(
            "DELETE FROM articles_purge WHERE id > %s AND transaction_id = "  # noqa: S608
            + _TRANSACTION[connection.vendor],
            last,
        )


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in STORAGE:
            cursor.execute(statement)
        cursor.execute(_IS_NEW)
        if not cursor.fetchone():
            for statement in _INDEX:
                cursor.execute(statement)


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    if alias != router.db_for_write(apps.get_model("articles", "Article")):
        return  # search has one index, in the database that is written to
    if apps.get_model("articles", "Article").objects.using(alias).exists():
        search.fill()


def forget(apps, schema_editor):
    """The words go with their table: who comes here again learns them from all articles."""
    alias = schema_editor.connection.alias
    apps.get_model("articles", "ArticleFacets").objects.using(alias).all().delete()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0012_search_words")]

    operations = [
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
        migrations.RunPython(fill, forget),
    ]
