from django.db import models


class CommentPolicy(models.TextChoices):
    """Whether readers may comment; each is stricter than the one before."""

    OPEN = "open", "open"
    PREMODERATED = "premoderated", "every comment is held"
    CLOSED = "closed", "closed, shown"
    HIDDEN = "hidden", "closed, not shown"
