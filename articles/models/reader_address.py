from django.db import models


class ReaderAddress(models.Model):
    """An e-mail address that a reader asked us to write to, and whether it was confirmed.

    Nothing but the request to confirm goes to one that was not.
    """

    email = models.EmailField(max_length=100, unique=True)
    asked_at = models.DateTimeField(
        null=True, help_text="When the last request to confirm was sent."
    )
    asked = models.PositiveSmallIntegerField(
        default=0, help_text="How often it was asked to confirm, in vain so far."
    )
    confirmed_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(
        null=True, help_text="When its owner wanted no more mail; a new confirmation ends it."
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.email
