"""What became of a merge's articles since: of one that was edited or linked, only linking it again
can tell whose words are whose."""

from collections import defaultdict
from collections.abc import Iterable

from articles import linking
from articles.editing.record import record
from articles.models import Article, Mention, MentionState, Merge, Revision, VocabularyKind
from articles.text.folding import fold
from articles.vocabulary.catching_up import AT_ONCE
from articles.vocabulary.kinds import Named
from articles.vocabulary.merging.moves import Moves, batches

_LINKED_TOGETHER = 500
_REASON = "linked again after a split"


def changed_since(merge: Merge, moves: Moves, touched: list[int]) -> set[int]:
    """Those of the articles that a merge ``touched`` which have a version written since, or in
    which the mention of both is not as the merge left it. Asked before anything goes back."""
    if merge.kind == VocabularyKind.TAG:
        return set()
    found: set[int] = set()
    for some in batches(touched):
        newer = Revision.objects.filter(article__in=some, created_at__gte=merge.at)
        found.update(newer.values_list("article", flat=True))
    return found | _mentions_changed(merge, moves)


def _mentions_changed(merge: Merge, moves: Moves) -> set[int]:
    given: dict[tuple[int, str], list[object]] = defaultdict(list)
    for row in moves.deleted[Mention]:
        given[row["article_id"], row["role"]] += row["occurrences"]
    was = moves.changed.get((Mention, "occurrences"), {})
    missing, found = {article for article, _ in given}, set()
    for some in batches(list(missing)):
        there = Mention.objects.filter(article__in=some, **{merge.kind: merge.target_id})
        rows = there.values_list("pk", "article", "role", "occurrences")
        for pk, article, role, occurrences in rows:
            missing.discard(article)
            if pk in was:
                left = [*was[pk], *(one for one in given[article, role] if one not in was[pk])]
                if occurrences != left:
                    found.add(article)
    return found | missing


def with_names_of(target: Named, source: Named, moves: Moves) -> set[int]:
    """The articles in which a machine's mention that has gone back to ``source`` stands for words
    that are a name of ``target`` alone."""
    others = _names(target) - _names(source)
    found: set[int] = set()
    for (model, _), keys in moves.moved.items():
        for some in batches(keys) if model is Mention else ():
            by_machine = Mention.objects.filter(
                pk__in=some, state__in=[MentionState.LINKED, MentionState.SUGGESTED]
            )
            for article, occurrences in by_machine.values_list("article", "occurrences"):
                if any(fold(words) in others for _, _, words in occurrences):
                    found.add(article)
    return found


def _names(entry: Named) -> set[str]:
    return {fold(entry.name), *entry.names.values_list("folded", flat=True)}


def link_again(article_ids: Iterable[int]) -> None:
    """Link these articles as when they are saved: the newest ``AT_ONCE`` of them. Others are when
    they are saved next, or by a run over the archive."""
    keys = sorted(article_ids, reverse=True)[:AT_ONCE]
    for start in range(0, len(keys), _LINKED_TOGETHER):
        articles = list(Article.objects.filter(pk__in=keys[start : start + _LINKED_TOGETHER]))
        places = {article.pk: article.dateline_place_id for article in articles}
        linking.link(articles)
        dated = [one for one in articles if one.dateline_place_id != places[one.pk]]
        record(dated, reason=_REASON, minor=True)
