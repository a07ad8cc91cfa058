"""The numbers that are kept of comments: by article and state, and of each thread."""

from collections.abc import Iterator, Sequence

from articles.comments import counts
from articles.verifying.faults import Fault, article

_REMEDY = "Run recount_comments"


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The numbers of these articles that are not what there is."""
    for one in counts.miscounts(article_ids):
        counted = f"counts {one.stored} {one.what}, where there are {one.actual}"
        yield Fault(article(one.article), counted, _REMEDY)
