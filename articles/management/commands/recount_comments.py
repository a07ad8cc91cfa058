from typing import Any

from articles.comments import counts
from articles.management.base import ArchiveCommand
from articles.models import Article

_BATCH = 500


class Command(ArchiveCommand):
    help = (
        "Counts the comments of all articles and puts right what is kept of it. The site stays in "
        "service. Needed when verify_archive says so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = last = 0
        articles = Article.objects.order_by("pk").values_list("pk", flat=True)
        while batch := list(articles.filter(pk__gt=last)[:_BATCH]):
            counts.recount(batch)
            done, last = done + len(batch), batch[-1]
            if self.stderr.isatty():
                self.stderr.write(f"\r{done:,} articles", ending="")
        self.stdout.write(f"The comments of {done:,} articles are counted.")
