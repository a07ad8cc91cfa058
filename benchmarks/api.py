"""The API beside its limits: a bare view of the framework with the same bytes, and rows by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from benchmarks.load import measure
from benchmarks.pages import best_peers, not_kept
from benchmarks.processes import served

WITH_BODIES = "API list of 20 with bodies"
_WARM_UP = 1


@dataclass(frozen=True, slots=True)
class ApiRow:
    """How a request did (requests per second), beside its limits and the best peer."""

    name: str
    size: int
    """Bytes of the answer."""
    rate: float
    p99: float
    """Milliseconds."""
    same_bytes: float
    """A bare view of the framework that returns the same bytes."""
    by_hand: float | None
    """The same rows by SQL written by hand, serialised by the same library."""
    known: float | None
    """304 to who has the answer already."""
    peer: float | None


def addresses(sample: Mapping[str, str]) -> dict[str, str]:
    """What is asked for, by the name of the work."""
    articles = "/api/v1/articles/"
    facets = "facets=place,person,organisation,tag,section,year"
    three = f"place={sample['place_id']}&tag={sample['tag_id']}&from=2000"
    return {
        "API list of 20": articles,
        WITH_BODIES: f"{articles}?include=body",
        "API detail": f"{articles}{sample['id']}/",
        "API list, three filters and facets": f"{articles}?{three}&{facets}",
        "API list, a page in the middle": f"{articles}?cursor={sample['cursor']}",
        "API changes, 100 with bodies": "/api/v1/changes/?page_size=100&include=body",
        "API month": f"/api/v1/months/{sample['month'].strip('/').replace('/', '-')}/",
    }


def measure_api(
    env: dict[str, str], data: Path, sample: Mapping[str, str], seconds: float
) -> Iterator[ApiRow]:
    """A row for each request, with a key that is let through as often as it asks."""
    peers = best_peers()
    kept = data / "answers"
    kept.mkdir(exist_ok=True)
    key = {"Authorization": f"Bearer {sample['key']}"}
    limits = {**env, "DJANGO_SETTINGS_MODULE": "benchmarks.limit_settings"}
    with served(env) as site, served(limits) as limit:
        for name, path in addresses(sample).items():
            content, etag = _answer(site + path, key)
            file = "".join(letter if letter.isalnum() else "-" for letter in name)
            (kept / file).write_bytes(content)
            measure(site + path, _WARM_UP, key)
            load = measure(site + path, seconds, key)
            known = measure(site + path, seconds, key | {"If-None-Match": etag}) if etag else None
            by_hand = (
                measure(not_kept(f"{limit}/newest"), seconds).rate if name == WITH_BODIES else None
            )
            yield ApiRow(
                name,
                len(content),
                load.rate,
                load.p99,
                measure(not_kept(f"{limit}/framework/{file}"), seconds).rate,
                by_hand,
                known.rate if known else None,
                peers.get(name),
            )


def _answer(address: str, headers: Mapping[str, str]) -> tuple[bytes, str]:
    """The body and ETag of an answer; raises HTTPError unless it is a good one."""
    with urlopen(Request(address, headers=dict(headers)), timeout=120) as answer:  # noqa: S310
        if answer.status != 200:
            raise HTTPError(address, answer.status, "not an answer", answer.headers, None)
        return answer.read(), answer.headers.get("ETag", "")
