"""Keeps the addresses that entries once had."""

from django.db.models import Model

from articles.models import FormerSlug
from articles.vocabulary.kinds import kind_of


def keep_address(entry: Model, former: str) -> None:
    """Let the address under ``former``, the slug that a stored entry had until now, lead to it."""
    kind = kind_of(entry)
    slug: str = entry.slug  # type: ignore[attr-defined]
    if not former or former == slug:
        return
    FormerSlug.objects.update_or_create(kind=kind, slug=former, defaults={"key": entry.pk})
    # It has come back to an address of its own.
    FormerSlug.objects.filter(kind=kind, slug=slug, key=entry.pk).delete()
