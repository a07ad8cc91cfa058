from typing import Any

from articles import changes
from articles.management.base import ArchiveCommand
from articles.models import Article

_BATCH = 500


class Command(ArchiveCommand):
    help = (
        "Notes what became of articles before readers where that was not noted, so that whoever "
        "keeps a copy hears of it. Articles of which the last change is right are left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        last = noted = 0
        articles = Article.objects.order_by("pk").values_list("pk", flat=True)
        while ids := list(articles.filter(pk__gt=last)[:_BATCH]):
            lacking = [lack.article for lack in changes.lacking(ids)]
            changes.note(lacking)
            noted += len(lacking)
            last = ids[-1]
        if options["verbosity"]:
            self.stdout.write(f"Noted changes of {noted:,} article{'' if noted == 1 else 's'}.")
