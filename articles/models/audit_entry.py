from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

_LONGEST_LABEL = 200
_LONGEST_DETAIL = 500


class AppendOnlyError(TypeError):
    """Somebody tried to change the record of what was done."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def note(self, by: User | None, action: str, target: models.Model, detail: str = "") -> None:
        """Record what ``by`` did to ``target``; what programs do by themselves is not recorded."""
        self.note_all(by, action, [target], detail)

    def note_all(
        self, by: User | None, action: str, targets: Iterable[models.Model], detail: str = ""
    ) -> None:
        """Record the same of several, in one query."""
        if by is None:
            return
        self.bulk_create(
            AuditEntry(
                user=by,
                actor=by.get_username(),
                action=action,
                kind=target._meta.model_name or "",
                object_id=target.pk,
                label=str(target)[:_LONGEST_LABEL],
                detail=detail[:_LONGEST_DETAIL],
            )
            for target in targets
        )

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("The audit log is written once and never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("The audit log is written once and never deleted.")


class AuditEntry(models.Model):
    """What somebody of the staff did: who, when, what, to what. Written once."""

    at = models.DateTimeField(auto_now_add=True)
    # Its account may be gone; the entry is not.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    actor = models.CharField(max_length=150, help_text="The login, as it was then.")
    action = models.CharField(max_length=30, help_text="The verb: publish, confirm, merge.")
    kind = models.CharField(max_length=30, help_text="What it was done to: article, comment.")
    object_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=_LONGEST_LABEL, help_text="What it was called then.")
    detail = models.CharField(max_length=_LONGEST_DETAIL, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "entry of the audit log"
        verbose_name_plural = "audit log"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["user", "-id"], name="audit_of_user"),
            models.Index(fields=["action", "-id"], name="audit_of_action"),
            models.Index(fields=["kind", "-id"], name="audit_of_kind"),
            models.Index(fields=["kind", "object_id", "-id"], name="audit_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.kind} “{self.label}”"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("The audit log is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("The audit log is written once and never deleted.")
