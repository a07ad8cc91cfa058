"""A reader's word that a comment should not stand, on its way to the moderators."""

from django.db import transaction
from django.db.models import F

from articles.comments import counts, networks
from articles.comments.mail import moderator_mail
from articles.comments.reporting import hourly
from articles.comments.reporting.receipts import Outcome, Receipt
from articles.models import Comment, CommentReport, ReportReason

_GREATEST_NUMBER = 30_000
"""As many open reports of a comment as are told apart."""


@transaction.atomic
def report(comment: Comment, reason: ReportReason, text: str, address: str) -> Receipt:
    """Tell the moderators that a comment should not stand.

    ``text`` is cleaned and in the reader's words, ``address`` the reader's network address. An
    address has one open report of a comment at a time; a second one is taken for the same.
    """
    # Whoever else changes the number of open reports waits for this transaction, or this for them.
    counts.lock([comment.article_id])
    standing = Comment.objects.approved().select_related("article", "parent")
    current = standing.filter(pk=comment.pk).first()
    if current is None:
        return Receipt(Outcome.GONE)
    known = networks.address(address)
    if known is not None:
        of_address = CommentReport.objects.filter(address=known)
        if of_address.filter(comment=comment, judged_at__isnull=True).exists():
            return Receipt(Outcome.KNOWN)
        if wait := hourly.seconds_to_wait(of_address):
            return Receipt(Outcome.TOO_MANY, wait)
    CommentReport.objects.create(comment=comment, reason=reason, text=text, address=known)
    reported = Comment.objects.filter(pk=comment.pk, reports_open__lt=_GREATEST_NUMBER)
    reported.update(reports_open=F("reports_open") + 1)
    if current.reports_open == 0:
        moderator_mail.on_reported(current, ": ".join(filter(None, [reason.label, text])))
    return Receipt(Outcome.RECEIVED)
