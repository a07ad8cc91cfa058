"""How well spam is told from good comments: ``python -m benchmarks.spam FOLDER`` prints JSON.

``FOLDER`` has ``spam/wordpress-comment-blocklist.txt`` and exports of WordPress in ``wxr/``. The
classifier learns from one half of the comments, as moderators' decisions, and judges the other.

There is no collection of real spam to measure with, so both kinds are composed. Spam is a sentence
or two as anybody writes them, with one to three lines of the list and mostly a link to a shop of
its own. Good comments are such sentences, now and then with a link, a website or a line of the
list, and the real comments of the exports. Lines of the list that spam of one half is made of are
not in the other. What the figures say is whether the classifier learns what it is shown and leaves
the rest alone; what real spam looks like they do not say.

A process of its own, since Django is set up for one database.
"""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from lxml import etree  # noqa: E402

from articles.comments import counts, moderation  # noqa: E402
from articles.comments.judging import learning  # noqa: E402
from articles.comments.judging.words import Matcher  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    Comment,
    CommentRules,
    CommentState,
    WordList,
    WordListKind,
)
from articles.synthetic.prose import Prose  # noqa: E402

LEARNED = 1_000
"""Comments of each kind to learn from, and as many to judge."""

LENGTH = 2_000
"""Characters of the comment that the list is looked for in."""

_SEED = 7
_TIMES = 50
_WITH_LINK, _WITH_LINE = 0.2, 0.1
"""Shares of the good comments that name a link (or a website), and that have a line of the list."""


class Said(NamedTuple):
    """A comment as its author typed it."""

    text: str
    name: str
    email: str
    website: str


def measure(folder: Path) -> dict[str, float]:
    """What was measured; times are milliseconds, shares from 0 to 1."""
    listed = (folder / "spam" / "wordpress-comment-blocklist.txt").read_text(encoding="utf-8")
    lines = [line for line in listed.splitlines() if line.strip()]
    random = Random(_SEED)
    random.shuffle(lines)
    half = len(lines) // 2
    real = list(_real(folder / "wxr"))
    random.shuffle(real)
    first = Composer(random, lines[:half], real[::2])
    second = Composer(random, lines[half:], real[1::2])
    _learn(first)
    spam = [_score(said) for said in islice(second.spam(), LEARNED)]
    good = [_score(said) for said in islice(second.good(), LEARNED)]
    least = CommentRules().learned_percent / 100
    caught = sum(score >= least for score in spam)
    held = sum(score >= least for score in good)
    WordList.objects.update_or_create(kind=WordListKind.HELD, defaults={"words": listed})
    return {
        "comments": LEARNED,
        "recall": caught / LEARNED,
        "precision": caught / (caught + held or 1),
        "good_held": held / LEARNED,
        "real": len(real),
        "lines": len(lines),
        **_time(listed, second),
    }


class Composer:
    """Composes spam and good comments out of lines of the list and of real comments."""

    def __init__(self, random: Random, lines: list[str], real: list[str]) -> None:
        self.random, self.lines, self.real = random, lines, real
        self.prose = Prose(random)

    def spam(self) -> Iterator[Said]:
        while True:
            words = self.random.sample(self.lines, self.random.randint(1, 3))
            text = f"{self._sentences(2)} {', '.join(words)}."
            shop = f"https://{self.prose.words(1, 1)}{self.random.randrange(10**6)}.example/"
            if self.random.random() < 0.8:
                text += f" {shop}"
            yield Said(text, self.prose.name(1), f"{self.random.randrange(10**6)}@a.example", shop)

    def good(self) -> Iterator[Said]:
        for text in self.real:
            yield Said(text, self.prose.name(2), "reader@b.example", "")
        while True:
            text = self._sentences(4)
            if self.random.random() < _WITH_LINE:
                text += f" {self.random.choice(self.lines)}."
            if self.random.random() < _WITH_LINK:
                text += f" https://{self.prose.words(1, 1)}.example/"
            has_site = self.random.random() < _WITH_LINK
            site = f"https://{self.prose.words(1, 1)}.example/" if has_site else ""
            yield Said(text, self.prose.name(2), f"{self.random.randrange(10**6)}@a.example", site)

    def _sentences(self, most: int) -> str:
        number = self.random.randint(1, most)
        return " ".join(f"{self.prose.words(5, 20).capitalize()}." for _ in range(number))


def _real(folder: Path) -> Iterator[str]:
    """The approved comments of readers in the exports."""
    for path in sorted(folder.glob("*.xml")):
        tree = etree.parse(str(path), etree.XMLParser(recover=True, resolve_entities=False))
        for comment in tree.iter("{*}comment"):
            said = {etree.QName(part).localname: (part.text or "").strip() for part in comment}
            is_readers = said.get("comment_type") in {"", "comment"}
            if is_readers and said.get("comment_approved") == "1" and said.get("comment_content"):
                yield said["comment_content"]


def _learn(composer: Composer) -> None:
    """Moderators decide about the comments of one half."""
    article = Article.objects.public().earliest("pk")
    moderator, _ = User.objects.get_or_create(username="moderator", defaults={"is_staff": True})
    for said, state in (
        (composer.spam(), CommentState.SPAM),
        (composer.good(), CommentState.APPROVED),
    ):
        comments = Comment.objects.bulk_create(
            Comment(
                article=article,
                text=one.text,
                author_name=one.name,
                author_email=one.email,
                author_website=one.website,
            )
            for one in islice(said, LEARNED)
        )
        counts.recount([article.pk])
        moderation.decide(comments, state, by=moderator)
    article.comments.all().delete()
    counts.recount([article.pk])


def _score(said: Said) -> float:
    tokens = learning.tokens_of(said.text, said.name, said.email, said.website)
    return learning.score(tokens) or 0.0


def _time(listed: str, composer: Composer) -> dict[str, float]:
    """How long the list takes to be made ready, and to be looked for."""
    started = perf_counter()
    matcher = Matcher(listed)
    made_ready = perf_counter() - started
    texts = " ".join(said.text for said in islice(composer.good(), 50))
    text = texts[:LENGTH]
    times = []
    for _ in range(_TIMES):
        started = perf_counter()
        matcher.find(text)
        times.append(perf_counter() - started)
    return {"ready": made_ready * 1000, "matched": sorted(times)[_TIMES // 2] * 1000}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
