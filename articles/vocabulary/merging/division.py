"""Dividing an entry that was always one: two people under one name become two entries."""

from collections.abc import Iterable
from itertools import chain

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from articles.editing.record import record
from articles.models import (
    Article,
    AuditEntry,
    Duplicate,
    Mention,
    MentionState,
    Organisation,
    Place,
)
from articles.models.free_slugs import free_slug
from articles.vocabulary.catching_up import articles_of, catch_up
from articles.vocabulary.kinds import Named, kind_of
from articles.vocabulary.merging.merge import lock
from articles.vocabulary.places import hang

VERB = "divide"
"""What the audit log calls it."""

_BATCH = 500


@transaction.atomic
def divide(
    entry: Named,
    *,
    name: str,
    names: Iterable[int],
    articles: Iterable[int],
    by: User | None,
) -> Named:
    """Make another entry, called ``name``, and give it those of the other names of ``entry``
    (their ids), and its mentions in those ``articles``, which an editor has chosen; they count as
    confirmed from then on. Returns the new entry.

    Raises ValidationError when the name is empty, or nothing would go to the new entry.
    """
    lock(entry)
    kind, wanted = kind_of(entry), list(dict.fromkeys(articles))
    if not name.strip():
        raise ValidationError({"name": "Give the new entry a name."})
    mentions = Mention.objects.filter(article__in=wanted, **{kind: entry.pk})
    chosen = entry.names.filter(pk__in=list(names))
    if not mentions.exists() and not chosen.exists() and not _datelines(entry, wanted).exists():
        raise ValidationError("Choose what goes to the new entry: articles, names, or both.")
    other = _like(entry, name.strip())
    has_given_names = bool(chosen.update(**{kind: other}))
    shown = [MentionState.LINKED, MentionState.CONFIRMED]
    mentions.filter(state__in=shown).update(state=MentionState.CONFIRMED)
    mentions.update(**{kind: other})
    dated = list(_datelines(entry, wanted))
    for article in dated:
        article.dateline_place = other  # type: ignore[assignment]
    Article.objects.bulk_update(dated, ["dateline_place"], batch_size=_BATCH)
    record(dated, by=by, reason=f"“{other}” is told apart from “{entry}”", minor=True)
    entry.save()  # so that linking reads its names anew
    # The search finds articles by every name of an entry, so those that stay are found by fewer.
    catch_up(chain(wanted, articles_of(entry) if has_given_names else ()))
    first, second = sorted((entry.pk, other.pk))
    Duplicate.objects.create(
        kind=kind,
        first_id=first,
        second_id=second,
        reason="told apart",
        score=0,
        is_dismissed=True,
    )
    AuditEntry.objects.note(by, VERB, entry, f"“{other}” ({other.pk}) was made of it")
    return other


def _datelines(entry: Named, articles: list[int]) -> QuerySet[Article]:
    of_place = Article.objects.filter(pk__in=articles, dateline_place=entry.pk)
    return of_place if isinstance(entry, Place) else of_place.none()


def _like(entry: Named, name: str) -> Named:
    """A new entry of the kind of ``entry``, in the same place, without what is its own."""
    model = type(entry)
    other = model(name=name, slug=free_slug(model._default_manager, name))
    if isinstance(entry, Place) and isinstance(other, Place):
        other.kind, other.country_code, other.parent = entry.kind, entry.country_code, entry.parent
    elif isinstance(entry, Organisation) and isinstance(other, Organisation):
        other.kind = entry.kind
    other.full_clean()
    other.save()
    if isinstance(other, Place):
        hang([other.pk], below=other.parent)
    return other
