"""What is made at a time: articles that are planned, and the rows that come of them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from articles.synthetic.loading import Packed
from articles.synthetic.rows import Row


class Planned(NamedTuple):
    """An article to be made: its number among all, the oldest being 0, and its hour."""

    number: int
    moment: datetime
    comments: int


class Plan(NamedTuple):
    """Articles to be made at a time, the oldest first, and what their ids and places in the order
    of changes follow."""

    articles: list[Planned]
    last_article: int
    last_change: int
    last_comment: int


@dataclass(slots=True)
class Rows:
    """The rows of some articles, by the table they are of (see ``rows.TABLES``)."""

    articles: list[Row] = field(default_factory=list)
    addresses: list[Row] = field(default_factory=list)
    bylines: list[Row] = field(default_factory=list)
    taggings: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    revisions: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    facets: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    comment_counts: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)


class Batch(NamedTuple):
    """Some articles, made."""

    size: int
    packed: dict[str, Packed]
    """Their ``Rows``, by the same names."""
    counts: dict[int, Counter[int]]
    """How many of them each list has in a month."""
