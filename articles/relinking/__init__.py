"""Links articles that were there before: a new name, or the whole archive over again.

``reach`` says how many articles have a name in their words, ``preview`` what of them would be
linked, and ``runs`` links them, a batch at a time.
"""

from articles.relinking.preview import Foreseen, Outcome, Preview, preview
from articles.relinking.reach import Reach, reach

__all__ = ["Foreseen", "Outcome", "Preview", "Reach", "preview", "reach"]
