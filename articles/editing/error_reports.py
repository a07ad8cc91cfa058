"""Judging what readers say is wrong in an article."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import AuditEntry, Correction, ErrorReport, ErrorReportState

JUDGE = "articles.change_errorreport"
"""The permission that it takes."""


@transaction.atomic
def accept_report(
    report: ErrorReport, *, by: User, correction: Correction | None = None, note: str = ""
) -> None:
    """Agree with a reader; ``correction`` is what was printed because of it, if anything was.

    Raises ValidationError when a colleague has judged it, PermissionDenied when ``by`` may not.
    """
    _judge(report, ErrorReportState.ACCEPTED, "accept", by, note, correction)


@transaction.atomic
def decline_report(report: ErrorReport, *, by: User, note: str) -> None:
    """Disagree with a reader; ``note`` tells the desk why. Raises as ``accept_report`` does."""
    _judge(report, ErrorReportState.DECLINED, "decline", by, note, None)


def _judge(
    report: ErrorReport,
    state: ErrorReportState,
    verb: str,
    by: User,
    note: str,
    correction: Correction | None,
) -> None:
    if not by.has_perm(JUDGE):
        raise PermissionDenied
    still_open = ErrorReport.objects.filter(pk=report.pk, state=ErrorReportState.OPEN)
    judged = still_open.update(
        state=state, judged_at=timezone.now(), judged_by=by, note=note[:500], correction=correction
    )
    if not judged:
        raise ValidationError("A colleague has judged this report meanwhile.")
    AuditEntry.objects.note(by, verb, report, note)
