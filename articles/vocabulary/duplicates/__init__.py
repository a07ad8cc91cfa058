"""Entries that may be one, for an editor to look at.

``spelling`` compares names (pure), ``blocks`` brings together entries that are worth comparing,
``judging`` says of two whether they may be one and why, ``finding`` stores what was found.
"""

from articles.vocabulary.duplicates.finding import KINDS, dismiss, find, find_all, find_recent

__all__ = ["KINDS", "dismiss", "find", "find_all", "find_recent"]
