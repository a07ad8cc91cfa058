"""Links articles that were there before: a new name, or the whole archive over again.

``reach`` says how many articles have a name in their words, ``preview`` what of them would be
linked, and ``runs`` links them, a batch at a time. ``unlinked`` counts what has a name and no link.
"""

from articles.relinking.preview import Foreseen, Outcome, Preview, preview
from articles.relinking.reach import Reach, reach
from articles.relinking.unlinked import Unlinked, unlinked

__all__ = [
    "Foreseen",
    "Outcome",
    "Preview",
    "Reach",
    "Unlinked",
    "preview",
    "reach",
    "unlinked",
]
