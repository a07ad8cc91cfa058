from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Image(models.Model):
    """A picture with what a reader who cannot see it, and whoever reuses it, must know."""

    file = models.ImageField(upload_to="images/%Y/%m/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0, help_text="Pixels.")
    height = models.PositiveIntegerField(editable=False, default=0, help_text="Pixels.")
    alt_text = models.CharField(
        "alternative text",
        max_length=500,
        blank=True,
        help_text="What the picture shows, for those who cannot see it.",
    )
    is_decorative = models.BooleanField(
        default=False, help_text="It says nothing that the text does not; screen readers skip it."
    )
    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="Photographer and agency.")
    rights = models.CharField(max_length=500, blank=True, help_text="Licence, terms of use.")
    focal_x = models.FloatField(
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="What must stay in sight when the picture is cropped: 0 left edge, 1 right edge.",
    )
    focal_y = models.FloatField(
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="0 top edge, 1 bottom edge.",
    )
    credit_url = models.URLField(
        "link of the credit", max_length=500, blank=True, help_text="The photographer's own page."
    )
    may_be_reused = models.BooleanField(
        default=False, help_text="Others who take over the article may take the picture with it."
    )
    sha256 = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True, help_text="Of the file."
    )
    renditions = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="The renditions there are (see ``articles.pictures``); empty before any is.",
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="image_focal_point_inside",
            )
        ]

    def __str__(self) -> str:
        return self.caption or self.alt_text or f"image {self.pk}, not described yet"
