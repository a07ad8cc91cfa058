"""Articles whose lists and search entries may lag behind a change of the vocabulary.

A change that concerns more articles than anybody would wait for marks them, in its transaction;
the worker sweeps, a batch at a time.
"""

from collections.abc import Iterable

from django.db import connection, transaction

from articles import changes, listings, search
from articles.models import StaleArticle
from articles.models.rows import insert_values

BATCH = 500


@transaction.atomic
def mark(article_ids: Iterable[int]) -> None:
    """Have the worker bring lists and search entries of these articles up to date, as soon as the
    caller's transaction has ended. One that is marked already stays so."""
    table = connection.ops.quote_name(StaleArticle._meta.db_table)
    # To write a mark that is there locks it: a sweep under way must not take it away before the
    # caller's change can be seen. In one order for all, so that no two wait for each other.
    insert_values(
        connection,
        f"{table} (article_id)",
        "(%s)",
        [(pk,) for pk in sorted(set(article_ids))],
        "ON CONFLICT (article_id) DO UPDATE SET article_id = excluded.article_id",
    )


@transaction.atomic
def sweep(limit: int = BATCH) -> int:
    """Bring up to date as many of the marked articles as ``limit`` says, and return how many that
    were; 0 when there is nothing left. Several may sweep at once, each others of them."""
    marked = StaleArticle.objects.select_for_update(skip_locked=True).order_by("pk")
    ids = list(marked.values_list("pk", flat=True)[:limit])
    # Before they are read, so that whoever marks one of them meanwhile waits, and marks it anew.
    StaleArticle.objects.filter(pk__in=ids).delete()
    listings.refresh(ids)
    search.refresh(ids)
    changes.note(ids)
    return len(ids)
