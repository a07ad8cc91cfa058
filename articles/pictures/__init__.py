"""Pictures: what is taken in and what is refused, what their files say, and their renditions.

``take_in`` is the one way in, for the desk, imports and the API alike.
"""

from articles.pictures.cleaning import CleanPicture, clean
from articles.pictures.intake import TakenIn, forget, stored, take_in, take_in_as
from articles.pictures.renditions import follow_focal_point, make_renditions

__all__ = [
    "CleanPicture",
    "TakenIn",
    "clean",
    "follow_focal_point",
    "forget",
    "make_renditions",
    "stored",
    "take_in",
    "take_in_as",
]
