from django.db import models


class DatePrecision(models.TextChoices):
    """How much of a stored date is known; an unknown day or month is stored as 1."""

    YEAR = "year", "year"
    MONTH = "month", "month"
    DAY = "day", "day"
