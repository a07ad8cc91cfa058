"""Makes a site complete, and keeps it fresh."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from articles import freshness
from articles.baking.catching_up import catch_up
from articles.baking.crew import Work, crew
from articles.baking.files import type_of
from articles.baking.headers import SAMPLES, Expected, sent_along
from articles.baking.manifest import Made, Manifest, Page, State
from articles.baking.oven import Oven, copy_assets
from articles.baking.pictures import sweep
from articles.baking.rendering import render
from articles.baking.site import Site

_PORTION = 20
"""Pages that a process takes at a time."""
_NOTED = 200
"""Pages that are noted in the manifest at a time; so many are made again after a crash."""
_MOST_TOLD = 100
"""Failures that are told."""
_ASSETS = "assets"
"""Notes of which state of the program they are."""
_UNDER_WAY = "under way"
"""Noted while pages are made, and still there after a crash."""


class BakingError(Exception):
    """Nothing can be baked, for the reason in its words."""


class Step(NamedTuple):
    """How far it has come, in pages."""

    done: int
    total: int


@dataclass(slots=True)
class Outcome:
    """What became of the pages that were made.

    ``headers_are_new`` says that the web server has to read its configuration again, ``has_more``
    that there are pages still to be made.
    """

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    left: int = 0
    failed: int = 0
    failures: list[Made] = field(default_factory=list)
    headers_are_new: bool = False
    has_more: bool = False

    @property
    def done(self) -> int:
        return self.written + self.unchanged + self.removed + self.left + self.failed

    def count(self, made: Made) -> None:
        if made.state is State.FAILED:
            self.failed += 1
            if len(self.failures) < _MOST_TOLD:
                self.failures.append(made)
        elif made.state is None:
            self.removed += 1
        elif made.state is State.LEFT:
            self.left += 1
        elif made.digest == made.page.digest:
            self.unchanged += 1
        else:
            self.written += 1


def bake(
    site: Site,
    *,
    processes: int = 1,
    most: int | None = None,
    tell: Callable[[Step], None] | None = None,
) -> Outcome:
    """Make what is missing or no longer as it should be, at most so many pages; ``tell`` hears how
    far it has come. A new site is readers' as soon as it is complete, but for what failed.

    Raises BakingError when not even the front page can be made.
    """
    outcome = Outcome()
    catch_up(site.manifest)
    while site.manifest.count_due():
        _make_due(site, outcome, processes, most, tell)
        outcome.has_more = site.manifest.count_due() > 0
        if site.is_complete or outcome.has_more:
            break
        # It took a while, and readers are to get no site that is older than the one they have.
        catch_up(site.manifest)
    while sweep(site.manifest, site.store, timezone.now()):
        if most is not None:
            outcome.has_more = True
            break
    if not (site.is_complete or outcome.has_more):
        site.complete()
    return outcome


def _make_due(
    site: Site,
    outcome: Outcome,
    processes: int,
    most: int | None,
    tell: Callable[[Step], None] | None,
) -> None:
    """Have made what is due now, and count what becomes of it."""
    total = outcome.done + site.manifest.count_due()
    expected = _expected()
    _bring_assets(site)
    oven = Oven(site.store, expected)
    with crew(oven, min(processes, -(-total // _PORTION))) as work:
        for some in _recorded(site.manifest, work, most):
            for made in some:
                outcome.count(made)
            total = max(total, outcome.done)
            if tell:
                tell(Step(outcome.done, total))
    outcome.headers_are_new |= expected.write(site.home / "nginx")


def _bring_assets(site: Site) -> None:
    """The assets of this state of the program, once."""
    if site.manifest.note(_ASSETS) != freshness.program():
        copy_assets(site.store)
        with site.manifest.transaction():
            site.manifest.put(**{_ASSETS: freshness.program()})


def _expected() -> Expected:
    """The headers that go with each type of content."""
    by_type = {}
    for address in SAMPLES:
        asked = render(address)
        if asked.status_code != 200:
            raise BakingError(f"The site answers {asked.status_code} at {address}.")
        by_type[type_of(address)] = sent_along(asked.headers)
    return Expected(by_type)


def _recorded(manifest: Manifest, work: Work, most: int | None) -> Iterator[Sequence[Made]]:
    """Has the due pages made, those too to which others lead, and what became of them recorded."""
    last, taken = 0, 0

    def portions() -> Iterator[Sequence[Page]]:
        nonlocal last, taken
        while most is None or taken < most:
            portion = manifest.due(last, _PORTION)
            if not portion:
                return
            last = portion[-1].id
            taken += len(portion)
            yield portion

    # What is still due when it comes to be made may have been written and not noted.
    if manifest.note(_UNDER_WAY):
        with manifest.transaction():
            manifest.forget_due_files()
    with manifest.transaction():
        manifest.put(**{_UNDER_WAY: "yes"})
    before = -1
    while taken > before:
        before = taken
        some: list[Made] = []
        for results in work(portions()):
            some += results
            if len(some) >= _NOTED:
                _record(manifest, some)
                some = []
            yield results
        _record(manifest, some)
    with manifest.transaction():
        manifest.drop(_UNDER_WAY)


def _record(manifest: Manifest, some: Sequence[Made]) -> None:
    with manifest.transaction():
        manifest.record(some)
