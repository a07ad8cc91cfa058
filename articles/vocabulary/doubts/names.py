"""Whether a name can stand for one entry: or is an ordinary word too, or another's name."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from articles.linking.lexicon import CALENDAR, FUNCTION_WORDS
from articles.models import Article, Entity, Place, Tag
from articles.search.finding import in_words
from articles.text.folding import fold
from articles.text.slugs import slugify
from articles.vocabulary.doubts.doubt import Doubt

_COUNTED = 10_000
_READ = 50
_MOST_ALIKE = 100
_FEWEST = 4
# So much of its uses in small letters makes a word an ordinary one: a name that is a word too, such
# as Nice, is written small far more often, and one that is none hardly ever.
_SMALL = 0.15


def doubts_of_name(
    entity: Entity, name: str, field: str = "name", *, is_common_word: bool = False
) -> Iterator[Doubt]:
    """What is doubtful about calling ``entity``, which may not be stored, by ``name``.

    ``is_common_word`` says that the editor knows it for an ordinary word. Six queries at most.
    """
    if other := _also_called(entity, name):
        yield Doubt(
            field,
            f"other {other.pk} {fold(name)}",
            f"“{name}” is a name of another {entity._meta.verbose_name} already.",
            other,
        )
    if not is_common_word and (question := _ordinary(name)):
        yield Doubt(field, f"word {fold(name)}", question)


def doubts_of_tag(tag: Tag) -> Iterator[Doubt]:
    """Whether there is a tag already that differs from ``tag`` in capitals or accents only. One
    query, among those whose slugs begin alike, since slugs have neither."""
    folded, slug = fold(tag.name), slugify(tag.name)
    near = Tag.objects.current().filter(slug__startswith=slug).exclude(pk=tag.pk)
    for other in near.order_by("slug")[:_MOST_ALIKE]:
        if fold(other.name) == folded:
            question = f"There is the tag “{other}” already, spelt in other capitals or accents."
            yield Doubt("name", f"other {other.pk} {folded}", question, other)
            return


def _also_called(entity: Entity, name: str) -> Entity | None:
    """Another entry of its kind that has this name; of places, one that lies in the same."""
    everything: QuerySet[Any] = type(entity)._default_manager.all()
    rows = everything.filter(merged_into__isnull=True).exclude(pk=entity.pk)
    if isinstance(entity, Place):
        rows = rows.filter(parent=entity.parent_id)
    named = everything.filter(names__folded=fold(name))
    called = Q(name__iexact=name) | Q(pk__in=named.values("pk"))
    other: Entity | None = rows.filter(called).order_by("pk").first()
    return other


def _ordinary(name: str) -> str:
    """What to ask of a name that is an ordinary word too; empty of any other."""
    if len(name.split()) > 1 or name.lower() == name.upper():
        return ""  # several words hardly are; and scripts without capitals do not tell
    wanted = in_words.phrases([name])
    number = in_words.count_with(wanted, _COUNTED)
    small, uses = _small_letters(name, in_words.articles_with(wanted, _READ))
    is_small = uses >= _FEWEST and small >= _SMALL * uses
    is_known = fold(name) in FUNCTION_WORDS | CALENDAR or (
        Place.objects.filter(name__iexact=name, is_common_word=True).exists()
    )
    if not (is_small or is_known):
        return ""
    hit = f"{number:,} articles have" if number != 1 else "1 article has"
    if number == 0:
        return f"“{name}” is an ordinary word too; no article has it yet. Tick “common word”."
    seen = f", and of its {uses} newest uses {small} are in small letters" if is_small else ""
    return (
        f"“{name}” is an ordinary word too: {hit} it{seen}. Tick “common word”, and articles are"
        " linked by it only when something else in them points there."
    )


def _small_letters(name: str, articles: list[int]) -> tuple[int, int]:
    """How often these articles write the word in small letters, and how often at all."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    uses = [
        match.group()
        for text in Article.objects.filter(pk__in=articles).values_list("body", flat=True)
        for match in word.finditer(text)
    ]
    return sum(use[0].islower() for use in uses), len(uses)
