"""Writes an article's own columns, and none that others keep meanwhile."""

from django.utils import timezone

from articles.models import Article

# By moderation the one, by ``record`` the others; an article read a moment ago has old ones.
_KEPT_BY_OTHERS = {"comment_count", "revision", "updated_at"}


def store(article: Article) -> None:
    """Save ``article``, so that a comment approved or a revision written since it was read is not
    undone."""
    if article._state.adding:  # noqa: SLF001 - documented, though it begins with an underscore
        article.save()
        return
    article.save(
        update_fields=[
            field.name
            for field in Article._meta.concrete_fields
            if not (field.primary_key or field.generated or field.name in _KEPT_BY_OTHERS)
        ]
    )


def touch(article: Article) -> None:
    """Count as a change what readers can see and no revision tells, so that whoever keeps a copy
    of the article learns of it."""
    article.updated_at = timezone.now()
    Article.objects.filter(pk=article.pk).update(updated_at=article.updated_at)
