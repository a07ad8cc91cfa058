"""Pairs of entries that may be one: looked at side by side, merged, or told apart for good."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.admin.base import editor
from articles.admin.vocabulary.merging import MergeForm, draw
from articles.admin.vocabulary.sides import side
from articles.admin.vocabulary.tools import may_merge, merge_address
from articles.models import Duplicate, VocabularyKind
from articles.vocabulary import duplicates as finding
from articles.vocabulary.kinds import MODELS, Mergeable

SHOWN = 25
"""Pairs in the list; when they are done the next follow."""


def duplicates(request: HttpRequest) -> HttpResponse:
    """The likeliest pairs, and that which is asked for, or the first, side by side."""
    if not may_merge(request):
        raise PermissionDenied
    kind = request.GET.get("kind", "")
    waiting = Duplicate.objects.filter(is_dismissed=False)
    if kind in finding.KINDS:
        waiting = waiting.filter(kind=kind)
    pairs = list(waiting[: SHOWN + 1])
    asked = request.GET.get("pair", "")
    chosen = next((pair for pair in pairs if str(pair.pk) == asked), None)
    named = _entries(pairs)
    # Either may have gone since they were found.
    rows = [row for pair in pairs[:SHOWN] if (row := _row(pair, named))]
    shown = next((row for row in rows if row[0] == chosen), rows[0] if rows else None)
    context = {
        "rows": rows,
        "has_more": len(pairs) > SHOWN,
        "kinds": [(one.value, one.label) for one in finding.KINDS],
        "kind": kind,
        "shown": shown,
        **(_pair(*shown) if shown else {}),
    }
    return draw(request, "duplicates", "Entries that may be one", None, **context)


@require_POST
def dismiss(request: HttpRequest, key: int) -> HttpResponse:
    """They are two."""
    if not may_merge(request):
        raise PermissionDenied
    pair = Duplicate.objects.filter(pk=key).first()
    if pair is None:
        raise Http404("There is no such pair.")
    finding.dismiss(pair, by=editor(request))
    messages.success(request, "They are two, and will not be asked about again.")
    return HttpResponseRedirect(reverse("admin:articles_merge_duplicates"))


def _pair(pair: Duplicate, one: Mergeable, other: Mergeable) -> dict[str, object]:
    sides = [side(one), side(other)]
    weightier = max(sides, key=lambda each: sum(share.number for share in each.shares))
    return {
        "sides": sides,
        "form": MergeForm(None, one, other, weightier.entry.pk),
        "action": merge_address(one),
        "other": other,
    }


def _entries(pairs: list[Duplicate]) -> dict[tuple[str, int], Mergeable]:
    """The entries of all pairs, a query for each kind."""
    wanted: dict[str, set[int]] = {}
    for pair in pairs:
        wanted.setdefault(pair.kind, set()).update([pair.first_id, pair.second_id])
    found: dict[tuple[str, int], Mergeable] = {}
    for kind, keys in wanted.items():
        rows = MODELS[VocabularyKind(kind)]._default_manager.filter(merged_into=None)
        found |= {(kind, pk): row for pk, row in rows.in_bulk(list(keys)).items()}  # type: ignore[misc]
    return found


def _row(
    pair: Duplicate, named: dict[tuple[str, int], Mergeable]
) -> tuple[Duplicate, Mergeable, Mergeable] | None:
    one, other = named.get((pair.kind, pair.first_id)), named.get((pair.kind, pair.second_id))
    return (pair, one, other) if one and other else None
