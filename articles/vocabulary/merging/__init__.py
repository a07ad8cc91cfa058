"""Two entries of the vocabulary become one, and two again.

``belongings`` says what an entry has, ``checks`` what stands against a merge, ``merge`` does it,
``split`` undoes it (``moves`` reads what it did, ``since`` sees to what was written since),
``doubles`` settles what both entries have, ``division`` makes two of an entry that was always one.
A merged entry stays as a shell that leads to the other; what led to it leads to the other as well,
so that nobody ever follows more than one step.
"""

from articles.vocabulary.merging.belongings import Share, shares
from articles.vocabulary.merging.checks import obstacles_to_merge, obstacles_to_split
from articles.vocabulary.merging.division import divide
from articles.vocabulary.merging.merge import merge
from articles.vocabulary.merging.split import split

__all__ = [
    "Share",
    "divide",
    "merge",
    "obstacles_to_merge",
    "obstacles_to_split",
    "shares",
    "split",
]
