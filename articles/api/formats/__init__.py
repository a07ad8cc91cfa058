"""The forms in which answers come besides JSON: ninjs, JSON Feed and CSV.

``negotiation`` chooses one by ``?format=`` or by ``Accept``. What articles are in a form is made
of their answers in JSON, so that no form knows more than another.
"""

from articles.api.formats.choosing import keys, refuse_misfits, shaped
from articles.api.formats.json_feed import JSONFeedRenderer
from articles.api.formats.negotiation import Negotiation
from articles.api.formats.ninjs import NinjsRenderer
from articles.api.formats.table import CSVRenderer, whole_list

__all__ = [
    "CSVRenderer",
    "JSONFeedRenderer",
    "Negotiation",
    "NinjsRenderer",
    "keys",
    "refuse_misfits",
    "shaped",
    "whole_list",
]
