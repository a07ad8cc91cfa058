"""The description of the API as OpenAPI 3.1, where it says more than the views show.

``operations`` describes one operation, ``answers`` how it can end and with which headers,
``examples`` shows what to ask, ``links`` what to do with an answer; ``finishing`` puts the whole
in order.
"""

from articles.api.schema.answers import COMMENT_REFUSALS, PROBLEM
from articles.api.schema.finishing import finish
from articles.api.schema.operations import Description
from articles.api.schema.parameters import ARTICLE_FIELDS, ARTICLE_PARAMETERS
from articles.api.schema.security import KeyScheme

__all__ = [
    "ARTICLE_FIELDS",
    "ARTICLE_PARAMETERS",
    "COMMENT_REFUSALS",
    "PROBLEM",
    "Description",
    "KeyScheme",
    "finish",
]
