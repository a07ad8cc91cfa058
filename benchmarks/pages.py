"""What is asked for, one piece of work a row, and how each did."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks.load import Load, measure
from benchmarks.processes import served

PEERS = Path(__file__).parent / "peers.csv"
ARTICLE = "article page"
_WARM_UP = 1


@dataclass(frozen=True, slots=True)
class Work:
    """A request: its name (the peers' figures go by it), its path and its headers."""

    name: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """How a piece of work did, beside its limits and the best peer (requests per second)."""

    name: str
    size: int
    """Bytes of the answer."""
    load: Load
    same_bytes: float
    """A bare view that returns the same bytes."""
    by_hand: float
    """Three SQL statements and a plain template, for an article's page."""
    peer: float | None


def works(sample: Mapping[str, str]) -> list[Work]:
    drawn = (
        (ARTICLE, sample["article"]),
        ("article with most comments", sample["discussed"]),
        ("article with 10,000 comments", sample["long_discussed"]),
        ("front page", "/"),
        ("month page", sample["month"]),
        ("tag page", sample["tag"]),
        ("place page", sample["place"]),
        ("person page", sample["person"]),
        ("organisation page", sample["organisation"]),
        ("places, most written about", "/places/?order=most"),
        ("map of places", "/places/?view=map"),
    )
    return [
        *(Work(name, not_kept(path), {}) for name, path in drawn),
        Work("article page, kept", sample["article"], {}),
        Work("front page, kept", "/", {}),
        Work("search for a word in 10 %", "/search/?q=tenfold", {}),
        Work("search for a word in 10 %, not kept", _too_long("/search/?q=tenfold"), {}),
        Work("search for a rare word", "/search/?q=seldom", {}),
        Work("search for a rare word, not kept", _too_long("/search/?q=seldom"), {}),
        Work("admin article list", "/admin/articles/article/", {"Cookie": sample["cookie"]}),
    ]


def not_kept(path: str) -> str:
    """The address of the same page with a parameter that nobody reads: no such page is kept or
    waited for, and each request has it drawn."""
    return f"{path}{'&' if '?' in path else '?'}drawn=1"


def _too_long(search: str) -> str:
    """The address of the same search, which takes no parameter that it does not know, with so many
    spaces behind the word that it is not kept."""
    return search + "+" * 500


def measure_all(
    env: dict[str, str], data: Path, sample: Mapping[str, str], seconds: float
) -> Iterator[Row]:
    """A row for each piece of work, each measured right beside its limit, so that what else the
    machine does meanwhile weighs on both."""
    peers = best_peers()
    answers = data / "answers"
    answers.mkdir(exist_ok=True)
    limits = {**env, "DJANGO_SETTINGS_MODULE": "benchmarks.limit_settings"}
    with served(env) as site, served(limits) as limit:
        by_hand = 0.0
        for work in works(sample):
            content = _answer(site, work)
            kept = "".join(letter if letter.isalnum() else "-" for letter in work.name)
            (answers / kept).write_bytes(content)
            address = site + work.path
            measure(address, _WARM_UP, work.headers)
            load = measure(address, seconds, work.headers)
            if not by_hand:
                by_hand = measure(not_kept(f"{limit}/rows/{sample['id']}"), seconds).rate
            same_bytes = measure(not_kept(f"{limit}/bytes/{kept}"), seconds).rate
            yield Row(work.name, len(content), load, same_bytes, by_hand, peers.get(work.name))


def best_peers() -> dict[str, float]:
    """The requests per second of the best peer at each piece of work."""
    with PEERS.open(newline="") as file:
        return {
            row.pop("work"): max(float(rate) for rate in row.values() if rate)
            for row in csv.DictReader(file)
        }


def _answer(site: str, work: Work) -> bytes:
    """The body of an answer; raises HTTPError unless it is a good one."""
    with urlopen(Request(site + work.path, headers=dict(work.headers)), timeout=60) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content
