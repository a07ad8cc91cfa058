"""Saves what an editor wrote."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing import addresses, rules
from articles.editing.record import record
from articles.editing.related import Related, relate
from articles.editing.rules import Action
from articles.editing.store import store
from articles.linking import link
from articles.models import Article, Status
from articles.text import body as body_text
from articles.text.characters import printable
from articles.text.excerpts import summarise


def prepare(article: Article) -> None:
    """Put an article in order before it is stored: clean body with stable paragraph ids, slug,
    summary, word count, the address that its date and slug give it if it has ever had one, and
    whether it is published or scheduled, by its date.

    Saves nothing.
    """
    article.headline = " ".join(printable(article.headline).split())
    article.summary = printable(article.summary)
    stored = Article.objects.filter(pk=article.pk).values_list("body", flat=True).first()
    article.body = body_text.identify(body_text.clean(article.body), previous=stored or "")
    article.word_count = body_text.count_words(article.body)
    if not article.summary:
        article.summary = summarise(body_text.plain_text(article.body).partition("\n")[0])
    addresses.fill_slug(article)
    if article.path:
        addresses.allocate([article])
    if article.status in {Status.SCHEDULED, Status.PUBLISHED} and article.published_at:
        is_ahead = article.published_at > timezone.now()
        article.status = Status.SCHEDULED if is_ahead else Status.PUBLISHED


@transaction.atomic
def save(
    article: Article,
    *,
    by: User | None,
    reason: str = "",
    minor: bool = False,
    related: Related | None = None,
) -> None:
    """Store an article as an editor left it, with what is ``related`` to it, link what it names,
    and record the change.

    Raises PermissionDenied when ``by`` may not change it, ValidationError when nobody can.
    """
    is_new = article._state.adding  # noqa: SLF001 - documented, though it begins with an underscore
    verb = Action.CREATE if is_new else Action.EDIT
    # As it is stored: who may change it may also give it away, to another section for example.
    rules.require(by, verb, None if is_new else Article.objects.defer("body").get(pk=article.pk))
    if is_new:
        article.created_by = by
    prepare(article)
    store(article)
    if related:
        relate(article, related)
    link([article])
    record([article], by=by, reason=reason, minor=minor, verb=verb)
