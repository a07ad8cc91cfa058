"""What heals the vocabulary: two entries made one, one made two, and what was merged split again.

``merging`` and ``division`` have a page each, reached from the page of an entry; ``duplicates``
shows pairs that may be one; ``log`` has the merges there were, each with its undoing. ``sides``
reads what such a page shows of an entry, ``tools`` leads there.
"""

from articles.admin.vocabulary import log

__all__ = ["log"]
