"""The places round a point, by their great-circle distance on a globe of the earth's mean radius.

A box of degrees narrows them by index; what is in it is measured with the haversine formula
(R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984).
"""

import math
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cos, Power, Radians, Sin

RADIUS_KM = 6371.0
FARTHEST_KM = 2_000

_KM = {"km": 1.0, "mi": 1.609344, "m": 0.001}
_NUMBER = r"[+-]?[0-9]{1,5}(?:\.[0-9]{1,20})?"
_CIRCLE = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*(km|mi|m)\s*")

FORM = f"30.2,67.0,50km: degrees north, degrees east, and a distance in {', '.join(_KM)}"


@dataclass(frozen=True, slots=True)
class Circle:
    """All that is at most ``km`` from a point, given in degrees north and east (WGS 84)."""

    latitude: float
    longitude: float
    km: float

    def measured(self, places: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``places`` in it, with their distance as ``haversine``, which grows with it."""
        half_angle = self.km / RADIUS_KM / 2
        near: QuerySet[Any] = places.filter(self._box()).annotate(haversine=self._haversine())
        return near.filter(haversine__lte=math.sin(half_angle) ** 2)

    def _box(self) -> Q:
        """The degrees that it reaches over, with the date line crossed and the poles gone round."""
        reach = math.degrees(self.km / RADIUS_KM)
        south, north = self.latitude - reach, self.latitude + reach
        box = Q(latitude__range=(south, north))
        if south <= -90 or north >= 90:
            return box
        width = math.degrees(
            math.asin(math.sin(math.radians(reach)) / math.cos(math.radians(self.latitude)))
        )
        west, east = self.longitude - width, self.longitude + width
        if west < -180:
            return box & (Q(longitude__gte=west + 360) | Q(longitude__lte=east))
        if east > 180:
            return box & (Q(longitude__gte=west) | Q(longitude__lte=east - 360))
        return box & Q(longitude__range=(west, east))

    def _haversine(self) -> Any:
        def half_chord(column: str, degrees: float) -> Any:
            return Power(Sin(Radians(F(column) - Value(degrees, FloatField())) / 2.0), 2.0)

        shrinking = Cos(Radians(F("latitude"))) * math.cos(math.radians(self.latitude))
        return half_chord("latitude", self.latitude) + shrinking * half_chord(
            "longitude", self.longitude
        )


def read_circle(text: str) -> Circle:
    """The circle that ``text`` means; raises ``ValueError`` with what is wrong with it."""
    match = _CIRCLE.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text[:80]}” is no circle such as {FORM}.")
    latitude, longitude, number = map(float, match.groups()[:3])
    km = number * _KM[match[4]]
    if not -90 <= latitude <= 90:
        raise ValueError(f"{match[1]} degrees north is not from -90 to 90. Give {FORM}.")
    if not -180 <= longitude <= 180:
        raise ValueError(f"{match[2]} degrees east is not from -180 to 180. Give {FORM}.")
    if not 0 < km <= FARTHEST_KM:
        raise ValueError(f"A distance is more than nothing, and at most {FARTHEST_KM}km.")
    return Circle(latitude, longitude, km)
