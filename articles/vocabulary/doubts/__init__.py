"""What in an entry of the vocabulary is not impossible but hardly meant: for an editor to look at
again before it is saved."""

from articles.vocabulary.doubts.doubt import Doubt
from articles.vocabulary.doubts.names import doubts_of_name, doubts_of_tag
from articles.vocabulary.doubts.places import doubts_of_place
from articles.vocabulary.doubts.positions import doubts_of_position

__all__ = ["Doubt", "doubts_of_name", "doubts_of_place", "doubts_of_position", "doubts_of_tag"]
