"""Links articles that were there before: what a name would link, and runs over the archive.

``reach`` says how many articles have a name in their words.
"""

from articles.relinking.reach import Reach, reach

__all__ = ["Reach", "reach"]
