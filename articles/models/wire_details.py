from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from articles.models.article import Article


class WireDetails(models.Model):
    """What agencies send along with an article for the desks that receive it; readers never see
    it. The names are those of IPTC's ninjs and NewsML-G2."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="wire_details")
    slugline = models.CharField(
        max_length=200, blank=True, help_text="What desks call the story: Pakistan-Attacks."
    )
    urgency = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text="1 the most urgent, 5 normal, 8 the least; 9 as the user defines.",
    )
    genre = models.CharField(max_length=100, blank=True, help_text="Feature, analysis, obituary …")
    editors_note = models.TextField(
        "editor’s note", blank=True, help_text="For desks, here and elsewhere: “Embargoed until …”."
    )

    class Meta:
        verbose_name_plural = "wire details"

    def __str__(self) -> str:
        return self.slugline or "wire details"
