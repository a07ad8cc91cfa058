"""Where an article stands in the paper: its section and its tags."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing import rules
from articles.editing.record import record
from articles.editing.rules import Action
from articles.editing.store import store
from articles.models import Article, Section, Tag, Tagging


@transaction.atomic
def move_to_section(article: Article, section: Section, *, by: User | None) -> None:
    """Let an article stand in ``section``.

    Raises ValidationError when it does already, or its state allows no change, PermissionDenied
    when ``by`` may not change it.
    """
    rules.require(by, Action.EDIT, article)
    if article.section_id == section.pk:
        raise ValidationError(f"It stands in {section} already.")
    article.section = section
    store(article)
    record([article], by=by, reason=f"Moved to {section}", minor=True, verb="move")


@transaction.atomic
def add_tag(article: Article, tag: Tag, *, by: User | None) -> None:
    """Give an article one more tag. Raises as ``move_to_section`` does."""
    rules.require(by, Action.EDIT, article)
    _, is_new = Tagging.objects.get_or_create(content_object=article, tag=tag)
    if not is_new:
        raise ValidationError(f"It has the tag {tag} already.")
    record([article], by=by, reason=f"Tag {tag} added", minor=True, verb="tag")


@transaction.atomic
def remove_tag(article: Article, tag: Tag, *, by: User | None) -> None:
    """Take a tag from an article. Raises as ``move_to_section`` does."""
    rules.require(by, Action.EDIT, article)
    removed, _ = Tagging.objects.filter(content_object=article, tag=tag).delete()
    if not removed:
        raise ValidationError(f"It does not have the tag {tag}.")
    record([article], by=by, reason=f"Tag {tag} removed", minor=True, verb="untag")
