"""The words of an article in which something is named, with what stands around them."""

from typing import NamedTuple

from articles.models import Article, Mention
from articles.text import body

_BEFORE = 90
_AFTER = 130
_HEADLINE = "headline"


class Quotation(NamedTuple):
    """Plain text: the words that are meant, and what stands before and after them."""

    before: str
    words: str
    after: str


def quotation(article: Article, mention: Mention) -> Quotation:
    """Where ``mention`` first names its entity in ``article``; only its words where the text no
    longer has them there."""
    words = mention.quote
    text = _text(article, mention.paragraph)
    start, end = mention.start, mention.start + len(words)
    if text[start:end] != words:
        start = text.find(words)
        if start < 0:
            return Quotation("", words, "")
        end = start + len(words)
    return Quotation(_end_of(text[:start]), words, _beginning_of(text[end:]))


def _text(article: Article, paragraph: str) -> str:
    if paragraph == _HEADLINE:
        return article.headline
    texts = (block.text for block in body.blocks(article.body) if block.id == paragraph)
    return next(texts, article.dateline_text)


def _end_of(text: str) -> str:
    """What stands before, from the beginning of a word."""
    if len(text) <= _BEFORE:
        return text
    cut = text[-_BEFORE:]
    return f"… {cut.partition(' ')[2] or cut}"


def _beginning_of(text: str) -> str:
    if len(text) <= _AFTER:
        return text
    cut = text[:_AFTER]
    return f"{cut.rpartition(' ')[0] or cut} …"
