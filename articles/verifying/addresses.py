"""The addresses of articles: each on record, and leading where it should."""

from collections.abc import Iterator, Sequence

from articles.models import Address, Article
from articles.verifying.faults import Fault, article

_SAVE = "Save it at the desk, which puts the address on record"
_ANOTHER = "Give it another slug at the desk"


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The faults in the addresses of these articles."""
    rows = list(Article.objects.filter(pk__in=article_ids).values_list("pk", "path", "public_from"))
    paths = [path for _, path, _ in rows if path]
    owners = dict(Address.objects.filter(path__in=paths).values_list("path", "article"))
    for pk, path, public_from in rows:
        if not path:
            if public_from:
                yield Fault(article(pk), "is public and has no address", _ANOTHER)
        elif path not in owners:
            yield Fault(article(pk), f"has the address {path}, which is not on record", _SAVE)
        elif owners[path] != pk:
            of_other = f"has the address {path}, which is on record as {article(owners[path])}’s"
            yield Fault(article(pk), of_other, _ANOTHER)
