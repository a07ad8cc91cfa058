"""What an editor had decided of a name, when the text no longer says it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing import rules
from articles.editing.mentions.changes import Was, change, gone, locked, note, write
from articles.editing.rules import Action
from articles.linking import Occurrence
from articles.linking.anchoring import sentence_around, standing_in
from articles.models import Article, Mention
from articles.text import body
from articles.text.folding import fold

_LONGEST = 200


@transaction.atomic
def anchor(mention: int, words: str, *, by: User | None) -> Was:
    """Let a mention that is adrift stand where its article says ``words``.

    Raises ValidationError when the text does not say them, or the mention is not adrift any more;
    PermissionDenied when ``by`` may not decide about the article's names.
    """
    adrift, article = _adrift(mention, by)
    found = _places(article, words)
    if not found:
        raise ValidationError(
            f"The text does not say “{words}”. Take the words as they stand in the article."
            if fold(words)
            else "Write the words by which the article says it now."
        )
    (paragraph, start, quote), sentence = found[0]
    return _decided(
        adrift,
        article,
        by,
        "anchor",
        {
            "quote": quote[:_LONGEST],
            "paragraph": paragraph,
            "start": start,
            "occurrences": [[*occurrence] for occurrence, _ in found],
            "sentence": sentence,
            "folded": fold(quote)[:_LONGEST],
        },
    )


@transaction.atomic
def keep(mention: int, *, by: User | None) -> Was:
    """Let a mention that is adrift stay, as one that no words of the text stand for. Raises what
    ``anchor`` does."""
    adrift, article = _adrift(mention, by)
    values = {"quote": "", "paragraph": "", "start": 0, "occurrences": [], "sentence": ""}
    return _decided(adrift, article, by, "keep", values)


@transaction.atomic
def drop(mention: int, *, by: User | None) -> Was:
    """Take a mention away that is adrift. Raises what ``anchor`` does."""
    adrift, article = _adrift(mention, by)
    was = gone(adrift)
    adrift.delete()
    note([article], by, "drop", str(adrift.entity or adrift))
    return was


def _adrift(pk: int, by: User | None) -> tuple[Mention, Article]:
    rows = Mention.objects.filter(pk=pk, is_adrift=True)
    articles = locked(rows.values_list("article", flat=True))
    mention = rows.select_related("place", "person", "organisation").first()
    if mention is None:
        raise ValidationError("A colleague was quicker: this is seen to.")
    article = articles[mention.article_id]
    rules.require(by, Action.LINK, article)
    return mention, article


def _decided(
    mention: Mention, article: Article, by: User | None, verb: str, values: dict[str, Any]
) -> Was:
    was = change(mention, {**values, "is_adrift": False})
    write([mention], [was])
    note([article], by, verb, str(mention.entity or mention))
    return was


def _places(article: Article, words: str) -> list[tuple[Occurrence, str]]:
    """Where the text says ``words``, whatever their case and accents, with their sentences."""
    return [
        (occurrence, sentence_around(block.text, occurrence.start, _end(occurrence)))
        for block in body.blocks(article.body)
        for occurrence in standing_in(block.id, words[:_LONGEST], block.text)
    ]


def _end(occurrence: Occurrence) -> int:
    return occurrence.start + len(occurrence.words)
