"""Fills an archive with synthetic articles, in batches, all of it derived from one seed."""

from collections import Counter, defaultdict
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
from articles.models.article_facets import list_of
from articles.search.index import lexicon, name_index
from articles.search.index.backends import backend_of
from articles.synthetic.batches import Batch, Plan, Planned
from articles.synthetic.cast import Cast
from articles.synthetic.loading import Loader, loading
from articles.synthetic.maker import LANGUAGE, Maker
from articles.synthetic.prose import Prose
from articles.synthetic.rows import COUNTS, TOTALS, tables
from articles.synthetic.workers import making

YEARS = 40
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 1_000
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
        self._tables = tables()
        self._months: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._totals: Counter[int] = Counter()

    def make(self, progress: Callable[[int], None]) -> None:
        """Write the articles with all that belongs to them; ``progress`` gets the number done.

        All of it is one transaction. Memory does not grow with the number of articles.
        """
        with loading(connection) as loader:
            prose = Prose(self._random)
            maker = Maker(self._seed, prose, Cast.make(prose))
            with making(maker, self._plans(), alone=self.articles <= _FEW) as batches:
                lexicon.learn_text(maker.vocabulary, LANGUAGE)
                done = 0
                for batch in batches:
                    self._write(loader, batch)
                    done += batch.size
                    progress(done)
            self._write_counts(loader, before=_NEVER)
            totals = sorted(self._totals.items())
            loader.write_rows(TOTALS, ((*list_of(number), count) for number, count in totals))
            name_index.rebuild()
            freshness.purge_everything()
        backend_of(connection).settle(connection)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Article, Comment]):
                cursor.execute(statement)
            # What a database learns of a living archive by and by, it must be told of this one.
            cursor.execute("ANALYZE")

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
        for name, table in self._tables.items():
            loader.write(table, batch.packed[name])
        for month, counts in batch.counts.items():
            self._months[month].update(counts)
        # Months come one after another: those before are done with.
        self._write_counts(loader, before=max(batch.counts))

    def _write_counts(self, loader: Loader, before: int) -> None:
        """Write what the lists have in the months before, and sum it up."""
        for month in sorted(month for month in self._months if month < before):
            counts = self._months.pop(month)
            self._totals.update(counts)
            rows = ((*list_of(number), month, count) for number, count in sorted(counts.items()))
            loader.write_rows(COUNTS, rows)


def _day(planned: Planned) -> date:
    return timezone.localtime(planned.moment, timezone.get_default_timezone()).date()
