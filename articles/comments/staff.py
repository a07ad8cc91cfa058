"""What the newsroom does with a comment besides deciding about it: answer, edit, feature."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.comments import counts, threads
from articles.comments.judging.judgement import badge
from articles.comments.mail import notices
from articles.comments.senders import Sender
from articles.comments.text.cleaning import clean_text
from articles.comments.text.rendering import render
from articles.models import AuditEntry, Author, Comment, CommentRules, CommentState


@transaction.atomic
def answer(comment: Comment, text: str, *, by: User) -> Comment:
    """Answer a comment as somebody of the newsroom: approved at once, with a badge.

    Takes answers where readers may not comment any more. The comment answered should be approved,
    or readers find the answer without it.
    """
    article = comment.article
    counts.lock([article.pk])
    text = clean_text(text)
    reply = Comment.objects.create(
        article=article,
        parent=comment,
        state=CommentState.APPROVED,
        author_name=_name(by),
        author_email=by.email.lower(),
        user=by,
        badge=badge(article, Sender(user=by)),
        text=text,
        html=render(text),
        revision=article.revision,
        decided_at=timezone.now(),
        decided_by=by,
    )
    threads.place(reply, comment, CommentRules.objects.current().depth)
    reply.save(update_fields=threads.PLACED)
    counts.move([counts.Move(article.pk, reply.root_id, None, reply.state)])
    notices.on_submitted(reply)
    AuditEntry.objects.note(by, "reply", reply, f"to {comment}")
    return reply


def _name(by: User) -> str:
    """What readers may call somebody of the newsroom: never the login."""
    author = Author.objects.filter(user=by).first()
    return (author.name if author else "") or by.get_full_name() or settings.SITE_NAME


@transaction.atomic
def edit(comment: Comment, text: str, *, by: User) -> bool:
    """Change what a comment says; readers see that it was edited, and what it said before goes to
    the audit log as far as it fits. Returns whether it says anything else now."""
    counts.lock([comment.article_id])
    text = clean_text(text)
    before = Comment.objects.only("text", "author_name").get(pk=comment.pk)
    if not text or before.text == text:
        return False
    Comment.objects.filter(pk=comment.pk).update(
        text=text, html=render(text), edited_at=timezone.now(), edited_by=by
    )
    AuditEntry.objects.note(by, "edit", before, f"It said: {before.text}")
    return True


@transaction.atomic
def feature(comment: Comment, *, by: User) -> bool:
    """Feature an approved comment, or no longer feature one. Returns whether it is featured now;
    what is not approved is not."""
    counts.lock([comment.article_id])
    current = Comment.objects.get(pk=comment.pk)
    if current.featured_at is None and current.state != CommentState.APPROVED:
        return False
    moment = timezone.now() if current.featured_at is None else None
    Comment.objects.filter(pk=comment.pk).update(featured_at=moment)
    AuditEntry.objects.note(by, "feature" if moment else "unfeature", current)
    return moment is not None
