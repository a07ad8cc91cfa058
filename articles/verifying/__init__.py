"""Checks the archive for damage, and changes nothing.

Each module looks at one part: ``revisions`` at the chain of versions, ``addresses``, ``lists``,
``changes`` at what copies are told, ``discussions`` at the counts of comments, ``index`` at the
search, ``media`` at the files of pictures, ``links`` at links between our own pages. ``walk`` goes
through a part in batches, by primary key. ``waiting`` knows which articles only lag behind.
"""

from articles.verifying.faults import Fault
from articles.verifying.parts import PARTS, Part
from articles.verifying.walk import Step, verify

__all__ = ["PARTS", "Fault", "Part", "Step", "verify"]
