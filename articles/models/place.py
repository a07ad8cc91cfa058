from __future__ import annotations

from math import isfinite

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from articles.models.entity import Entity, EntityName
from articles.models.page_address import page_address
from articles.models.vocabulary import VocabularyQuerySet


class PlaceKind(models.TextChoices):
    CONTINENT = "continent", "continent"
    REGION = "region", "region"
    COUNTRY = "country", "country"
    TERRITORY = "territory", "territory"
    DIVISION = "division", "province or state"
    DISTRICT = "district", "district"
    CITY = "city", "city"
    TOWN = "town", "town"
    FEATURE = "feature", "natural feature"
    SITE = "site", "building or site"


class PlaceQuerySet(VocabularyQuerySet["Place"]):
    def inside(self, place: Place) -> PlaceQuerySet:
        """Every place below ``place``, at any depth, without ``place`` itself."""
        return self.filter(containers=place)

    def chain(self, place: Place | int) -> PlaceQuerySet:
        """The places ``place``, or the one of this id, lies in, the largest first, without it."""
        return self.filter(contents=place).order_by("-containing__depth")


class Place(Entity):
    """A place with its position in the world and in the hierarchy of places.

    ``containers`` holds every place above this one, so that neither a page nor an import walks
    the tree: ``articles.vocabulary.places`` keeps it in step with ``parent``.
    """

    kind = models.CharField(max_length=20, choices=PlaceKind, default=PlaceKind.TOWN)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The next larger place it lies in, such as the province of a town.",
    )
    latitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, WGS 84; south is negative.",
    )
    longitude = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, WGS 84; west is negative.",
    )
    country_code = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166-1 alpha-2, such as PK."
    )
    iso_code = models.CharField(
        "ISO 3166", max_length=10, blank=True, help_text="Of a country or division: PK, PK-BA."
    )
    geonames_id = models.PositiveIntegerField("GeoNames", null=True, blank=True, unique=True)
    population = models.PositiveBigIntegerField(default=0)
    is_common_word = models.BooleanField(
        default=False,
        help_text="The name is also an ordinary word or a person's name, such as Reading or "
        "Victoria: copy is linked to it only when something else points there.",
    )
    containers = models.ManyToManyField(
        "self",
        symmetrical=False,
        through="Containment",
        through_fields=("inner", "outer"),
        related_name="contents",
        editable=False,
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="place_by_name"),
            models.Index(fields=["updated_at", "id"], name="place_updated"),
            models.Index(
                fields=["name", "id"], condition=Q(is_reviewed=False), name="place_unreviewed"
            ),
            models.Index(fields=["parent", "name"], name="place_in_parent"),
            models.Index(fields=["kind", "name"], name="place_of_kind"),
            models.Index(
                fields=["latitude", "longitude"],
                condition=Q(latitude__isnull=False),
                name="place_by_position",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # A check holds where a comparison with nothing gives nothing.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_on_earth",
                violation_error_message="Give both latitude (-90 to 90) and longitude "
                "(-180 to 180), or neither.",
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="place_wikidata_once",
                violation_error_message="Another place has this Wikidata number.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.country_code, self.iso_code = self.country_code.upper(), self.iso_code.upper()
        # Neither validators nor every database refuse what is no number.
        for name in ("latitude", "longitude"):
            degrees = getattr(self, name)
            if degrees is not None and not isfinite(degrees):
                raise ValidationError({name: "This is no number of degrees, such as 30.19."})

    def get_absolute_url(self) -> str:
        return page_address("place", self.slug)


class Containment(models.Model):
    """One line of the hierarchy, written out: ``inner`` lies in ``outer``, ``depth`` levels up."""

    inner = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="contained")
    outer = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="containing")
    depth = models.PositiveSmallIntegerField(help_text="1 for the parent, 2 for the one above it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inner", "outer"], name="containment_once")]

    def __str__(self) -> str:
        return f"{self.inner_id} in {self.outer_id}"


class PlaceName(EntityName):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "language"], name="place_name_once")
        ]
