"""Finds places, people and organisations in copy.

``analyse`` says what a text names; ``link`` writes it down for articles as their mentions, and
``decide`` writes what an editor made of it.
"""

from articles.linking.decide import decide
from articles.linking.findings import Copy, Findings, FoundMention, FoundTag, Occurrence
from articles.linking.link import Changes, analyse, find, foresee, link
from articles.linking.names import place_test
from articles.linking.scope import About
from articles.linking.stored_names import TableState, read_state

__all__ = [
    "About",
    "Changes",
    "Copy",
    "Findings",
    "FoundMention",
    "FoundTag",
    "Occurrence",
    "TableState",
    "analyse",
    "decide",
    "find",
    "foresee",
    "link",
    "place_test",
    "read_state",
]
