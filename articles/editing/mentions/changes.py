"""Changes of mentions: written in bulk, recorded, and kept so that they can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User

from articles.editing import rules
from articles.editing.record import record
from articles.editing.rules import Action
from articles.models import Article, Mention


class Was(NamedTuple):
    """A mention as it was before a decision, which ``undo`` brings back; plain values, for JSON."""

    pk: int
    before: dict[str, Any]
    """What its columns held: those that changed, or all when the mention is gone."""
    after: dict[str, Any]
    """What they were given; empty when the mention is gone."""
    placed: bool = False
    """Whether its place became the dateline's."""


def change(mention: Mention, values: Mapping[str, Any]) -> Was:
    """Give a mention new values by column, not yet written."""
    was = Was(mention.pk, {name: getattr(mention, name) for name in values}, dict(values))
    for name, value in values.items():
        setattr(mention, name, value)
    return was


def gone(mention: Mention) -> Was:
    """What brings a mention back that is to be deleted."""
    columns = [field.attname for field in Mention._meta.concrete_fields]
    return Was(mention.pk, {name: getattr(mention, name) for name in columns}, {})


def write(mentions: Iterable[Mention], decided: Iterable[Was]) -> None:
    """Store what these mentions were given, a mention once, in one query for hundreds."""
    columns = {column for was in decided for column in was.before if was.after}
    changed = list({mention.pk: mention for mention in mentions}.values())
    if changed and columns:
        Mention.objects.bulk_update(changed, sorted(columns))


def locked(ids: Iterable[int]) -> dict[int, Article]:
    """These articles by id, which nobody else changes until the transaction ends."""
    articles = Article.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")
    return {article.pk: article for article in articles}


def may(by: User | None, article: Article) -> bool:
    """Whether ``by`` may decide about its names; programs, for which it is None, may."""
    return by is None or rules.may(by, Action.LINK, article)


def note(articles: Sequence[Article], by: User | None, verb: str, detail: str) -> None:
    """Bring lists, search and the audit log up to date, as ``record`` does."""
    record(articles, by=by, reason="Names decided", minor=True, verb=verb, detail=detail)


def together(occurrences: Sequence[Any], others: Sequence[Any]) -> list[list[Any]]:
    """The places of both in the text, each once."""
    return [list(one) for one in dict.fromkeys(map(tuple, [*occurrences, *others]))]
