"""What stands against a merge, or against undoing one, in words."""

from django.db.models import Q
from django.utils.formats import date_format

from articles.models import Containment, Merge, Place, VocabularyKind
from articles.vocabulary.kinds import MODELS, Mergeable


def obstacles_to_merge(source: Mergeable, target: Mergeable) -> list[str]:
    """What stands against merging ``source`` into ``target``, a sentence each."""
    if type(source) is not type(target):
        return [of_two_kinds(source, target)]
    if source.pk == target.pk:
        return [f"“{source}” is this same entry. Choose another."]
    found = [
        f"“{entry}” has been merged into “{entry.merged_into}” already."
        for entry in (source, target)
        if entry.merged_into_id is not None
    ]
    if isinstance(source, Place) and _lies_in(target.pk, source.pk):
        found.append(
            f"{target} lies in {source}: a place cannot be merged into one inside it. Give "
            f"{target} another parent first, or merge it into {source} instead."
        )
    return found


def of_two_kinds(source: Mergeable, target: Mergeable) -> str:
    """Says so of two entries that can never be one."""
    kinds = f"a {source._meta.verbose_name} and a {target._meta.verbose_name}"
    return f"They are {kinds}: only two of a kind can be one."


def _lies_in(inner: int, outer: int) -> bool:
    return Containment.objects.filter(inner=inner, outer=outer).exists()


def obstacles_to_split(merge: Merge) -> list[str]:
    """What stands against undoing ``merge``, a sentence each."""
    if merge.undone_at is not None:
        return [f"“{merge.source_name}” has been split from “{merge.target_name}” already."]
    rows = MODELS[VocabularyKind(merge.kind)]._default_manager
    there = set(rows.filter(pk__in=[merge.source_id, merge.target_id]).values_list("pk", flat=True))
    if len(there) < 2:
        return ["One of the two entries has been deleted since: they cannot be told apart again."]
    return [
        f"“{later.source_name}” was merged into “{later.target_name}” later, on "
        f"{date_format(later.at, 'j F Y')}. Undo that first."
        for later in later_merges(merge)
    ]


def later_merges(merge: Merge) -> list[Merge]:
    """The merges that came on top of ``merge``, into its target or of it, the latest first: until
    they are undone nobody can tell what was whose."""
    of_target = Q(target_id=merge.target_id) | Q(source_id=merge.target_id)
    later = Merge.objects.filter(of_target, kind=merge.kind, undone_at=None, pk__gt=merge.pk)
    return list(later.order_by("-pk")[:20])
