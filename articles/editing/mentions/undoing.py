"""Taking back what was decided about mentions."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.editing.mentions.changes import Was, change, locked, may, note, write
from articles.editing.mentions.leading_on import fold_doubles, led_on
from articles.models import Article, Mention


def undo(decided: Sequence[Was], *, by: User | None) -> int:
    """Take a decision back, but for what was decided anew since and what ``by`` may not touch.
    What was merged since stands for what it was merged into. Returns how many mentions are as they
    were.

    Raises ValidationError when an article of these has the same mention anew by now.
    """
    try:
        with transaction.atomic():
            return _undo(decided, by)
    except IntegrityError as error:
        message = "An article of these names it anew by now. Decide there instead."
        raise ValidationError(message) from error


def _undo(made: Sequence[Was], by: User | None) -> int:
    decided = led_on(made)
    stored = Mention.objects.in_bulk([was.pk for was in decided if was.after])
    articles = locked(
        [mention.article_id for mention in stored.values()]
        + [was.before["article_id"] for was in decided if not was.after]
    )
    permitted = {pk for pk, article in articles.items() if may(by, article)}
    back: list[Mention] = []
    undone: dict[int, Mention] = {}
    unplaced: dict[int, Article] = {}
    # The last change of a mention first.
    for was in reversed(decided):
        if not was.after:
            back += [Mention(**was.before)] if was.before["article_id"] in permitted else []
            continue
        mention = stored.get(was.pk)
        if mention and mention.article_id in permitted and _is_as_left(mention, was):
            change(mention, was.before)
            undone[was.pk] = mention
            if was.placed:
                unplaced[mention.article_id] = articles[mention.article_id]
    number = len(undone) + len(back)
    if decided != list(made):
        single, doubles = fold_doubles([*undone.values(), *back])
        Mention.objects.filter(pk__in=[mention.pk for mention in doubles]).delete()
        undone = {mention.pk: mention for mention in single if mention.pk in undone}
        back = [mention for mention in single if mention.pk not in undone]
    write(undone.values(), decided)
    Mention.objects.bulk_create(back)
    for article in unplaced.values():
        article.dateline_place = None
    Article.objects.bulk_update(unplaced.values(), ["dateline_place"])
    note([articles[pk] for pk in permitted], by, "undo", "a decision about names")
    return number


def _is_as_left(mention: Mention, was: Was) -> bool:
    return all(getattr(mention, name) == value for name, value in was.after.items())
