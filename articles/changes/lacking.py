"""Compares the last change of articles with what readers have of them."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from articles.models import TOMBSTONES, Article, Change, ChangeKind


class Lack(NamedTuple):
    """An article whose last change says other than what is so, and what it says."""

    article: int
    flaw: str


def lacking(article_ids: Collection[int]) -> list[Lack]:
    """Those of these articles of which whoever keeps a copy has heard too little, in the order of
    their ids; ``note`` makes up for it. Three queries."""
    ids = sorted(set(article_ids))
    now = timezone.now()
    to_be_read = Q(public_from__isnull=False, deindexed_at__isnull=True)
    public = {
        pk: (path, public_from)
        for pk, path, public_from in Article.objects.filter(to_be_read, pk__in=ids).values_list(
            "pk", "path", "public_from"
        )
    }
    last = {change.article_id: change for change in Change.objects.latest_of(ids)}
    lacks = []
    for pk in ids:
        change = last.get(pk)
        told = change is not None and change.kind not in TOMBSTONES
        path, public_from = public.get(pk, ("", None))
        if public_from is None:
            flaw = "is said to be public, and is not" if told else ""
        elif change is None or not told:
            flaw = "is not said to be public"
        elif change.path != path:
            flaw = f"is said to be at {change.path}, and is at {path}"
        elif public_from > now and (change.kind, change.at) != (ChangeKind.PUBLISHED, public_from):
            flaw = "is not said to become public at its hour"
        else:
            flaw = ""
        if flaw:
            lacks.append(Lack(pk, flaw))
    return lacks
