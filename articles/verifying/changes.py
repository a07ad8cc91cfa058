"""What whoever keeps a copy has been told last of each article: whether it is so."""

from collections.abc import Iterator, Sequence

from articles.changes import lacking
from articles.verifying.faults import Fault, article
from articles.verifying.waiting import settled

_NOTE = "Run note_changes"


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The articles among these of which the last change says other than what is so."""
    for lack in lacking(settled(article_ids)):
        yield Fault(article(lack.article), f"{lack.flaw} in the changes", _NOTE)
