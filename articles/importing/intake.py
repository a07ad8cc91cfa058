"""One piece of copy at a time, with an editor looking on: what is in it, and bringing it in.

The stages are those of ``pipeline``; between reading and writing stands what the editor decides.
"""

from io import BytesIO
from itertools import islice

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import editing
from articles.editing import rules
from articles.editing.checks import stops
from articles.editing.rules import Action
from articles.importing import writer
from articles.importing.normalise import normalise
from articles.importing.readers import read_file
from articles.importing.records import ArticleRecord, ImportFault, Options, RawItem
from articles.importing.report import Outcome
from articles.linking import place_test
from articles.models import Article

LARGEST = 1024 * 1024
"""Bytes of copy that are read while somebody waits; no article is longer."""

MOST_ITEMS = 100
"""Articles of one file among which an editor chooses."""


class AlreadyHere(Exception):
    """The archive has this copy already, as ``article``."""

    def __init__(self, article: Article) -> None:
        super().__init__(str(article))
        self.article = article


def items_in(content: bytes, where: str) -> list[RawItem]:
    """The articles in copy that was pasted or sent as a file, ``MOST_ITEMS`` and one at most.

    Raises ImportFault when there is none to be read.
    """
    if len(content) > LARGEST:
        raise ImportFault(
            "is larger than 1 MB, which no article is; bring in many with import_articles"
        )
    return list(islice(read_file(BytesIO(content), where), MOST_ITEMS + 1))


def read(item: RawItem, options: Options) -> ArticleRecord:
    """The article in ``item``. Raises ImportFault when it holds none."""
    return normalise(item, options, place_test(), timezone.localdate())


def make_ready() -> None:
    """Read the names that the archive knows, so that the first copy does not wait for it."""
    place_test()


def may_bring_in(by: rules.Viewer) -> bool:
    """Whether ``by`` may make articles from copy: import them, or write drafts of their own."""
    return rules.is_permitted(by, Action.IMPORT) or rules.is_permitted(by, Action.CREATE)


def bring_in(record: ArticleRecord, *, by: User, publish: bool = False) -> Article:
    """Store the record as an article of ``by``, a draft or public, with what was decided about it.

    Raises AlreadyHere when the archive has it, ValidationError by field when something stands
    against publishing it, and PermissionDenied when ``by`` may not; nothing is stored then.
    """
    try:
        return _bring_in(record, by=by, publish=publish)
    except IntegrityError:
        # Somebody has just brought in the same, or taken the address that it was to have.
        return _bring_in(record, by=by, publish=publish)


@transaction.atomic
def _bring_in(record: ArticleRecord, *, by: User, publish: bool) -> Article:
    if not rules.is_permitted(by, Action.IMPORT):
        rules.require(by, Action.CREATE)
    if present := writer.stored_as(record):
        raise AlreadyHere(present)
    result = writer.write([record], Options(), by=by)[0]
    assert result.article is not None  # or it would have been refused
    article = Article.objects.get(pk=result.article)
    if result.outcome is not Outcome.ADDED:
        raise AlreadyHere(article)
    if publish:
        _publish(article, record, by)
    return article


def _publish(article: Article, record: ArticleRecord, by: User) -> None:
    faults: dict[str, list[str]] = {}
    if record.unread_embargo:
        faults["embargo_until"] = [
            f"The copy is under an embargo (“{record.unread_embargo}”). Say until when."
        ]
    for found in stops(article):
        faults.setdefault(found.field, []).append(found.message)
    if faults:
        raise ValidationError(faults)
    editing.publish(article, by=by)
