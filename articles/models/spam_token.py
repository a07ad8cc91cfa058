from django.db import models


class SpamToken(models.Model):
    """In how many comments that moderators decided about a token occurred.

    The empty token's row counts the comments themselves.
    """

    token = models.CharField(max_length=60, primary_key=True)
    spam = models.PositiveIntegerField(default=0)
    ham = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.token}: {self.spam} spam, {self.ham} ham"
