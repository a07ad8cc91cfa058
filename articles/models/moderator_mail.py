from django.conf import settings
from django.db import models
from django.utils import timezone


class MailRhythm(models.TextChoices):
    OFF = "off", "Never"
    AT_ONCE = "at_once", "At once"
    HOURLY = "hourly", "Together, every hour"
    DAILY = "daily", "Together, every day"


class ModeratorMail(models.Model):
    """How often somebody of the newsroom is told by mail of comments that wait."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderator_mail"
    )
    rhythm = models.CharField(max_length=7, choices=MailRhythm, default=MailRhythm.OFF)
    told_until = models.DateTimeField(
        default=timezone.now, editable=False, help_text="What came before was told of."
    )

    class Meta:
        verbose_name = verbose_name_plural = "mail to moderators"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rhythm_display()}"
