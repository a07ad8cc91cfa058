"""How well and how quickly articles are linked: ``python -m benchmarks.link_archive`` prints JSON.

A process of its own, since Django is set up for one database. The archive there is linked once, so
that what is measured is linking that finds its mentions written already; processor time is counted,
since one core does it all.
"""

import json
from collections.abc import Iterator
from time import perf_counter, process_time

import django

django.setup()

from articles.linking import link, names  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
)
from benchmarks import truth  # noqa: E402

_BATCH = 500
_VOCABULARY = (Place, PlaceName, Person, PersonName, Organisation, OrganisationName)


def measure() -> dict[str, object]:
    """Shares of the marked copy by part (precision, recall, suggested), and the figures of time:
    articles a second, seconds, milliseconds."""
    started = perf_counter()
    names.current()
    read = perf_counter() - started
    started = perf_counter()
    names.current()
    seen = perf_counter() - started
    for batch in _batches():
        link(batch)
    started = process_time()
    linked = sum(len(batch) for batch in _batches() if not link(batch))
    rate = linked / (process_time() - started)
    world = truth.World()
    scores = {
        part: truth.score(truth.read(part, world), world)
        for part in (truth.DEVELOPMENT, truth.HELD_OUT)
    }
    return {
        **{part: [each.precision, each.recall, each.offered] for part, each in scores.items()},
        "rate": rate,
        "names": sum(model._default_manager.count() for model in _VOCABULARY),
        "read": read,
        "seen": seen * 1000,
    }


def _batches() -> Iterator[list[Article]]:
    last = 0
    while batch := list(Article.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


if __name__ == "__main__":
    print(json.dumps(measure()))
