"""Fills an archive with synthetic articles, in batches, all of it derived from one seed."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from articles import freshness
from articles.models import Article, Change, Comment
from articles.search.index import lexicon, name_index
from articles.search.index.backend import TABLE as DOCUMENTS
from articles.search.index.backends import backend_of
from articles.synthetic.batches import LANGUAGE, Batch, Plan, Planned
from articles.synthetic.cast import Cast
from articles.synthetic.loading import Loader, loading
from articles.synthetic.prose import Prose
from articles.synthetic.rows import COUNTS, TABLES, TOTALS
from articles.synthetic.texts import Texts
from articles.synthetic.workers import made

YEARS = 40
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 500
# So few that other processes would only be started for them.
_FEW = 2_000
_COMMENTS_EACH = 3
# The most discussed article: a tenth as many comments as there are articles, within limits.
_MOST_DISCUSSED = (50, 10_000)
_NEVER = 999_913


class SyntheticArchive:
    """Makes the articles of one seed; ``make`` writes them into an archive that has none."""

    def __init__(self, articles: int, seed: int) -> None:
        self.articles = articles
        self._seed = seed
        self._interval = timedelta(days=365.25 * YEARS) / articles
        self._random = Random(seed)
        self._counts: Counter[tuple[int, int, int]] = Counter()
        self._totals: Counter[tuple[int, int]] = Counter()

    def make(self, progress: Callable[[int], None]) -> None:
        """Write the articles with all that belongs to them; ``progress`` gets the number done.

        All of it is one transaction. Memory does not grow with the number of articles.
        """
        with loading(connection) as loader:
            cast = Cast.make(Prose(self._random))
            done = 0
            for batch in made(self._seed, cast, self._plans(), alone=self.articles <= _FEW):
                self._write(loader, batch)
                done += len(batch.articles)
                progress(done)
            self._write_counts(loader, before=_NEVER)
            totals = sorted(self._totals.items())
            loader.write_table(TOTALS, ((*of_list, number) for of_list, number in totals))
            name_index.rebuild()
            lexicon.learn_text(self._vocabulary(cast), LANGUAGE)
            freshness.purge_everything()
        backend_of(connection).settle(connection)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Article, Comment]):
                cursor.execute(statement)
            # What a database learns of a living archive by and by, it must be told of this one.
            cursor.execute("ANALYZE")

    def _vocabulary(self, cast: Cast) -> str:
        """Every word that an article can have, or a few more."""
        texts = Texts(Prose(Random(self._seed)), self._seed)
        names = [name for of_kind in cast for one in of_kind for name in one.names]
        months = [f"{date(2000, month, 1):%B}" for month in range(1, 13)]
        return "\n".join([texts.vocabulary, *names, *months])

    def _plans(self) -> Iterator[Plan]:
        """The articles in batches that end where a day does: addresses are unique within one."""
        last_article = Change.objects.aggregate(last=Max("article"))["last"] or 0
        last_change = Change.objects.aggregate(last=Max("position"))["last"] or 0
        last_comment = 0
        articles = self._planned()
        pending = list(islice(articles, _BATCH))
        while pending:
            batch, pending = pending, []
            for planned in articles:
                if _day(planned) != _day(batch[-1]):
                    pending = [planned, *islice(articles, _BATCH - 1)]
                    break
                batch.append(planned)
            yield Plan(batch, last_article, last_change, last_comment)
            last_comment += sum(planned.comments for planned in batch)

    def _planned(self) -> Iterator[Planned]:
        for number in range(self.articles):
            moment = UNTIL - self._interval * (self.articles - number)
            yield Planned(number, moment.replace(microsecond=0), self._comment_count(number))

    def _comment_count(self, number: int) -> int:
        if number == self.articles - 1:
            least, most = _MOST_DISCUSSED
            return min(max(self.articles // 10, least), most)
        # The whole part of it is half a comment less on average.
        return int(self._random.expovariate(1 / (_COMMENTS_EACH + 0.5)))

    def _write(self, loader: Loader, batch: Batch) -> None:
        for field, table in TABLES.items():
            loader.write_table(table, getattr(batch, field))
        loader.write(DOCUMENTS, backend_of(connection).columns, batch.documents)
        self._counts.update(batch.counts)
        # Months come one after another: those before are done with.
        self._write_counts(loader, before=max(month for _, _, month in batch.counts))

    def _write_counts(self, loader: Loader, before: int) -> None:
        """Write what the lists have in the months before, and sum it up."""
        done = sorted(item for item in self._counts.items() if item[0][2] < before)
        for of_month, number in done:
            del self._counts[of_month]
            self._totals[of_month[:2]] += number
        loader.write_table(COUNTS, ((*of_month, number) for of_month, number in done))


def _day(planned: Planned) -> date:
    return timezone.localtime(planned.moment, timezone.get_default_timezone()).date()
