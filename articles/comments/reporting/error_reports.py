"""What a reader says is wrong in an article, on its way to the editors."""

from dataclasses import dataclass

from django.db import transaction

from articles.comments import counts, networks
from articles.comments.reporting import hourly
from articles.comments.reporting.receipts import Outcome, Receipt
from articles.models import Article, ErrorReport, ErrorReportState
from articles.text import body


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, cleaned: the words of the article, its paragraph such as ``p4``, what is
    wrong with them, and whom to thank or to ask."""

    quote: str = ""
    paragraph: str = ""
    text: str
    name: str = ""
    email: str = ""


@transaction.atomic
def report(article: Article, finding: Finding, address: str) -> Receipt:
    """Tell the editors of an error in an article. ``address`` is the reader's network address; what
    it has said already and nobody has judged yet is taken for the same."""
    counts.lock([article.pk])
    known = networks.address(address)
    if known is not None:
        of_address = ErrorReport.objects.filter(address=known)
        same = of_address.filter(article=article, text=finding.text, quote=finding.quote)
        if same.filter(state=ErrorReportState.OPEN).exists():
            return Receipt(Outcome.KNOWN)
        if wait := hourly.seconds_to_wait(of_address):
            return Receipt(Outcome.TOO_MANY, wait)
    ErrorReport.objects.create(
        article=article,
        revision=article.revision,
        paragraph=finding.paragraph or paragraph_of(article, finding.quote),
        quote=finding.quote,
        text=finding.text,
        name=finding.name,
        email=finding.email,
        address=known,
    )
    return Receipt(Outcome.RECEIVED)


def has_words(article: Article, quote: str) -> bool:
    """Whether readers find these words in the article, whatever stands between them.

    A dateline is run in on the page before a dash, so what comes after the dash is enough.
    """
    words = _folded(quote)
    after_dateline = _folded(quote.partition("—")[2])
    image, place = article.lead_image, article.dateline_place
    here = _folded(
        article.headline,
        article.summary,
        place.name if place else "",
        article.dateline_text,
        body.plain_text(article.body),
        image.caption if image else "",
        image.credit if image else "",
    )
    return words in here or (bool(after_dateline) and after_dateline in here)


def paragraph_of(article: Article, quote: str) -> str:
    """The id of the first paragraph that has these words; empty when none has them all."""
    words = _folded(quote)
    if not words:
        return ""
    found = (block.id for block in body.blocks(article.body) if words in _folded(block.text))
    return next(found, "")


def _folded(*texts: str) -> str:
    """Letters and digits only: what a browser copies has other spaces and quotation marks."""
    return "".join(filter(str.isalnum, " ".join(texts).casefold()))
