"""Describes changes to whoever keeps a copy, in the API and in what webhooks are sent."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from django.utils.timezone import localtime

from articles.models import Change, Correction, CorrectionKind, Status

Entry = dict[str, Any]


class Addresses(Protocol):
    """Makes absolute addresses."""

    def endpoint(self, name: str, key: int) -> str:
        """Of an object in the API."""

    def page(self, path: str) -> str:
        """Of a public page."""


def describe(
    changes: Sequence[Change], public: Collection[int], addresses: Addresses
) -> list[Entry]:
    """An entry for each of these settled changes, in their order; ``public`` are the ids of those
    articles that readers have now. A query for the notices of the others.

    What readers have no more has no address; one that was withdrawn has, since its page says so.
    """
    notices = _notices({change.article_id for change in changes} - set(public))
    entries = []
    for change in changes:
        pk = change.article_id
        has_page = pk in public or pk in notices
        moved_from = change.former_path if has_page else ""
        entries.append(
            {
                "id": str(change.position),
                "kind": change.kind,
                "at": localtime(change.at),
                "article": pk,
                "url": addresses.endpoint("article", pk),
                "html_url": addresses.page(change.path) if has_page else None,
                "former_html_url": addresses.page(moved_from) if moved_from else None,
                "notice": notices.get(pk),
            }
        )
    return entries


def _notices(article_ids: Collection[int]) -> dict[int, str]:
    """What readers are told of those of the articles that were withdrawn."""
    if not article_ids:
        return {}
    notices = Correction.objects.filter(
        article__in=article_ids,
        article__status=Status.WITHDRAWN,
        article__deindexed_at__isnull=True,
        kind=CorrectionKind.WITHDRAWAL,
    )
    return dict(notices.order_by("created_at", "id").values_list("article", "text"))
