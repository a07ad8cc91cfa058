"""Mentions that an editor decided about and whose sentence is gone, the newest first."""

from django.db.models import QuerySet

from articles.admin.suggestions.facts import Sentence, in_sentence
from articles.admin.suggestions.names import COUNTED
from articles.admin.suggestions.scope import within_rights
from articles.models import Mention

SHOWN = 25


def adrift(rights: frozenset[int], limit: int = SHOWN) -> list[Sentence]:
    """The newest of them, with their articles, for somebody limited to the sections ``rights``."""
    mentions = _all(rights).select_related("article", "place", "person", "organisation")
    newest = mentions.defer("article__body").order_by("-id")[:limit]
    return [in_sentence(mention) for mention in newest]


def number_adrift(rights: frozenset[int]) -> str:
    """How many there are, as far as a glance can use it."""
    number = _all(rights).values("pk")[: COUNTED + 1].count()
    return str(number) if number <= COUNTED else f"{COUNTED}+"


def _all(rights: frozenset[int]) -> QuerySet[Mention]:
    return within_rights(Mention.objects.filter(is_adrift=True), rights)
