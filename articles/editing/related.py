"""What belongs to an article beside its own columns: its byline, its tags, the names in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.models import (
    Article,
    Author,
    Byline,
    EntityKind,
    Mention,
    MentionRole,
    MentionState,
    Organisation,
    Person,
    Place,
    Tag,
    Tagging,
)

_SHOWN = {MentionState.LINKED, MentionState.CONFIRMED}
_LONGEST_TITLE = 200


class Named(NamedTuple):
    """Whom or what an article names, and in which way; ``title`` is the one that a person is
    given, None where it stays as it is."""

    entity: Place | Person | Organisation
    role: MentionRole = MentionRole.MENTIONED
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """What an article shall have: all of it, in order. What is None, or a kind that is not among
    ``names``, stays as it is."""

    authors: Sequence[Author] | None = None
    tags: Sequence[Tag] | None = None
    names: Mapping[EntityKind, Sequence[Named]] = field(default_factory=dict)


def relate(article: Article, related: Related) -> None:
    """Give a stored article what belongs to it. The caller, a verb, links and records."""
    if related.authors is not None:
        replace_authors(article, related.authors)
    if related.tags is not None:
        replace_tags(article, related.tags)
    for kind, named in related.names.items():
        decide_names(article, kind, named)


def replace_authors(article: Article, authors: Sequence[Author]) -> None:
    """Let these have written it, in this order."""
    Byline.objects.filter(article=article).delete()
    Byline.objects.bulk_create(
        Byline(article=article, author=author, order=order) for order, author in enumerate(authors)
    )


def replace_tags(article: Article, tags: Sequence[Tag]) -> None:
    """Let it carry these tags."""
    Tagging.objects.filter(content_object=article).exclude(tag__in=tags).delete()
    Tagging.objects.bulk_create(
        (Tagging(content_object=article, tag=tag) for tag in tags), ignore_conflicts=True
    )


def decide_names(article: Article, kind: EntityKind, named: Sequence[Named]) -> None:
    """Confirm what an editor says that the article names, and reject what else readers see of this
    kind; what a machine only suggests waits on. Where it was filed from is its dateline's affair,
    and stays."""
    wanted = {(one.entity.pk, one.role): one for one in named}
    stored = article.mentions.filter(kind=kind).exclude(role=MentionRole.FILED_FROM)
    mentions = {
        (pk, MentionRole(mention.role)): mention
        for mention in stored
        if (pk := getattr(mention, f"{kind.value}_id")) is not None
    }
    decided = [_confirmed(mentions.pop(key), wanted.pop(key)) for key in {*wanted} & {*mentions}]
    for (pk, _), mention in mentions.items():
        if mention.state not in _SHOWN:
            continue
        # The same in another role is still the same, and stands where it stood.
        other = next((key for key in wanted if key[0] == pk), None)
        if other:
            decided.append(_confirmed(mention, wanted.pop(other)))
        else:
            mention.state = MentionState.REJECTED
            decided.append(mention)
    Mention.objects.bulk_update(decided, ["state", "role", "title"])
    Mention.objects.bulk_create(
        _confirmed(Mention(article=article, kind=kind, **{kind.value: one.entity}), one)
        for one in wanted.values()
    )


def _confirmed(mention: Mention, one: Named) -> Mention:
    mention.state, mention.role = MentionState.CONFIRMED, one.role
    if one.title is not None:
        mention.title = one.title[:_LONGEST_TITLE]
    return mention
